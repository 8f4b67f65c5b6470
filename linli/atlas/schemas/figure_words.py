"""Values, rates and changes in words: one way of saying them for cells, boards and tables of rates."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.atlas.models import Rate
from linli.atlas.rules.rates import Made, Point
from linli.facts.models import Indicator
from linli.facts.models.units import unit_words
from linli.facts.schemas import telling

Of = Indicator | Rate
_PERCENT = {"%", "percent"}
_SIGNS = {"approx": "≈", "approx_below": "≈", "more_than": ">", "at_least": "≥", "at_most": "≤", "less_than": "<"}  # fmt: skip


def value(number: Decimal, of: Of, bound: str = "exact") -> str:
    """Return a figure of an indicator or a rate with its unit."""
    if isinstance(of, Indicator):
        return telling.told(number, bound, of.unit)
    said = telling.number(number)
    if bound in telling.BOUNDS:
        said = pgettext("bound and number", "%(bound)s %(number)s") % {
            "bound": telling.BOUNDS[bound], "number": said,
        }  # fmt: skip
    if in_percent(of):
        return f"{said}%"
    counted, over = unit_words(of.numerator.unit), unit_words(of.denominator.unit)
    named = {"number": said, "unit": counted, "per": telling.number(Decimal(of.per)), "over": over}
    if of.per == 1:
        return pgettext("rate", "%(number)s %(unit)s for each of the %(over)s") % named
    return pgettext("rate", "%(number)s %(unit)s per %(per)s %(over)s") % named


def in_percent(of: Of) -> bool:
    """Say whether it is a share, in hundredths."""
    if isinstance(of, Rate):
        return of.per == 100 and of.numerator.unit == of.denominator.unit
    return of.unit in _PERCENT


def point(found: Point | None, of: Of, bound: str = "exact") -> str:
    """Return what may be said of a figure: its value, that it is kept back, or that nothing is known."""
    if found is None:
        return _("not known")
    return _("kept back") if found.value is None else value(found.value, of, bound)


def bare(number: Decimal, of: Of) -> str:
    """Return the number alone, as it stands large on a wall; with its sign of hundredths."""
    said = telling.number(number)
    return f"{said}%" if in_percent(of) else said


def brief(number: Decimal, of: Of, bound: str = "exact") -> str:
    """Return the number alone with a sign of how firmly it is stated, where the unit stands above a column."""
    return f"{_SIGNS.get(bound, '')}{bare(number, of)}"


def unit(of: Of) -> str:
    """Return what stands beside the bare number; "" for a share."""
    if in_percent(of):
        return ""
    if isinstance(of, Indicator):
        return unit_words(of.unit)
    named = {
        "unit": unit_words(of.numerator.unit),
        "per": telling.number(Decimal(of.per)),
        "over": unit_words(of.denominator.unit),
    }
    if of.per == 1:
        return pgettext("rate", "%(unit)s for each of the %(over)s") % named
    return pgettext("rate", "%(unit)s per %(per)s %(over)s") % named


def short(number: Decimal, of: Of) -> str:
    """Return what fits into a square."""
    return f"{telling.short(number)}{'%' if in_percent(of) else ''}"


def change(made: Made, of: Of) -> str:
    """Return what something has changed by: 120 more, 12.3 % more; "" where nothing can be said."""
    if made.point is None or made.point.value is None:
        return ""
    number = made.point.value
    if number == 0:
        return _("unchanged")
    if in_percent(of):
        said = pgettext("number and unit", "%(number)s %(unit)s") % {
            "number": telling.number(abs(number)), "unit": unit_words("percentage_point"),
        }  # fmt: skip
    else:
        said = value(abs(number), of) if isinstance(of, Indicator) else bare(abs(number), of)
    said = (_("%(much)s more") if number > 0 else _("%(much)s less")) % {"much": said}
    if made.share is None or in_percent(of):
        return said
    sign = "+" if made.share > 0 else "−" if made.share < 0 else "±"
    share = f"{sign}{telling.digits(abs(made.share))}%"
    return pgettext("change", "%(said)s (%(share)s)") % {"said": said, "share": share}


def between(found: Point, of: Of) -> str:
    """Return between which values a figure lies, "" where it is exactly its value or nothing limits it."""
    if found.low is None and found.high is None:
        return ""
    if found.low == found.high:
        return ""
    if found.low is None or found.high is None:
        end = found.high if found.low is None else found.low
        words = _("at most %(value)s") if found.low is None else _("at least %(value)s")
        return words % {"value": bare(end or Decimal(0), of)}
    return _("between %(low)s and %(high)s") % {
        "low": bare(found.low, of), "high": bare(found.high, of),
    }  # fmt: skip

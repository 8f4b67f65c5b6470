"""Figures in words: numbers as a reader of the language writes them, never rounded, bounds as stated."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_compact_decimal
from django.conf import settings
from django.urls import translate_url
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override, pgettext

from linli.facts.models import Fact
from linli.facts.models.units import unit_words
from linli.facts.queries.released import sayable
from linli.facts.rules import periods
from linli.facts.rules.released import Released, spoken
from linli.kernel.text import Words

BOUNDS: dict[str, Words] = {code: words for code, words in Fact.BOUNDS if code != "exact"}
STATUSES: dict[str, Words] = dict(Fact.STATUSES)
_MYRIADS = {
    "zh-hans": ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    "zh-hant": ((Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "萬")),
    "en": (),
}
_MOST_DIGITS = 4


def digits(value: Decimal) -> str:
    """Return a number with its digits in groups of three and no zeros that say nothing."""
    whole, _point, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def number(value: Decimal) -> str:
    """Return a number as a reader writes it: in Chinese by 万 and 亿 where that loses nothing."""
    for myriad, word in _MYRIADS.get(get_language() or "", _MYRIADS["zh-hans"]):
        share = value / myriad
        if abs(share) >= 1 and share == round(share, _MOST_DIGITS):
            return f"{digits(share).replace(',', '')}{word}"
    return digits(value)


def short(value: Decimal) -> str:
    """Return a round number for a scale, as short as the language can say it."""
    language = get_language() or ""
    locale = "en" if language == "en" else "zh_Hant" if language == "zh-hant" else "zh_Hans"
    return str(format_compact_decimal(value, locale=locale, fraction_digits=2))


def told(value: Decimal, bound: str, measured_in: str) -> str:
    """Return a figure as it was stated: about, almost or more than so many of what."""
    said = number(value)
    words = unit_words(measured_in)
    if words == "%":
        said, words = f"{said}%", ""
    if bound in BOUNDS:
        said = pgettext("bound and number", "%(bound)s %(number)s") % {
            "bound": BOUNDS[bound],
            "number": said,
        }
    if not words:
        return said
    return pgettext("number and unit", "%(number)s %(unit)s") % {"number": said, "unit": words}


def figure(fact: Fact) -> str:
    """Return what a fact states, that it was withdrawn, or that it stays inside. Its indicator must be at hand."""
    if fact.value is None:
        return gettext("withdrawn")
    may_be = sayable(fact)
    if may_be is None:
        return gettext("not released")
    return said(may_be, fact.bound, fact.indicator.unit)


def said(figure: Released[Decimal], bound: str, measured_in: str) -> str:
    """Return a figure that may be said: the one way in which anything says a figure about people.

    Raises NotReleased for whatever is not `Released`.
    """
    value = spoken(figure)
    return gettext("kept back") if value is None else told(value, bound, measured_in)


def period(start: date, until: date) -> str:
    """Return a half-open period as people write one: 2016–2020."""
    return periods.shown(periods.Period(start, until)).replace("/", "–")


def day(on: date) -> str:
    """Return a day in the reader's language."""
    return date_format(on, "DATE_FORMAT")


def safe_address(address: str) -> str:
    """Return where evidence may be looked at: a path of ours in the reader's language, or the open web."""
    if address.startswith("/") and not address.startswith(("//", "/\\")):
        language = get_language() or settings.LANGUAGE_CODE
        with override(settings.LANGUAGE_CODE):  # addresses are kept without a language in front
            return translate_url(address, language)
    return address if address.startswith(("https://", "http://")) else ""

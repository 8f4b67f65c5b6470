"""The figures of a written report as a sheet: one row a figure, in the order in which a reader meets them."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.facts.models import Fact
from linli.facts.models.units import unit_words
from linli.facts.queries.released import sayable
from linli.facts.schemas.telling import STATUSES
from linli.kernel.codes import number_of, read_code
from linli.kernel.sheets import XLSX, Cell, write_xlsx
from linli.reports.exchange.packing import packed
from linli.reports.exchange.printed import Printed, print_of, told_places
from linli.reports.rules.lettering import clean
from linli.reports.rules.paper import Figure, Paper

TYPE: Final = XLSX
# What stands for a value that is kept back, as statistical offices write it (SDMX).
KEPT_BACK: Final = "c"
_DAY: Final = timedelta(days=1)


def xlsx(paper: Paper, host: str) -> bytes:
    """Return the figures of a paper as XLSX, each with the fact that it cites: one query."""
    printed = print_of(paper, host)
    facts = _facts(printed)
    with override(printed.paper.language):
        rows = [
            _row(printed, place, figure, facts.get(figure.code))
            for place, figure in told_places(printed.paper)
        ]
        return packed(write_xlsx(_heads(), rows, title=_("Figures")))


def _facts(printed: Printed) -> dict[str, Fact]:
    codes = [source.figure.code for source in printed.sources]
    numbers = [number_of(code) for code in codes if read_code(code) == code]
    found = Fact.objects.filter(pk__in=numbers).select_related("indicator", "area", "evidence")
    return {fact.code: fact for fact in found}


def _heads() -> list[str]:
    return [
        _("Number of the source"), _("Place in the report"), _("Words"), _("Number in the words"),
        _("Indicator"), _("Name of the indicator"), _("Code of the place (GB/T 2260)"), _("Name of the place"), _("First day"),
        _("Last day"), _("Value of the fact"), _("How exact it is"), _("Unit"), _("Status"), _("Source"),
        _("Address of the citation"),
    ]  # fmt: skip


def _row(printed: Printed, place: str, figure: Figure, fact: Fact | None) -> tuple[Cell, ...]:
    number = printed.numbers[figure.code]
    return (
        number, place, figure.words, _number(figure.value),
        *(_told(fact) if fact else [None] * 11),
        printed.address(figure),
    )  # fmt: skip


def _told(fact: Fact) -> Iterator[Cell]:
    """Yield what the fact states, from its indicator to its source."""
    indicator = fact.indicator
    words = (indicator.code, indicator.shown_name, fact.area_id, fact.area.name)
    yield from map(clean, words)
    yield from (fact.period_from, fact.period_until - _DAY, _value(fact))
    yield str(dict(Fact.BOUNDS)[fact.bound])
    yield clean(str(unit_words(indicator.unit)))
    yield str(STATUSES[fact.status])
    yield clean(fact.evidence.source)


def _value(fact: Fact) -> Cell:
    """Return the value as a number, nothing of what was withdrawn, and `KEPT_BACK` where it may not be said."""
    may_be = sayable(fact)
    if may_be is None:
        return KEPT_BACK
    if may_be.value is None:
        return None if may_be.ground == "nobody" else KEPT_BACK
    return may_be.value


def _number(value: str) -> Cell:
    """Return the number of some words; kept back where they say none."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return clean(value) or KEPT_BACK

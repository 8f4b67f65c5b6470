"""What is known, as data sets: the indicators, the figures of each year, the figures of each indicator.

A figure about people stands here only as it may be said (`released`): what has not passed the gate is left out.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from django.db.models import Max, Min
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Fact, FactQuerySet, Indicator
from linli.facts.queries.released import sayable
from linli.facts.schemas import rows as told
from linli.facts.schemas import telling
from linli.kernel.open_data import Cell, DataSet, Elsewhere, Kind, Series, Table, columns
from linli.kernel.text import Words

_AT_A_TIME = 2000
_KINDS: Final[dict[str, Kind]] = {
    "period_from": "date", "period_until": "date", "value": "number", "low": "number",
    "high": "number", "recorded_at": "datetime",
}  # fmt: skip
_FIRST: Final = (
    "citation", "indicator", "area_code", "area", "period_from", "period_until",
)  # fmt: skip
_NAMES: Final = (
    *_FIRST, "value", "bound", "low", "high", "unit", "status", "source", "source_kind",
    "source_address", "recorded_at",
)  # fmt: skip
COLUMNS: Final[dict[str, Words]] = {
    **{name: told.COLUMNS[name] for name in _NAMES},
    "ground": _(
        "Why it may be said: nobody (it counts no people), published (an official source has published it), gate (it passed the release gate)"
    ),
    "decision": _("Code of the release, or name of the publication, that it rests on"),
}
INDICATORS: Final[dict[str, Words]] = {
    "indicator": _("Code of the indicator"),
    "name": _("Name"),
    "name_hant": _("Name in Traditional script"),
    "name_en": _("Name in English"),
    "unit": _("Unit of measure"),
    "kind": _("Kind"),
    "definition": _("Definition"),
    "computed_by": _("Who computes it"),
    "adds_up": _("1 when values of parts of a period add up to the period's"),
    "about_people": _("1 when it counts people"),
}


def series() -> Iterator[Series]:
    """Yield the one series: public figures, a year each."""
    yield Series(
        "figures",
        _("Public figures by year"),
        _("Every public figure of the platform with its source, a data set for each year."),
        "GOVE",
    )


def data_sets() -> Iterator[DataSet]:
    """Yield what is known. Three queries, however much there is."""
    yield DataSet(
        "indicators",
        _("Indicators"),
        _("What is measured: code, names, unit and definition of every public indicator."),
        "GOVE",
        reverse("facts:public_list"),
        Table(
            columns(
                INDICATORS,
                {"adds_up": "integer", "about_people": "integer"},
                ("indicator", "name", "unit"),
            ),
            _indicators,
            ("indicator",),
        ),
    )
    for year in _years():
        yield _of_year(year)
    spans = Fact.objects.filter(indicator__public=True).order_by().values_list("indicator")
    found = {
        pk: (first, last)
        for pk, first, last in spans.annotate(Min("period_from"), Max("period_until"))
    }
    for indicator in Indicator.objects.public():
        if indicator.pk in found:
            yield _of_indicator(indicator, found[indicator.pk])


def _years() -> list[int]:
    # What is said of several years belongs to the one in which it begins.
    years = _public().order_by().annotate(year=ExtractYear("period_from"))
    return sorted(set(years.values_list("year", flat=True)))


def _of_year(year: int) -> DataSet:
    return DataSet(
        f"figures-{year}",
        format_lazy("{} {}", _("Public figures"), str(year)),
        _("Every public figure whose period begins in this year, with its source and address."),
        "GOVE",
        reverse("facts:public_list"),
        _table(partial(_rows_of_year, year)),
        series="figures",
        span=(date(year, 1, 1), date(year + 1, 1, 1)),
    )


def _of_indicator(indicator: Indicator, span: tuple[date, date]) -> DataSet:
    name = _in_the_readers_language(indicator)
    return DataSet(
        f"figures.{indicator.code}",
        name,
        indicator.definition or indicator.name,
        "GOVE",
        reverse("facts:public_indicator", args=[indicator.code]),
        _table(partial(_rows_of_indicator, indicator.pk)),
        files=(
            Elsewhere(
                reverse("facts:series_csv", args=[indicator.code]),
                "text/csv",
                _("With every earlier state, for spreadsheets"),
            ),
            Elsewhere(
                reverse("facts:series_json", args=[indicator.code]),
                "application/json",
                _("With every earlier state"),
            ),
        ),
        span=span,
        alone=True,
    )


def _table(rows: partial[Iterator[list[Cell]]]) -> Table:
    return Table(
        columns(
            COLUMNS,
            _KINDS,
            (*_FIRST, "value", "bound", "unit", "status", "source", "ground"),
            {
                "ground": ("nobody", "published", "gate"),
                "status": ("claimed", "evidenced", "confirmed"),
            },
        ),
        rows,
        ("citation",),
        (("indicator", "indicators", "indicator"), ("area_code", "areas", "code")),
    )


def _indicators(_host: str) -> Iterator[list[Cell]]:
    for one in Indicator.objects.public():
        yield [
            one.code, one.name, one.name_hant, one.name_en, one.unit, one.kind, one.definition,
            one.computed_by, int(one.adds_up), int(one.about_people),
        ]  # fmt: skip


def _public() -> FactQuerySet:
    return Fact.objects.current().filter(indicator__public=True)


def _rows_of_year(year: int, host: str) -> Iterator[list[Cell]]:
    return _rows(_public().filter(period_from__year=year), host)


def _rows_of_indicator(indicator: int, host: str) -> Iterator[list[Cell]]:
    return _rows(_public().filter(indicator=indicator), host)


def _rows(facts: FactQuerySet, host: str) -> Iterator[list[Cell]]:
    ordered = facts.select_related("indicator", "area", "evidence").order_by(
        "indicator__code", "area", "period_from", "period_until", "at", "id"
    )
    return _cells(ordered.iterator(_AT_A_TIME), host)


def _cells(facts: Iterable[Fact], host: str) -> Iterator[list[Cell]]:
    for fact in facts:
        said = sayable(fact)
        if said is None or said.value is None:
            continue
        where = fact.evidence.address
        gated = said.ground == "gate"
        yield [
            f"{host}{told.citation(fact)}", fact.indicator.code, fact.area_id, fact.area.name,
            fact.period_from, fact.period_until, _exact(said.value), fact.bound,
            _exact(said.low if gated else fact.low), _exact(said.high if gated else fact.high),
            fact.indicator.unit, fact.status, fact.evidence.source, fact.evidence.kind,
            f"{host}{where}" if where.startswith("/") else where,
            localtime(fact.at).replace(microsecond=0), said.ground, said.decision,
        ]  # fmt: skip


def _name(indicator: Indicator) -> str:
    return indicator.shown_name


_in_the_readers_language = lazy(_name, str)


def _exact(value: Decimal | None) -> Decimal | None:
    """Return the number without noughts that say nothing: 12, not 12.000000."""
    return None if value is None else Decimal(telling.digits(value).replace(",", ""))

"""Figures as rows: the page, CSV and JSON show the same ones. Withdrawn figures stay, saying why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.directory.models import Area
from linli.facts.models import Fact, FactQuerySet, Indicator
from linli.facts.queries.released import sayable, value_said
from linli.facts.schemas import telling
from linli.facts.schemas.asked import Asked
from linli.kernel.text import Words

Value = str | int | Decimal | date | None

COLUMNS: dict[str, Words] = {
    "citation": _("Permanent address of this figure"),
    "indicator": _("Code of the indicator"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "area": _("Name of the place"),
    "period_from": _("First day of the period"),
    "period_until": _("First day after the period"),
    "value": _("Value as stated; empty when withdrawn"),
    "bound": _("How it was stated: exact, approx, approx_below, more_than, at_least …"),
    "low": _("Lower end of the interval in which the value lies; empty when open"),
    "low_included": _("1 when the lower end belongs to it"),
    "high": _("Upper end of the interval; empty when open"),
    "high_included": _("1 when the upper end belongs to it"),
    "unit": _("Unit of measure"),
    "status": _("claimed, evidenced, confirmed or withdrawn"),
    "source": _("Who or what says so"),
    "source_kind": _("query, file, span (a sentence of a document), statement or release"),
    "source_address": _("Where the source can be looked at"),
    "recorded_at": _("When it became known here"),
    "first_value": _("Value as first published"),
    "first_recorded_at": _("When it was first published"),
    "revisions": _("How often it was revised"),
    "reason": _("Why it was revised or withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with all that was published in its place before, first to newest."""

    fact: Fact
    vintages: tuple[Fact, ...]

    @property
    def first(self) -> Fact:
        """What was published first."""
        return self.vintages[0]

    @property
    def revised(self) -> bool:
        """Whether something else was published before."""
        return len(self.vintages) > 1


def known(indicator: Indicator, asked: Asked) -> FactQuerySet:
    """Return the newest vintage of each figure, withdrawals included, places and newest periods first."""
    facts = Fact.objects.filter(indicator=indicator)
    facts = facts.as_of(asked.when) if asked.when else facts.filter(superseded_by__isnull=True)
    if asked.area:
        facts = facts.filter(area__in=_within(asked.area))
    return facts.select_related("indicator", "area", "evidence").order_by(
        "area", "-period_from", "-period_until", "-at", "-id"
    )


def rows(facts: Iterable[Fact]) -> list[Row]:
    """Return each of these facts of one indicator with its earlier vintages: one query for all of them."""
    newest = list(facts)
    if not newest:
        return []
    indicator = newest[0].indicator
    before = {
        fact.pk: fact
        for fact in Fact.objects.filter(
            indicator=indicator,
            area__in={fact.area_id for fact in newest},
            period_from__in={fact.period_from for fact in newest},
            superseded_by__isnull=False,
        ).select_related("evidence")
    }
    for fact in before.values():
        fact.indicator = indicator
    return [Row(fact, tuple(_vintages(fact, before))) for fact in newest]


def cells(row: Row, host: str) -> tuple[Value, ...]:
    """Return a row under `COLUMNS`; host ("https://…") makes addresses absolute."""
    fact, evidence = row.fact, row.fact.evidence
    where, inside = evidence.address, sayable(row.fact) is None
    return (
        f"{host}{citation(fact)}",
        fact.indicator.code,
        fact.area_id,
        fact.area.name,
        fact.period_from,
        fact.period_until,
        _exact(value_said(fact)),
        fact.bound,
        None if inside else _exact(fact.low),
        int(fact.low_in),
        None if inside else _exact(fact.high),
        int(fact.high_in),
        fact.indicator.unit,
        fact.status,
        evidence.source,
        evidence.kind,
        f"{host}{where}" if where.startswith("/") else where,
        _moment(fact.at),
        _exact(value_said(row.first)),
        _moment(row.first.at),
        len(row.vintages) - 1,
        fact.reason,
    )


def described(indicator: Indicator) -> dict[str, Value]:
    """Return an indicator as open data names its parts."""
    return {
        "code": indicator.code,
        "name": indicator.name,
        "name_hant": indicator.name_hant,
        "name_en": indicator.name_en,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "definition": indicator.definition,
        "computed_by": indicator.computed_by,
        "adds_up_over_time": indicator.adds_up,
    }


def in_json(row: Row, host: str) -> dict[str, Value | float]:
    """Return a row by the names of its columns: numbers as JSON writes them, days as ISO text."""
    return {name: _json(value) for name, value in zip(COLUMNS, cells(row, host), strict=True)}


def citation(fact: Fact) -> str:
    """Return the permanent path of a figure: the same in every language."""
    return _citation().replace("CODE", fact.code)


@cache
def _citation() -> str:
    # Tables of many figures ask for it: resolved once, filled in for each.
    with override(settings.LANGUAGE_CODE):
        return reverse("facts:citation", args=["CODE"])


def _within(area: str) -> Iterable[str]:
    return Area.objects.within(area).values_list("code", flat=True)


def _vintages(fact: Fact, before: dict[int, Fact]) -> Iterator[Fact]:
    chain = [fact]
    while (earlier := chain[-1].supersedes_id) in before:
        chain.append(before[earlier])
    return reversed(chain)


def _exact(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(telling.digits(value).replace(",", ""))


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def _json(value: Value) -> Value | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value

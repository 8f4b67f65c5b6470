"""Cells: what may be said of areas in a period, official figures and released ones alike.

Everything of the atlas that shows a figure reads it here, so that nothing is shown that is not `Released`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from linli.atlas.queries.kept_back import Place, kept_back
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.queries.released import sayable
from linli.facts.rules.periods import Period
from linli.facts.rules.released import Released

KEPT_BACK: Final = "kept_back"
_FIRMEST = {Fact.CONFIRMED: 2, Fact.EVIDENCED: 1, Fact.CLAIMED: 0}

Wanted = tuple[Indicator, Period]
Key = tuple[int, Period]  # an indicator's id, a period


@dataclass(frozen=True, slots=True)
class AreaCell:
    """One indicator in one area over one period.

    released: None when nothing is known; its value is None where the gate keeps the cell back. fact_code: cites the figure
    (/c/<code>), "" where there is none. status: a fact's status, "kept_back", or "" when nothing is known. bound: how firmly the
    value is stated. source: who says so, "" when nothing is known. others: how many more statements of the same cell stand.
    """

    area_code: str
    area_name: str
    released: Released[Decimal] | None
    fact_code: str
    period: Period
    status: str
    bound: str = "exact"
    source: str = ""
    others: int = 0

    @property
    def value(self) -> Decimal | None:
        """The value that may be said, None when it is kept back or nothing is known."""
        return self.released.value if self.released else None

    @property
    def is_kept_back(self) -> bool:
        """Whether something is known that the gate keeps back."""
        return self.released is not None and self.released.value is None


def cells(
    indicator: Indicator, areas: Sequence[Area], period: Period, as_of: datetime | None = None
) -> list[AreaCell]:
    """Return the cell of each of these areas, in their order: two queries however many there are.

    period: exactly this one; a figure of another period says nothing of it. as_of: what was known then, else now. Of several
    statements the firmest counts, then the newest.
    """
    return tables([(indicator, period)], areas, as_of)[indicator.pk, period]


def tables(
    wanted: Sequence[Wanted], areas: Sequence[Area], as_of: datetime | None = None
) -> dict[Key, list[AreaCell]]:
    """Return the cells of many indicators, each over its period: two queries, as many as for one."""
    indicators = {indicator.pk: indicator for indicator, _ in wanted}
    periods = {period for _, period in wanted}
    stated = _stated(indicators, areas, as_of, periods)
    kept = kept_back(indicators.values(), areas, as_of, periods)
    found: dict[Key, list[AreaCell]] = {}
    for key in dict.fromkeys((indicator.pk, period) for indicator, period in wanted):
        found[key] = [
            _cell(area, key[1], stated.get((*key, area.code), ()), kept.get((*key, area.code)))
            for area in areas
        ]
    return found


def histories(
    indicators: Iterable[Indicator], areas: Sequence[Area], as_of: datetime | None = None
) -> dict[int, list[AreaCell]]:
    """Return the cells of which anything is known, of all periods, by the indicator's id; areas in their order, then time."""
    by_id = {indicator.pk: indicator for indicator in indicators}
    stated = _stated(by_id, areas, as_of, None)
    kept = kept_back(by_id.values(), areas, as_of)
    order = {area.code: number for number, area in enumerate(areas)}
    places = sorted({*stated, *kept}, key=lambda place: (order[place[2]], place[1]))
    found: dict[int, list[AreaCell]] = {number: [] for number in by_id}
    for place in places:
        indicator, period, code = place
        cell = _cell(areas[order[code]], period, stated.get(place, ()), kept.get(place))
        found[indicator].append(cell)
    return found


def _stated(
    indicators: Mapping[int, Indicator],
    areas: Sequence[Area],
    as_of: datetime | None,
    periods: Collection[Period] | None,
) -> dict[Place, list[Fact]]:
    """Return what is stated of each cell, the firmest and newest first: one query."""
    wanted = [number for number, indicator in indicators.items() if indicator.public]
    if not wanted or not areas:
        return {}
    facts = Fact.objects.filter(indicator__in=wanted, area__in=[area.code for area in areas])
    if periods is not None:
        facts = facts.filter(period_from__in={period.start for period in periods})
    facts = facts.current() if as_of is None else facts.as_of(as_of).standing()
    found: dict[Place, list[Fact]] = {}
    for fact in facts.select_related("evidence").order_by("-at", "-id"):
        fact.indicator = indicators[fact.indicator_id]
        place = (fact.indicator_id, Period(fact.period_from, fact.period_until), fact.area_id)
        found.setdefault(place, []).append(fact)
    for several in found.values():
        several.sort(key=_firmness, reverse=True)
    return found


def _firmness(fact: Fact) -> int:
    return _FIRMEST.get(fact.status, 0)


def _cell(
    area: Area, period: Period, facts: Iterable[Fact], kept: Released[Decimal] | None
) -> AreaCell:
    said = [(fact, value) for fact in facts if (value := sayable(fact)) is not None]
    if said:
        fact, value = said[0]
        return AreaCell(
            area_code=area.code,
            area_name=area.name,
            released=value,
            fact_code=fact.code,
            period=period,
            status=fact.status,
            bound=fact.bound,
            source=fact.evidence.source,
            others=len(said) - 1,
        )
    status = KEPT_BACK if kept is not None else ""
    return AreaCell(area.code, area.name, kept, "", period, status)

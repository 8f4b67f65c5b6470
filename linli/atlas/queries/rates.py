"""Rates of many areas at once, and where something is known of both of their sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.atlas.models import Rate, Release, ReleasedCell
from linli.atlas.queries.cells import AreaCell, tables
from linli.atlas.rules.rates import Made, Point, rate
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period

Spans = dict[tuple[int, str], set[Period]]  # an indicator's id, an area's code


@dataclass(frozen=True, slots=True)
class RateCell:
    """One rate in one area over one period, with the two cells that it is made of."""

    area: Area
    made: Made
    numerator: AreaCell
    denominator: AreaCell


def rate_cells(
    of: Rate, areas: Sequence[Area], period: Period, as_of: datetime | None = None
) -> list[RateCell]:
    """Return a rate in each of these areas, in their order: two queries however many there are."""
    found = tables([(of.numerator, period), (of.denominator, period)], areas, as_of)
    sides = zip(
        areas, found[of.numerator_id, period], found[of.denominator_id, period], strict=True
    )
    return [RateCell(area, made_of(of, one, over), one, over) for area, one, over in sides]


def made_of(of: Rate, numerator: AreaCell, denominator: AreaCell) -> Made:
    """Return a rate of two cells, or why there is none."""
    return rate(point_of(numerator), point_of(denominator), per=of.per, digits=of.digits)


def point_of(cell: AreaCell) -> Point | None:
    """Return a cell as rules see it, None when nothing is known; without its fog."""
    if cell.released is None:
        return None
    return Point(cell.area_code, cell.period, cell.value, None, None, cell.status)


def spans(indicators: Iterable[Indicator], areas: Iterable[Area]) -> Spans:
    """Return over which periods something is known, or kept back, of each of these in each area: two queries."""
    known = [indicator.pk for indicator in indicators if indicator.public]
    codes = [area.code for area in areas]
    found: Spans = {}
    stated = Fact.objects.current().filter(indicator__in=known, area__in=codes)
    for indicator, area, start, until in stated.order_by().values_list(
        "indicator_id", "area_id", "period_from", "period_until"
    ):
        found.setdefault((indicator, area), set()).add(Period(start, until))
    kept = ReleasedCell.objects.filter(
        indicator__in=known, area__in=codes, value=None, release__state=Release.RELEASED
    )
    for indicator, area, start, until in kept.order_by().values_list(
        "indicator_id", "area_id", "release__period_from", "release__period_until"
    ):
        found.setdefault((indicator, area), set()).add(Period(start, until))
    return found


def newest_first(periods: Iterable[Period]) -> list[Period]:
    """Return periods, those that end last first; of those that end together the shortest."""
    return sorted(periods, key=lambda one: (one.until, one.start), reverse=True)

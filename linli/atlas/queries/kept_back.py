"""Cells that the release gate keeps back: there is a figure, and it is not said."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from linli.atlas.models import Release, ReleasedCell
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period
from linli.facts.rules.released import Released, through_gate

Place = tuple[int, Period, str]  # an indicator's id, a period, an area's code


def kept_back(
    indicators: Iterable[Indicator],
    areas: Iterable[Area],
    as_of: datetime | None = None,
    periods: Collection[Period] | None = None,
) -> dict[Place, Released[Decimal]]:
    """Return what is kept back of these public indicators (as decided by `as_of`, else by now), of all periods or of these.

    One query, none where no people are counted. Why a cell is kept back is not told: it would tell too much.
    """
    counted = [one.pk for one in indicators if one.public and one.about_people]
    if not counted:
        return {}
    found = ReleasedCell.objects.filter(
        indicator__in=counted,
        area__in=[area.code for area in areas],
        release__state=Release.RELEASED,
    ).exclude(kept=ReleasedCell.SAID)
    if as_of is not None:
        found = found.filter(release__decided_at__lte=as_of)
    if periods is not None:
        found = found.filter(release__period_from__in={period.start for period in periods})
    rows = found.values_list(
        "indicator_id", "release__period_from", "release__period_until", "area_id", "release__code", "low", "high"
    )  # fmt: skip
    return {
        (indicator, Period(start, until), area): through_gate(None, code, low=low, high=high)
        for indicator, start, until, area, code, low, high in rows
    }

"""Two places side by side: what is known of both over the same period."""

from collections.abc import Sequence
from typing import NamedTuple

from linli.atlas.queries.cells import AreaCell, tables
from linli.atlas.queries.extents import areas_told, told_periods
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period


class Pair(NamedTuple):
    """One figure of two places over the newest period over which something is known of both."""

    indicator: Indicator
    first: AreaCell
    second: AreaCell


def comparable_areas(indicators: Sequence[Indicator]) -> list[Area]:
    """Return the areas of which anything public is known, by code, each with what it lies in."""
    return list(areas_told(indicators).select_related("parent").order_by("code"))


def pairs(
    indicators: Sequence[Indicator], first: Area, second: Area
) -> tuple[list[Pair], list[Indicator]]:
    """Return what can be set side by side, and the figures of which something is known, but never of both at once.

    Only periods are read first: of thousands of figures a few are shown.
    """
    both = [first, second]
    known = told_periods(indicators, both)
    common: list[tuple[Indicator, Period]] = []
    apart: list[Indicator] = []
    for indicator in indicators:
        of_first, of_second = (known.get((indicator.pk, area.code), set()) for area in both)
        if shared := of_first & of_second:
            common.append((indicator, max(shared, key=lambda one: (one.until, one.start))))
        elif of_first or of_second:
            apart.append(indicator)
    cells = tables(common, both)
    return [Pair(one, *cells[one.pk, period]) for one, period in common], apart

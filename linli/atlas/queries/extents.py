"""What can be shown: which indicators have figures, within which areas, over which periods."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from linli.atlas.models import Release, ReleasedCell
from linli.directory.models import Area, AreaQuerySet
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period


class Parent(NamedTuple):
    """One area of whose parts something is known, and of how many."""

    area: Area
    parts: int


class Extent(NamedTuple):
    """One period, and of how many of the areas something is known over it."""

    period: Period
    areas: int


def known_indicators() -> list[Indicator]:
    """Return the public indicators of which anything is known, by code."""
    known = Exists(Fact.objects.filter(indicator=OuterRef("pk")))
    return list(Indicator.objects.public().filter(known | _kept("indicator", OuterRef("pk"))))


def areas_told(indicators: Iterable[Indicator]) -> AreaQuerySet:
    """Return the areas of which something public is known.

    Each area is looked up in an index instead of reading all facts: there are few areas and many facts. First of which there
    is anything at all: the lookup by many indicators is dear.
    """
    known = [indicator.pk for indicator in indicators if indicator.public]
    of_area = Fact.objects.filter(area=OuterRef("pk"))
    return Area.objects.filter(Exists(of_area) | _kept("area", OuterRef("pk"))).filter(
        Exists(of_area.filter(indicator__in=known))
        | _kept("area", OuterRef("pk"), indicator__in=known)
    )


def parents_of(indicators: Iterable[Indicator]) -> list[Parent]:
    """Return the areas of whose parts something is known, those with the most such parts first."""
    told = areas_told(indicators).filter(parent__isnull=False).order_by()
    counted = dict(told.values_list("parent").annotate(known=Count("pk")))
    parents = Area.objects.filter(pk__in=counted)
    return sorted(
        (Parent(area, counted[area.pk]) for area in parents),
        key=lambda one: (-one.parts, one.area.code),
    )


def parts_of(parent: Area) -> list[Area]:
    """Return the parts that an area has or ever had, by code."""
    return list(Area.objects.filter(parent=parent).order_by("code"))


def standing(areas: Iterable[Area], period: Period) -> list[Area]:
    """Return those of these areas whose code was in force when the period began."""
    year = period.start.year
    return [
        area
        for area in areas
        if area.from_year <= year and (area.until_year is None or area.until_year > year)
    ]


def extents(indicators: Iterable[Indicator], areas: Sequence[Area]) -> dict[int, list[Extent]]:
    """Return the periods over which something is known of these areas, newest first, by the indicator's id."""
    known = [indicator.pk for indicator in indicators if indicator.public]
    codes = [area.code for area in areas]
    counted: dict[int, dict[Period, int]] = {}
    stated = Fact.objects.filter(indicator__in=known, area__in=codes).order_by()
    for indicator, start, until, number in stated.values_list(
        "indicator_id", "period_from", "period_until"
    ).annotate(number=Count("area_id", distinct=True)):
        counted.setdefault(indicator, {})[Period(start, until)] = number
    kept = ReleasedCell.objects.filter(
        indicator__in=known, area__in=codes, release__state=Release.RELEASED, value=None
    ).order_by()
    for indicator, start, until, number in kept.values_list(
        "indicator_id", "release__period_from", "release__period_until"
    ).annotate(number=Count("area_id", distinct=True)):
        periods = counted.setdefault(indicator, {})
        periods[Period(start, until)] = periods.get(Period(start, until), 0) + number
    return {
        indicator: sorted(
            (Extent(period, number) for period, number in periods.items()),
            key=lambda one: (one.period.until, one.period.start),
            reverse=True,
        )
        for indicator, periods in counted.items()
    }


def told_periods(
    indicators: Iterable[Indicator], areas: Iterable[Area]
) -> dict[tuple[int, str], set[Period]]:
    """Return the periods over which something is known now, by the indicator's id and the area's code. Two queries."""
    known = [indicator.pk for indicator in indicators if indicator.public]
    codes = [area.code for area in areas]
    stated = Fact.objects.current().filter(indicator__in=known, area__in=codes).order_by()
    kept = ReleasedCell.objects.filter(
        indicator__in=known, area__in=codes, release__state=Release.RELEASED, value=None
    ).order_by()
    found: dict[tuple[int, str], set[Period]] = {}
    for indicator, area, start, until in (
        *stated.values_list("indicator_id", "area_id", "period_from", "period_until"),
        *kept.values_list(
            "indicator_id", "area_id", "release__period_from", "release__period_until"
        ),
    ):
        found.setdefault((indicator, area), set()).add(Period(start, until))
    return found


def newest_full(found: Sequence[Extent]) -> Period:
    """Return the newest period of which at least half as much is known as of the fullest: a map, not one lonely square."""
    most = max(one.areas for one in found)
    return next(one.period for one in found if one.areas * 2 >= most)


def _kept(field: str, to: OuterRef, **more: object) -> Exists:
    """Say whether the gate keeps something back of this indicator or area: that is known, too."""
    cells = ReleasedCell.objects.filter(
        Q(**{field: to}), release__state=Release.RELEASED, value=None, **more
    )
    return Exists(cells)

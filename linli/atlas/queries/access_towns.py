"""The towns whose ways can be reckoned: their ground, their counters as the directory has them, their buses.

Asked are the directory's tables and the four of this part, no other: nothing here knows a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from django.db.models import Count

from linli.atlas.models import BusRun, BusStop, BusTable, TownGround
from linli.atlas.rules.access.buses import Run
from linli.atlas.rules.access.counters import Counter, Span
from linli.atlas.rules.access.squares import Ground, Square
from linli.directory.models import (
    Area,
    LanguageHours,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
)
from linli.directory.rules.areas import ladder_of
from linli.directory.rules.hours import open_spans
from linli.kernel.working_days import is_working_day

WEEK = 7


class TownName(NamedTuple):
    """One town whose ground is declared, and how many counters with a square it has."""

    code: str
    name: str
    counters: int


@dataclass(frozen=True, slots=True)
class Town:
    """One town's ground: names of its squares where they have any, and where it is known from."""

    code: str
    name: str
    ground: Ground
    names: dict[Square, str]
    source: str


@dataclass(frozen=True, slots=True)
class Buses:
    """A town's buses: where its stops are, what goes between them, and where this is known from."""

    stops: dict[str, Square] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    source: str = ""
    valid_from: date | None = None


class _Rule(NamedTuple):
    rrule: str
    starts_on: date
    valid_until: date | None
    opens_at: time
    closes_at: time
    days_off: str


def towns() -> list[TownName]:
    """Return the towns whose ground is declared, the one with the most counters first: two queries."""
    rows = TownGround.objects.order_by("area").values_list("area", "area__name").distinct()
    there = Location.objects.open_to_all().filter(tile_row__isnull=False).order_by()
    counters = dict(there.values_list("area").annotate(counters=Count("pk")))
    named = [
        TownName(code, name, sum(n for area, n in counters.items() if code in ladder_of(area)))
        for code, name in rows
    ]
    return sorted(named, key=lambda one: (-one.counters, one.code))


def newest_ground(code: str) -> TownGround | None:
    """Return what was declared last of a town's ground: one query."""
    return TownGround.objects.filter(area=code).select_related("area").order_by("-id").first()


def town_of(code: str) -> Town | None:
    """Return a town with its ground, None when none is declared: one query."""
    said = newest_ground(code)
    if said is None:
        return None
    names = {Square(row, column): str(name) for row, column, name in said.squares}
    ground = Ground(said.metres, said.pace, tuple(sorted(names)))
    return Town(said.area_id, said.area.name, ground, names, said.source)


def counters_of(code: str, days: Sequence[date], others: Iterable[str]) -> list[Counter]:
    """Return a town's counters that have a square, with their hours on these seven days, Monday first: four queries.

    others: the towns with a ground of their own; what stands in one of them is not this one's.
    """
    apart = {other for other in others if code in ladder_of(other) and other != code}
    within = Location.objects.open_to_all().filter(
        area__in=Area.objects.within(code), tile_row__isnull=False
    )
    rows = within.order_by("code").values_list(
        "pk", "code", "name", "tile_row", "tile_column", "area_id"
    )
    places = [row[:5] for row in rows if not apart & {*ladder_of(row[5])}]
    keys = [row[0] for row in places]
    hours, windows = _hours(keys, days), _windows(keys)
    spoken = _spoken(keys)
    return [
        Counter(
            code=own,
            name=name,
            square=Square(row or 0, column or 0),
            opened=hours.places.get(pk, _SHUT),
            speaks=spoken.get(pk, _SILENT),
            windows={service: hours.windows.get(offer) for offer, service in windows.get(pk, ())},
        )
        for pk, own, name, row, column in places
    ]


def services_of(counters: Iterable[Counter]) -> list[tuple[str, str]]:
    """Return the services that one can have at these counters, by name: one query."""
    codes = {code for counter in counters for code in counter.windows}
    return list(
        Service.objects.filter(code__in=codes).order_by("name", "code").values_list("code", "name")
    )


def buses_of(code: str) -> Buses:
    """Return the buses of the table that stands for a town, none when there is no table: three queries at most."""
    table = BusTable.objects.standing().filter(area=code).first()
    if table is None:
        return Buses()
    stops = {
        pk: (name, Square(row, column))
        for pk, name, row, column in BusStop.objects.filter(table=table).values_list(
            "pk", "name", "tile_row", "tile_column"
        )
    }
    runs = BusRun.objects.filter(table=table).order_by("pk")
    told = tuple(
        Run(
            line,
            stops[start][0],
            stops[end][0],
            minutes,
            every,
            first,
            last,
            frozenset(map(int, weekdays)),
        )
        for line, start, end, minutes, every, first, last, weekdays in runs.values_list(
            "line", "start", "end", "minutes", "every", "first", "last", "weekdays"
        )
    )
    return Buses(dict(stops.values()), told, table.source, table.valid_from)


class _Hours(NamedTuple):
    places: dict[int, tuple[tuple[Span, ...], ...]]
    windows: dict[int, tuple[tuple[Span, ...], ...]]


_SHUT: tuple[tuple[Span, ...], ...] = ((),) * WEEK
_SILENT: tuple[frozenset[tuple[str, str]], ...] = (frozenset(),) * WEEK


def _hours(places: Sequence[int], days: Sequence[date]) -> _Hours:
    of_places: dict[int, list[_Rule]] = defaultdict(list)
    of_windows: dict[int, list[_Rule]] = defaultdict(list)
    found = Schedule.objects.filter(location__in=places) | Schedule.objects.filter(
        offer__location__in=places
    )
    for place, offer, *said in found.order_by().values_list("location", "offer", *_Rule._fields):
        if place is not None:
            of_places[place].append(_Rule(*said))
        elif offer is not None:
            of_windows[offer].append(_Rule(*said))
    return _Hours(_weeks(of_places, days), _weeks(of_windows, days))


def _weeks(
    rules: dict[int, list[_Rule]], days: Sequence[date]
) -> dict[int, tuple[tuple[Span, ...], ...]]:
    return {
        key: tuple(tuple(open_spans(said, day, is_working_day)) for day in days)
        for key, said in rules.items()
    }


def _windows(places: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    offers = ServiceAtLocation.objects.filter(
        location__in=places, service__status="active"
    ).order_by("pk")
    for pk, place, service in offers.values_list("pk", "location", "service__code"):
        found[place].append((pk, service))
    return found


def _spoken(places: Sequence[int]) -> dict[int, tuple[frozenset[tuple[str, str]], ...]]:
    weeks: dict[int, list[set[tuple[str, str]]]] = {}
    rows = LanguageHours.objects.filter(location__in=places).order_by()
    for place, language, weekday, mode in rows.values_list(
        "location", "language", "weekday", "mode"
    ):
        week = weeks.setdefault(place, [set() for _day in range(WEEK)])
        week[weekday].add((language, mode))
    return {place: tuple(map(frozenset, week)) for place, week in weeks.items()}

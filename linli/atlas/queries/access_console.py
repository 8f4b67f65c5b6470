"""What planners see of the towns' grounds and buses, and from which squares a new ground may begin."""

from dataclasses import dataclass

from django.db.models import Count

from linli.atlas.models import BusTable, TownGround
from linli.atlas.rules.access.squares import MOST_SQUARES, Square, rectangle
from linli.directory.models import Area, Location


@dataclass(frozen=True, slots=True)
class TownStand:
    """One town with counters: how many have a square, what is declared of its ground, which buses stand."""

    area: Area
    counters: int
    ground: TownGround | None
    buses: BusTable | None


def town_stands() -> list[TownStand]:
    """Return every place in which a counter has a square: three queries."""
    open_there = Location.objects.open_to_all().filter(tile_row__isnull=False).order_by()
    counts = dict(open_there.values_list("area").annotate(counters=Count("pk")))
    grounds: dict[str, TownGround] = {}
    for ground in TownGround.objects.order_by("id"):
        grounds[ground.area_id] = ground
    buses = {
        table.area_id: table
        for table in BusTable.objects.standing().annotate(runs_in_all=Count("runs"))
    }
    areas = Area.objects.filter(code__in={*counts, *grounds}).order_by("code")
    return [
        TownStand(area, counts.get(area.code, 0), grounds.get(area.code), buses.get(area.code))
        for area in areas
    ]


def squares_to_begin_with(area: Area) -> list[tuple[Square, str]]:
    """Return the squares around a place's counters, each with the name of a counter on it: one query."""
    there = Location.objects.open_to_all().filter(
        area__in=Area.objects.within(area.code), tile_row__isnull=False
    )
    names: dict[Square, str] = {}
    for row, column, name in there.order_by("name").values_list("tile_row", "tile_column", "name"):
        names.setdefault(Square(row or 1, column or 1), name)
    return [(square, names.get(square, "")) for square in rectangle(names)[:MOST_SQUARES]]

"""Where projects are, as squares: one a place receiving, drawn on the server. No distance, no border.

Of each place that has a square in the directory's schematic map; the list beside it says the same in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.directory.models import Area, Location
from linli.directory.models.area import stem

SIDE, GAP = 56, 4
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Square:
    """One place: where its square stands in the drawing, and how many projects are there."""

    x: int
    y: int
    area: Area
    count: int


@dataclass(frozen=True, slots=True)
class ProjectMap:
    """A drawing: its size, and its squares from the top, line by line."""

    width: int
    height: int
    squares: list[Square]


def project_map(counts: Mapping[Area, int]) -> ProjectMap | None:
    """Return the map of these places with their counts; None when fewer than two have a square of their own."""
    tiles = list(
        Location.objects.filter(tile_row__isnull=False, closed_on=None)
        .order_by("tile_row", "tile_column")
        .values_list("area", "tile_row", "tile_column")
    )
    places: dict[tuple[int, int], Area] = {}
    for area in sorted(counts, key=lambda one: (-len(one.pk), one.pk)):
        mine = (
            (row, column)
            for code, row, column in tiles
            if row is not None and column is not None and code.startswith(stem(area.pk))
        )
        free = next((place for place in mine if place not in places), None)
        if free is not None:
            places[free] = area
    if len(places) < FEWEST:
        return None
    top, left = min(row for row, _c in places), min(column for _r, column in places)
    squares = [
        Square((column - left) * SIDE, (row - top) * SIDE, area, counts[area])
        for (row, column), area in sorted(places.items())
    ]
    width, height = max(one.x for one in squares), max(one.y for one in squares)
    return ProjectMap(width + SIDE - GAP, height + SIDE - GAP, squares)

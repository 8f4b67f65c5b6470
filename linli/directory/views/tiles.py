"""The schematic map: one square a place, drawn on the server. No distance, no border, nobody's position.

The list beside it says the same in words; the map repeats its numbers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

SIDE = 48  # a thumb's width, with a gap
GAP = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: where it stands in the drawing, and the places on it."""

    x: int
    y: int
    number: int
    code: str
    name: str
    open: bool
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TileMap:
    """A drawing: its size, and its squares from the top, line by line."""

    width: int
    height: int
    tiles: list[Tile]


# Of a place: its key, code and name, the row and column of its square.
Place = tuple[int, str, str, int | None, int | None]


def tile_map(places: Iterable[Place], opened: Collection[int]) -> TileMap | None:
    """Return the map of those places that have a square, numbered as in the list; None for fewer than two."""
    squares: dict[tuple[int, int], Tile] = {}
    known = [
        (number, pk, code, name, row, column)
        for number, (pk, code, name, row, column) in enumerate(places, 1)
        if row is not None and column is not None
    ]
    if len(known) < 2:
        return None
    top = min(row for *_place, row, _column in known)
    left = min(column for *_place, column in known)
    for number, pk, code, name, row, column in known:
        square = squares.get((row, column))
        if square is not None:
            square.others.append(name)
            continue
        x, y = (column - left) * SIDE, (row - top) * SIDE
        squares[row, column] = Tile(x, y, number, code, name, pk in opened)
    tiles = [squares[place] for place in sorted(squares)]
    return TileMap(
        max(tile.x for tile in tiles) + SIDE - GAP,
        max(tile.y for tile in tiles) + SIDE - GAP,
        tiles,
    )

"""The schematic map of food premises: one square a neighbourhood, drawn on the server; the table beside it says the same.

No distance, no border, nobody's position. A square leads to the list of its premises.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from linli.directory.views.tiles import GAP, SIDE
from linli.trace.queries.premises_lists import Placed


@dataclass(slots=True)
class Square:
    """One square: which, where it stands in the drawing, and how its premises stand."""

    row: int
    column: int
    x: int = 0
    y: int = 0
    premises: int = 0
    valid: int = 0
    faulty: int = 0
    areas: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How an address calls it."""
        return f"{self.row}-{self.column}"

    @property
    def whole(self) -> bool:
        """Say whether every permit is valid and nothing is open here."""
        return self.valid == self.premises and not self.faulty


@dataclass(frozen=True, slots=True)
class FoodMap:
    """A drawing: its size, its squares from the top, line by line, and how many premises stand on none."""

    width: int
    height: int
    squares: list[Square]
    elsewhere: int


def food_map(rows: Iterable[Placed]) -> FoodMap:
    """Return the map of premises as they stand."""
    squares: dict[tuple[int, int], Square] = {}
    elsewhere = 0
    for one in rows:
        if one.row is None or one.column is None:
            elsewhere += 1
            continue
        at = (one.row, one.column)
        _count(squares.setdefault(at, Square(*at)), one)
    top = min((row for row, _column in squares), default=0)
    left = min((column for _row, column in squares), default=0)
    for (row, column), square in squares.items():
        square.x, square.y = (column - left) * SIDE, (row - top) * SIDE
    found = [squares[at] for at in sorted(squares)]
    return FoodMap(
        max((one.x for one in found), default=0) + SIDE - GAP,
        max((one.y for one in found), default=0) + SIDE - GAP,
        found,
        elsewhere,
    )


def _count(square: Square, one: Placed) -> None:
    square.premises += 1
    square.valid += one.valid
    square.faulty += one.faulty
    if one.area not in square.areas:
        square.areas.append(one.area)

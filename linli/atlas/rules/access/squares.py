"""The ground that minutes are counted on: squares of one width, and a pace. Pure.

A schematic map knows no streets. A walk is the straight line between the middles of two squares, made longer by
a fixed part for the corners; whole minutes, rounded up, so that nobody is told less than the way takes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from typing import Final, NamedTuple

DETOUR: Final = 1.3  # of streets against the straight line; stated on the page
# From a place anywhere in a square to its middle: the mean way, in widths of the square.
WITHIN: Final = 0.3826
MOST_SQUARES: Final = 400
MOST_METRES: Final = 5_000
FURTHEST: Final = 99  # rows and columns of a schematic map


class Square(NamedTuple):
    """One square of a town's schematic map."""

    row: int
    column: int

    @property
    def code(self) -> str:
        """How addresses and tables write it."""
        return f"{self.row}-{self.column}"


@dataclass(frozen=True, slots=True)
class Ground:
    """How wide a square is in metres, how many metres one walks in a minute, and from where people may set out."""

    metres: int
    pace: int
    squares: tuple[Square, ...]

    def on_foot(self, one: Square, other: Square) -> int:
        """Return the minutes of a walk between two squares; within one square the mean way to its middle."""
        widths = hypot(one.row - other.row, one.column - other.column) or WITHIN
        return ceil(round(widths * DETOUR * self.metres / self.pace, 6))


def read_square(said: str) -> Square | None:
    """Return the square that "3-5" means, None when it means none."""
    row, mark, column = (one.strip() for one in said.replace("－", "-").partition("-"))
    if not mark or not (row + column).isascii() or not (row.isdigit() and column.isdigit()):
        return None
    square = Square(int(row[:4]), int(column[:4]))
    return square if all(1 <= one <= FURTHEST for one in square) else None


def rectangle(squares: Iterable[Square]) -> tuple[Square, ...]:
    """Return every square of the smallest rectangle around these, line by line."""
    known = list(squares)
    if not known:
        return ()
    rows, columns = [one.row for one in known], [one.column for one in known]
    return tuple(
        Square(row, column)
        for row in range(min(rows), max(rows) + 1)
        for column in range(min(columns), max(columns) + 1)
    )


def in_order(squares: Sequence[Square]) -> bool:
    """Say whether squares stand line by line, none twice."""
    return all(before < after for before, after in pairwise(squares))

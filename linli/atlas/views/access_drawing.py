"""The ways as a drawing of squares, made on the server; the table beside it says the same.

Every square shows its minutes as a number; colour only repeats it. A square leads to its row of the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from linli.atlas.rules.access.counters import Asked, Counter
from linli.atlas.rules.access.minutes import Reached, band
from linli.atlas.rules.access.squares import Square
from linli.atlas.views.access_asking import Look

SIDE: Final = 60
GAP: Final = 4
SMALL: Final = 7  # so many squares beside each other fit on a telephone as they are


@dataclass(frozen=True, slots=True)
class Tile:
    """One square as it is drawn. minutes None: no counter serves. was: its minutes without the change that is looked at."""

    square: Square
    x: int
    y: int
    name: str
    minutes: int | None
    band: int | None
    far: bool
    was: int | None
    changed: bool
    serving: int
    other: int

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + (SIDE - GAP) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its size, and its squares line by line."""

    width: int
    height: int
    tiles: list[Tile]
    side: int = SIDE - GAP
    small: bool = True


def drawing(look: Look) -> Drawing:
    """Return the squares of a town with their minutes."""
    squares = look.town.ground.squares
    top, left = min(one.row for one in squares), min(one.column for one in squares)
    bottom, right = max(one.row for one in squares), max(one.column for one in squares)
    standing = _standing(look.there, look.asked)
    tiles = [_tile(look, one, (top, left), standing.get(one, (0, 0))) for one in squares]
    return Drawing(
        (right - left + 1) * SIDE - GAP,
        (bottom - top + 1) * SIDE - GAP,
        tiles,
        small=right - left < SMALL,
    )


def _tile(look: Look, one: Square, corner: tuple[int, int], there: tuple[int, int]) -> Tile:
    minutes = _minutes(look.reached, one)
    was = _minutes(look.before, one) if look.change else minutes
    return Tile(
        square=one,
        x=(one.column - corner[1]) * SIDE,
        y=(one.row - corner[0]) * SIDE,
        name=look.town.names.get(one, ""),
        minutes=minutes,
        band=None if minutes is None else band(minutes),
        far=minutes is not None and minutes > look.within,
        was=was,
        changed=was != minutes,
        serving=there[0],
        other=there[1],
    )


def _minutes(reached: Mapping[Square, Reached], square: Square) -> int | None:
    found = reached.get(square)
    return found.journey.minutes if found else None


def _standing(counters: list[Counter], asked: Asked) -> dict[Square, tuple[int, int]]:
    """Return for each square how many counters stand on it that serve, and how many that do not."""
    found: dict[Square, tuple[int, int]] = {}
    for counter in counters:
        serving, other = found.get(counter.square, (0, 0))
        serves = counter.serves(asked)
        found[counter.square] = (serving + serves, other + (not serves))
    return found

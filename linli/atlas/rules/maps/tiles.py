"""The tile map: one square a place, as large as every other, drawn from a layout of rows and columns. Pure.

A place is never hidden because it is small, and nothing is drawn between the places.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt
from typing import Final
from unicodedata import east_asian_width

from linli.atlas.rules.maps.classes import QUANTILES, STEPS, Class, classes, step_of

SIDE: Final = 100  # of a square, in units of the view box
GAP: Final = 6
_LINE: Final = 9  # widths of a Latin letter that fit into a line of a square
_BAR, _BAR_GAP, _BAR_TOP, _BAR_HEIGHT = 14, 3, 86, 7

KNOWN, KEPT_BACK, UNKNOWN = "known", "kept_back", "unknown"
HATCH: Final = "".join(f"M{max(0, x - SIDE)} {min(x, SIDE)}L{min(x, SIDE)} {max(0, x - SIDE)}" for x in range(10, 2 * SIDE, 14))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place as it comes in. short: what fits into a square; label: what is read out, name and figure."""

    code: str
    name: str
    value: Decimal | None
    state: str
    short: str
    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: where it stands, its step of colour (0: none), its name in one or two lines."""

    code: str
    x: int
    y: int
    step: int
    state: str
    lines: tuple[tuple[int, str], ...]  # how far down, words
    short: str
    label: str
    address: str
    filled: str  # the bars that repeat the step without colour, as paths
    empty: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """A drawing: its size, its squares line by line, the classes behind its colours."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    classes: tuple[Class, ...]
    kept_back: int
    unknown: int
    side: int = SIDE
    inner: int = SIDE - 2
    middle: int = SIDE // 2
    hatch: str = HATCH

    @property
    def linked(self) -> bool:
        """Whether squares lead somewhere."""
        return any(tile.address for tile in self.tiles)


def tile_map(
    entries: Sequence[Entry],
    places: Mapping[str, tuple[int, int]],
    method: str = QUANTILES,
) -> TileMap | None:
    """Return the map of these places, None for none. places: row and column by code.

    What has no place in the layout stands in lines of its own below.
    """
    if not entries:
        return None
    found = classes((one.value for one in entries if one.value is not None), method)
    where = _where([one.code for one in entries], places)
    tiles = sorted(
        (_tile(one, where[one.code], found) for one in entries), key=lambda tile: (tile.y, tile.x)
    )
    return TileMap(
        width=max(tile.x for tile in tiles) + SIDE + GAP // 2,
        height=max(tile.y for tile in tiles) + SIDE + GAP // 2,
        tiles=tuple(tiles),
        classes=found,
        kept_back=sum(one.state == KEPT_BACK for one in entries),
        unknown=sum(one.state == UNKNOWN for one in entries),
    )


def _where(
    codes: Sequence[str], places: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Return row and column of each code, from 0 on; codes without a place fill lines below."""
    placed = {code: places[code] for code in codes if code in places}
    top = min((row for row, _ in placed.values()), default=0)
    left = min((column for _, column in placed.values()), default=0)
    where = {code: (row - top, column - left) for code, (row, column) in placed.items()}
    rest = [code for code in codes if code not in where]
    wide = max((column for _, column in where.values()), default=-1) + 1 or _wide(len(rest))
    below = max((row for row, _ in where.values()), default=-1) + 1
    return where | {
        code: (below + number // wide, number % wide) for number, code in enumerate(rest)
    }


def _wide(number: int) -> int:
    return min(6, ceil(sqrt(number)) + 1) if number > 3 else max(number, 1)


def _tile(entry: Entry, where: tuple[int, int], found: Sequence[Class]) -> Tile:
    step = step_of(entry.value, found) if entry.value is not None else 0
    row, column = where
    return Tile(
        code=entry.code,
        x=column * (SIDE + GAP) + GAP // 2,
        y=row * (SIDE + GAP) + GAP // 2,
        step=step,
        state=entry.state,
        lines=_lines(entry.name),
        short=entry.short,
        label=entry.label,
        address=entry.address,
        filled=_bars(range(step)) if step else "",
        empty=_bars(range(step, STEPS)) if step else "",
    )


def _lines(name: str) -> tuple[tuple[int, str], ...]:
    """Return a name in one line, in two, or cut short: the label has it whole."""
    if _width(name) <= _LINE:
        return ((40, name),)
    first = _head(name, _LINE)
    rest = name[len(first) :].lstrip()
    if _width(rest) > _LINE:
        rest = f"{_head(rest, _LINE - 2)}…"
    return (26, first), (48, rest)


def _head(words: str, most: int) -> str:
    """Return as much of the beginning as fits, whole words of Latin script where there is a space."""
    fitting = len(words)
    while _width(words[:fitting]) > most:
        fitting -= 1
    space = words.rfind(" ", 0, fitting + 1)
    return words[: space if space > 0 and fitting < len(words) else fitting]


def _width(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _bars(numbers: Iterable[int]) -> str:
    left = (SIDE - STEPS * _BAR - (STEPS - 1) * _BAR_GAP) // 2
    return "".join(
        f"M{left + number * (_BAR + _BAR_GAP)} {_BAR_TOP}h{_BAR}v{_BAR_HEIGHT}h-{_BAR}z"
        for number in numbers
    )

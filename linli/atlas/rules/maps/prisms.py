"""The prism map: every place stands as high as its figure, drawn on the server, from any of four sides. Pure.

Heights begin at nought and are in proportion: twice the figure is twice the height. What is kept back or unknown lies flat.
Which places are hidden behind taller ones is computed, not hoped: they are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from math import cos, radians
from typing import Any, Final, NamedTuple
from unicodedata import east_asian_width

import shapely
from shapely import Polygon
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.atlas.rules.maps.classes import QUANTILES, Class, classes, step_of
from linli.atlas.rules.maps.depth import Piece, Point, back_to_front, parts, rings
from linli.atlas.rules.maps.tiles import KEPT_BACK, UNKNOWN, Entry

WIDTH: Final = 720  # of the drawing, in units of the view box
TALLEST: Final = 170
_DEEPEST: Final = 400  # a long country is drawn smaller, not longer
_FLAT: Final = 0.62  # how much the ground is seen from the side
_MARGIN, _RULER, _LETTER, _FOOT = 12, 96, 15, 30
_FINE: Final = 0.6  # what is smaller than this is not seen
_GRID: Final = 0.01  # to which points are rounded before areas are joined
_ROOM: Final = 7  # how much of a roof must be seen for its name to stand on it
SOUTH, WEST, NORTH, EAST = "south", "west", "north", "east"
# From each side: how far right and how far back a place lies, as (east, north) parts.
_TURNS: Final = {SOUTH: (1, 0, 0, 1), WEST: (0, -1, 1, 0), NORTH: (-1, 0, 0, -1), EAST: (0, 1, -1, 0)}  # fmt: skip
SIDES: Final = tuple(_TURNS)


@dataclass(frozen=True, slots=True)
class Prism:
    """One place as the viewer sees it: what of its walls and of its roof nothing stands before, as paths."""

    entry: Entry
    step: int
    walls: str
    roof: str


class Label(NamedTuple):
    """One place's name where its roof is seen; figure: "" where only the name has room."""

    x: float
    y: float
    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class PrismMap:
    """A drawing: its places from back to front, names, the classes behind its colours, and what it cannot show."""

    width: int
    height: int
    side: str
    prisms: tuple[Prism, ...]
    labels: tuple[Label, ...]
    classes: tuple[Class, ...]
    top: str  # the largest figure as it is written, "" for no figure above nought
    hidden: tuple[Entry, ...]
    unshaped: tuple[Entry, ...]
    kept_back: int
    unknown: int
    base: int
    ruler: int = WIDTH - _RULER + 26

    @property
    def ruler_top(self) -> int:
        """Where on the ruler the largest figure stands."""
        return self.base - TALLEST

    @property
    def ruler_path(self) -> str:
        """The ruler: from nought to the largest figure, with a mark at the half."""
        return f"M{self.ruler + 6} {self.base}h-6v-{TALLEST}h6m-6 {TALLEST // 2}h4"


def heights(entries: Sequence[Entry], tallest: float = 1) -> dict[str, float]:
    """Return the height of every place: the largest figure is as tall as can be, nought and what is unknown are flat."""
    most = max((one.value for one in entries if one.value is not None), default=Decimal(0))
    if most <= 0:
        return {one.code: 0.0 for one in entries}
    return {one.code: tallest * float(max(one.value or Decimal(0), Decimal(0)) / most) for one in entries}  # fmt: skip


def prism_map(
    entries: Sequence[Entry],
    shapes: Mapping[str, Mapping[str, Any]],
    *,
    side: str = SOUTH,
    method: str = QUANTILES,
) -> PrismMap | None:
    """Return the drawing of these places, None when none has a shape. shapes: GeoJSON geometries in degrees, by code."""
    shaped = [one for one in entries if one.code in shapes]
    if not shaped:
        return None
    grounds = laid_out({one.code: shapes[one.code] for one in shaped}, side)
    high = heights(entries, TALLEST)
    seen = visible(back_to_front(grounds), high)
    found = classes((one.value for one in entries if one.value is not None), method)
    top = max(ground.bounds[3] + high[code] for code, ground in grounds.items())
    base = int(top) + _MARGIN + 1
    hidden = tuple(one for one in shaped if not seen[one.code].any)
    return PrismMap(
        width=WIDTH,
        height=base + _FOOT,
        side=side,
        prisms=tuple(
            _drawn(one, seen[one.code], found, base) for one in shaped if one not in hidden
        ),
        labels=_labels(shaped, seen, base),
        classes=found,
        top=max(shaped, key=lambda one: high[one.code]).short if any(high.values()) else "",
        hidden=hidden,
        unshaped=tuple(one for one in entries if one.code not in shapes),
        kept_back=sum(one.state == KEPT_BACK for one in entries),
        unknown=sum(one.state == UNKNOWN for one in entries),
        base=base,
    )


def laid_out(shapes: Mapping[str, Mapping[str, Any]], side: str) -> dict[str, BaseGeometry]:
    """Return the grounds in the drawing's units: right is x, back is y, from nought on, borders shared as before."""
    raw = {code: shape(geometry) for code, geometry in shapes.items()}
    _west, south, _east, north = shapely.total_bounds(list(raw.values()))
    narrow = cos(radians((south + north) / 2))
    a, b, c, d = _TURNS[side]
    turned = [affine_transform(one, [a * narrow, b, c * narrow, d, 0, 0]) for one in raw.values()]
    left, front, right, back = shapely.total_bounds(turned)
    unit = min((WIDTH - _RULER - _MARGIN) / (right - left), _DEEPEST / (_FLAT * (back - front)))
    off = _MARGIN + (WIDTH - _RULER - _MARGIN - unit * (right - left)) / 2
    scaled = [
        affine_transform(one, [unit, 0, 0, unit * _FLAT, off - unit * left, -unit * _FLAT * front])
        for one in turned
    ]
    drawn = dict(zip(raw, shapely.coverage_simplify(scaled, _FINE), strict=True))
    # An island too small to be seen is left out; a place that is nothing else keeps it.
    return {
        code: shapely.MultiPolygon([part for part in parts(one) if part.area > _FINE])
        if one.area > _FINE
        else one
        for code, one in drawn.items()
    }


class Seen(NamedTuple):
    """What the viewer sees of one block."""

    walls: BaseGeometry
    roof: BaseGeometry

    @property
    def any(self) -> bool:
        """Whether anything worth drawing is seen."""
        return bool(self.walls.area + self.roof.area > _FINE)


class _Block(NamedTuple):
    """Pieces of one place that stand in a row: nothing stands between them, so that they are one."""

    code: str
    roof: BaseGeometry
    walls: BaseGeometry
    both: BaseGeometry


def visible(pieces: Sequence[Piece], high: Mapping[str, float]) -> dict[str, Seen]:
    """Return what is seen of each block. pieces: from back to front; high: how tall each block is."""
    rows = groupby(reversed(pieces), key=lambda piece: piece.code)
    blocks = [_block(code, [piece.ground for piece in row], high[code]) for code, row in rows]
    near = shapely.STRtree([block.both for block in blocks])
    roofs: dict[str, list[BaseGeometry]] = {}
    walls: dict[str, list[BaseGeometry]] = {}
    for number, block in enumerate(blocks):
        met = near.query(block.both, predicate="intersects")
        before = shapely.union_all([blocks[other].both for other in met if other < number])
        roofs.setdefault(block.code, []).append(block.roof.difference(before))
        walls.setdefault(block.code, []).append(
            block.walls.difference(block.roof).difference(before)
        )
    return {code: Seen(_joined(walls[code]), _joined(found)) for code, found in roofs.items()}


def _block(code: str, grounds: Sequence[Polygon], height: float) -> _Block:
    ground = _joined(grounds) if len(grounds) > 1 else grounds[0]
    roof = affine_transform(ground, [1, 0, 0, 1, 0, height])
    walls = [wall for part in parts(ground) for wall in _walls(part, height)] if height else []
    return _Block(code, roof, shapely.union_all(walls), shapely.union_all([roof, *walls]))


def _walls(ground: Polygon, height: float) -> Iterator[BaseGeometry]:
    """Yield the walls that face the viewer: above every stretch of border that runs to the right."""
    for ring in rings(ground):
        edges = [(a, b) for a, b in pairwise(ring) if b[0] - a[0] > _GRID]
        stretch: list[Point] = []
        for a, b in edges:
            if stretch and stretch[-1] != a:
                yield _wall(stretch, height)
                stretch = []
            stretch += [b] if stretch else [a, b]
        if stretch:
            yield _wall(stretch, height)


def _wall(foot: Sequence[Point], height: float) -> BaseGeometry:
    return shapely.Polygon([*foot, *((x, y + height) for x, y in reversed(foot))])


def _joined(found: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return these as one, with the cuts between them gone."""
    return shapely.union_all(found, grid_size=_GRID)


def _drawn(entry: Entry, seen: Seen, found: Sequence[Class], base: int) -> Prism:
    return Prism(
        entry=entry,
        step=step_of(entry.value, found) if entry.value is not None else 0,
        walls=_path(seen.walls, base),
        roof=_path(seen.roof, base),
    )


def _path(shown: BaseGeometry, base: int) -> str:
    """Return an area as a path in tenths of a unit, each point relative to the one before it."""
    found = []
    for part in parts(shown):
        for ring in rings(part) if part.area > _FINE else ():
            tenths = [(round(x * 10), round((base - y) * 10)) for x, y in ring[:-1]]
            steps = (
                f"{(b[0] - a[0]) / 10:g},{(b[1] - a[1]) / 10:g}"
                for a, b in pairwise(tenths)
                if a != b
            )
            found.append(f"M{tenths[0][0] / 10:g},{tenths[0][1] / 10:g}l{' '.join(steps)}z")
    return "".join(found)


def _labels(entries: Sequence[Entry], seen: Mapping[str, Seen], base: int) -> tuple[Label, ...]:
    """Return the names that have room, the widest roofs first; no two lie over each other."""
    taken: list[BaseGeometry] = []
    labels = []
    for entry in sorted(entries, key=lambda one: (-seen[one.code].roof.area, one.code)):
        widest = max(parts(seen[entry.code].roof), key=lambda part: part.area, default=None)
        if widest is None:
            continue
        line = shapely.maximum_inscribed_circle(widest, tolerance=2)
        if line.length < _ROOM:
            continue
        x, y = line.coords[0]
        lying = Label(round(x, 1), round(base - y, 1), entry.name, entry.short)
        for label in (lying, lying._replace(figure="")):
            space = _space(label)
            if all(not space.intersects(other) for other in taken):
                taken.append(space)
                labels.append(label)
                break
    return tuple(labels)


def _space(label: Label) -> BaseGeometry:
    wide = max(_wide(label.name), _wide(label.figure)) * _LETTER / 2
    below = _LETTER * (1.4 if label.figure else 0.3)
    return shapely.box(label.x - wide, label.y - _LETTER, label.x + wide, label.y + below)


def _wide(words: str) -> float:
    return sum(1 if east_asian_width(letter) in "WF" else 0.58 for letter in words)

"""Outlines of areas as paths of a drawing: north is up, and a square kilometre is as wide as it is high.

One page shows land no larger than a province, so degrees east are narrowed by the latitude of its middle alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any, Final

WIDE: Final = 640  # units of the drawing
_HIGHEST: Final = 640
_MARGIN: Final = 6
_APART: Final = 16  # nearer numbers would lie on each other

Ring = list[tuple[float, float]]
Geometry = Mapping[str, Any]  # GeoJSON Polygon or MultiPolygon


@dataclass(frozen=True, slots=True)
class Outline:
    """One shape: its path, where its number stands, and whether there is room for the number."""

    code: str
    path: str
    x: float
    y: float
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class OutlineMap:
    """A drawing: its size, its outlines, the larger first, and the ground under them."""

    width: int
    height: int
    outlines: list[Outline]
    ground: list[str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the earth is drawn, and how large."""

    west: float
    south: float
    east: float
    north: float

    @property
    def narrow(self) -> float:
        """How much narrower a degree east is than one north."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree north."""
        across = (self.east - self.west) * self.narrow
        return min(WIDE / (across or 1), _HIGHEST / ((self.north - self.south) or 1))

    def placed(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        across = _MARGIN + (x - self.west) * self.narrow * self.scale
        return round(across, 1), round(_MARGIN + (self.north - y) * self.scale, 1)

    def path(self, rings: list[Ring]) -> str:
        """Return the path of one shape."""
        return "".join(_path(self.placed(x, y) for x, y in ring) for ring in rings)


def outline_map(
    shapes: Mapping[str, Geometry],
    centres: Mapping[str, tuple[float, float]],
    ground: Iterable[Geometry] = (),
) -> OutlineMap | None:
    """Return the drawing of these shapes, None of none. Larger ones lie under smaller ones, the ground under all."""
    rings = {code: list(_rings(shape)) for code, shape in shapes.items()}
    under = [list(_rings(shape)) for shape in ground]
    points = [point for of in (*rings.values(), *under) for ring in of for point in ring]
    if not rings or not points:
        return None
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    frame = _Frame(min(xs), min(ys), max(xs), max(ys))
    order = sorted(rings, key=lambda code: (-_extent(rings[code]), code))
    drawn: list[Outline] = []
    for code in order:
        x, y = frame.placed(*centres[code])
        free = all(hypot(x - one.x, y - one.y) > _APART for one in drawn if one.numbered)
        drawn.append(Outline(code, frame.path(rings[code]), x, y, free))
    right, down = frame.placed(frame.east, frame.south)
    paths = [frame.path(one) for one in under]
    return OutlineMap(round(right) + _MARGIN, round(down) + _MARGIN, drawn, paths)


def _rings(shape: Geometry) -> Iterator[Ring]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]


def _path(points: Iterator[tuple[float, float]]) -> str:
    """Return one closed ring; points that fall on the one before them in the drawing are left out."""
    said: list[str] = []
    for x, y in points:
        point = f"{x:g} {y:g}"
        if not said or said[-1] != point:
            said.append(point)
    return f"M{'L'.join(said)}Z"


def _extent(rings: list[Ring]) -> float:
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))

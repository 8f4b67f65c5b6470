"""Invented boundaries for the demo, marked 虚构边界: seeded, without gaps, drawn around 0° 0° in the sea.

No real map is shipped: a real one needs a licence and the number of its review. Who lies beside whom follows the
schematic map (data/layouts.tsv); every border is made up. Public buildings stand on invented plots with invented heights.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any, Final, TypeAlias

from linli.atlas.actions.layers import LayerDraft, import_layer
from linli.atlas.actions.layouts import set_tiles
from linli.atlas.models import Layer, LayoutTile
from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import LANZHOU
from linli.directory.models import Area, Location
from linli.kernel.actors import system

AREAS, BUILDINGS = "虚构边界（演示）", "虚构公共建筑（演示）"
_SOURCE: Final = "邻里演示数据，由种子生成，不对应任何真实地点"
_LICENCE: Final = "CC0-1.0"
_METRES: Final = 900  # the outline's tolerance
# Where each area is drawn: the middle in degrees, and degrees from square to square.
_AT: Final = {"620000": (0.0, 1.2, 0.9), "450200": (-1.6, -2.2, 0.42), "510100": (2.0, -2.2, 0.4)}
_INSIDE: Final = {"620100": "620000"}  # drawn within their city's own shape
_CITIES: Final = ("450200", "510100")  # whose shape is that of their parts together
_HIGH: Final = {
    "station": (6, 15),
    "hall": (20, 60),
    "centre": (12, 30),
    "venue": (15, 45),
    "office": (18, 50),
}
_SIDE: Final = 0.0008  # degrees, half a building: drawn larger than life, so that it is seen

Point: TypeAlias = tuple[float, float]
Shapes: TypeAlias = dict[str, Any]  # code → shapely polygon


def draw(*, at: datetime) -> None:
    """Set the schematic maps, and bring boundaries and buildings, where they are missing."""
    _set_tiles(at)
    by = system("demo")
    known = set(Layer.objects.standing().values_list("name", flat=True))
    if AREAS not in known:
        data = written((code, {}, shape) for code, shape in boundaries().items())
        import_layer(by=by, at=at, draft=_draft(AREAS, Layer.AREAS, data))
    if BUILDINGS not in known and (built := list(_buildings())):
        draft = _draft(BUILDINGS, Layer.BUILDINGS, written(built))
        import_layer(by=by, at=at, draft=draft)


def written(shapes: Iterable[tuple[str, dict[str, Any], Any]]) -> bytes:
    """Write shapes as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {"code": code} | said, "geometry": shape.__geo_interface__}
        for code, said, shape in shapes
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@cache
def boundaries() -> Shapes:
    """Return the invented boundaries of all areas that have a schematic map, and of their parts."""
    import shapely  # noqa: PLC0415 - only who draws pays for it

    drawn: Shapes = {}
    for area, (x, y, step) in _AT.items():
        seeds = _seeds(area, (x, y), step)
        cells = _cells(seeds, _region(seeds.values(), step))
        for city in (city for city, of in _INSIDE.items() if of == area):
            cells |= _cells(_seeds_within(city, cells[city]), cells.pop(city))
        drawn |= _wavy(cells, step)
    for city in (*_INSIDE, *_CITIES):
        drawn[city] = shapely.coverage_union_all([drawn[code] for code in _tiles()[city]])
    return drawn


def _draft(name: str, kind: str, data: bytes) -> LayerDraft:
    return LayerDraft(
        data=data, name=name, kind=kind, source=_SOURCE, licence=_LICENCE, datum="cgcs2000", public=True,
        metres=_METRES if kind == Layer.AREAS else 0, fictional=True,
    )  # fmt: skip


@cache
def _tiles() -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for parent, code, row, column, _name in rows("layouts.tsv"):
        found.setdefault(parent, {})[code] = (int(row), int(column))
    return found


def _set_tiles(at: datetime) -> None:
    there = set(LayoutTile.objects.values_list("parent", flat=True))
    for parent in Area.objects.filter(code__in=_tiles().keys() - there):
        set_tiles(by=people.planner(LANZHOU), at=at, parent=parent, places=_tiles()[parent.code])


def _seeds(area: str, middle: Point, step: float) -> dict[str, Point]:
    """Return a point for each part: its square, a little aside."""
    lots, tiles = Random(f"boundaries {area}"), _tiles()[area]  # noqa: S311 - a drawing, no secret
    rows_, columns = zip(*tiles.values(), strict=True)
    down, along = (max(rows_) + min(rows_)) / 2, (max(columns) + min(columns)) / 2
    return {
        code: (
            middle[0] + step * (column - along + lots.uniform(-0.2, 0.2)),
            middle[1] + step * (down - row + lots.uniform(-0.2, 0.2)),
        )
        for code, (row, column) in sorted(tiles.items())
    }


def _seeds_within(area: str, shape: Any) -> dict[str, Point]:  # noqa: ANN401
    """Return the points of a city's parts, drawn so small that they lie inside its shape."""
    from shapely import Point as Dot  # noqa: PLC0415

    centre, step = shape.centroid, 0.5
    while True:
        seeds = _seeds(area, (centre.x, centre.y), step)
        if all(shape.contains(Dot(seed).buffer(step / 4)) for seed in seeds.values()):
            return seeds
        step *= 0.9


def _region(seeds: Iterable[Point], step: float) -> Any:  # noqa: ANN401
    """Return an outline around all points, without holes."""
    import shapely  # noqa: PLC0415

    discs = shapely.union_all([shapely.Point(seed).buffer(step * 0.8, 4) for seed in seeds])
    closed = discs.buffer(step * 0.7, 4).buffer(-step * 0.7, 4).simplify(step * 0.05)
    return shapely.Polygon(max(shapely.get_parts(closed), key=lambda one: one.area).exterior)


def _cells(seeds: dict[str, Point], region: Any) -> Shapes:  # noqa: ANN401
    """Return for each point all that lies nearer to it than to any other."""
    import shapely  # noqa: PLC0415

    codes = sorted(seeds)
    dots = shapely.MultiPoint([seeds[code] for code in codes])
    cells = shapely.get_parts(shapely.voronoi_polygons(dots, extend_to=region, ordered=True))
    return {
        code: shapely.intersection(cell, region) for code, cell in zip(codes, cells, strict=True)
    }


def _wavy(cells: Shapes, step: float) -> Shapes:
    """Draw every border once more as a river would run; both neighbours get the same one, so no gap opens."""
    import shapely  # noqa: PLC0415

    noded = shapely.union_all([cell.exterior for cell in cells.values()], grid_size=1e-6)
    lines = shapely.get_parts(shapely.line_merge(noded))
    bent = [shapely.LineString(list(_bent(line.coords, step))) for line in lines]
    faces = shapely.get_parts(shapely.polygonize(bent))
    drawn: Shapes = {}
    for face in faces:
        code = max(sorted(cells), key=lambda code: shapely.intersection(cells[code], face).area)
        drawn[code] = drawn[code].union(face) if code in drawn else face
    return drawn


def _bent(points: Iterable[Point], step: float) -> Iterator[Point]:
    """Yield the points of a line with bends between them; the same line bends in the same way."""
    known = list(points)
    for start, end in pairwise(known):
        lots = Random(repr(sorted((start, end))))  # noqa: S311 - a drawing, no secret
        yield from _between(start, end, lots, step / 25)
    yield known[-1]


def _between(start: Point, end: Point, lots: Random, least: float) -> Iterator[Point]:
    across, up = end[0] - start[0], end[1] - start[1]
    if abs(across) + abs(up) < least:
        yield start
        return
    aside = lots.uniform(-0.13, 0.13)
    middle = (
        round((start[0] + end[0]) / 2 - aside * up, 6),
        round((start[1] + end[1]) / 2 + aside * across, 6),
    )
    yield from _between(start, middle, lots, least)
    yield from _between(middle, end, lots, least)


def _buildings() -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield the demo's public places as boxes on squares of a grid in their area's middle."""
    import shapely  # noqa: PLC0415

    drawn = boundaries()
    places = Location.objects.open_to_all().filter(area__in=drawn).exclude(tile_row=None)
    for place in places.order_by("code"):
        assert place.tile_row is not None  # noqa: S101
        assert place.tile_column is not None  # noqa: S101
        lots = Random(f"building {place.name}")  # noqa: S311 - a drawing, no secret
        shape = drawn[place.area_id]
        middle = shape.representative_point()
        x = middle.x + 0.03 * (place.tile_column - 3) + lots.uniform(-0.004, 0.004)
        y = middle.y - 0.03 * (place.tile_row - 3) + lots.uniform(-0.004, 0.004)
        wide, deep = (_SIDE * lots.uniform(0.6, 1.4) for _side in "xy")
        box = shapely.box(x - wide, y - deep, x + wide, y + deep)
        if shape.contains(box):
            low, high = _HIGH[place.kind]
            said = {"location": place.code, "height_m": lots.randrange(low, high)}
            yield place.area_id, said, box

"""Boundaries made fit for maps: valid, without slivers between neighbours, drawn with fewer points and still without gaps.

Shapes are shapely's; degrees of CGCS2000, rounded to a millionth (a decimetre). Neighbours share their border point for
point before and after: what is simplified is the border, once, not each area alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Shape: TypeAlias = Any  # a shapely geometry
Move: TypeAlias = Callable[[float, float], tuple[float, float]]

METRES: Final = 111_320.0  # in a degree of latitude
_GRID: Final = 6  # decimals
_SLIVER: Final = 0.001  # of the smaller neighbour: less is a border drawn twice, more is a dispute
_BROKEN: Final = 0.01  # so much of a shape may change when it is made valid
_SNAP: Final = 2e-6  # degrees


@dataclass(slots=True)
class Mended:
    """What became of shapes: those that stand, and what is wrong with others, by their keys.

    `repaired`: crossed itself and was put right without changing what it covers.
    """

    shapes: dict[str, Shape] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    overlaps: dict[str, str] = field(default_factory=dict)
    repaired: set[str] = field(default_factory=set)


def mended(brought: Mapping[str, Shape], move: Move | None = None) -> Mended:
    """Return these shapes flat, moved to our datum, valid and rounded. `move` raises ValueError where it cannot."""
    made = Mended()
    for key, shape in brought.items():
        try:
            made.shapes[key] = _one(shape, move, key, made.repaired)
        except ValueError as error:
            made.wrong[key] = str(error)
    return made


def fitted(shapes: Mapping[str, Shape]) -> tuple[dict[str, Shape], dict[str, str]]:
    """Return shapes of one level as a coverage, and which of them overlap another so much that somebody must decide."""
    import shapely  # noqa: PLC0415 - only who brings a map pays for it

    keys = sorted(shapes)
    given = [shapes[key] for key in keys]
    overlaps = _overlaps(keys, given)
    if overlaps or shapely.coverage_is_valid(given):
        return dict(shapes), overlaps
    cleaned = shapely.coverage_clean(given, snapping_distance=_SNAP)
    return {key: _rounded(one) for key, one in zip(keys, cleaned, strict=True)}, {}


def outlines(shapes: Mapping[str, Shape], metres: int) -> dict[str, Shape]:
    """Return shapes of one level drawn with fewer points, off by about `metres` at most; none is lost, no gap opens."""
    import shapely  # noqa: PLC0415

    if not metres or not shapes:
        return dict(shapes)
    keys = sorted(shapes)
    # Its measure is an area: the triangle that a point makes with its neighbours.
    simpler = shapely.coverage_simplify([shapes[key] for key in keys], metres / METRES)
    rounded = [_rounded(one) for one in simpler]
    if any(one.is_empty or not one.is_valid for one in rounded):
        return dict(shapes)
    return dict(zip(keys, rounded, strict=True))


def points_of(shapes: Sequence[Shape]) -> int:
    """Count the points of these shapes."""
    import shapely  # noqa: PLC0415

    return int(shapely.get_num_coordinates(list(shapes)).sum()) if shapes else 0


def wound(shape: Shape) -> Shape:
    """Return the same shape with its rings the way round that GeoJSON wants them: outside against the clock."""
    import shapely  # noqa: PLC0415

    return shapely.orient_polygons(shape)


def inside(shape: Shape) -> tuple[float, float]:
    """Return a point that stands for a shape: its centre of gravity, or a point inside where that lies outside."""
    centre = shape.centroid
    if not shape.contains(centre):
        centre = shape.representative_point()
    return round(centre.x, _GRID), round(centre.y, _GRID)


def _one(shape: Shape, move: Move | None, key: str, repaired: set[str]) -> Shape:
    """Raises ValueError: not_a_polygon, not_in_degrees, outside_the_datum, broken."""
    import shapely  # noqa: PLC0415

    if shape is None or shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ValueError("not_a_polygon")
    flat = shapely.force_2d(shape)
    west, south, east, north = flat.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("not_in_degrees")
    moved = _moved(flat, move) if move else flat
    whole = moved if moved.is_valid else shapely.make_valid(moved, method="structure")
    if whole is not moved:
        repaired.add(key)
    rounded = _polygons(_rounded(whole))
    if rounded.is_empty or abs(rounded.area - moved.area) > _BROKEN * max(moved.area, rounded.area):
        raise ValueError("broken")
    return rounded


def _moved(shape: Shape, move: Move) -> Shape:
    import shapely  # noqa: PLC0415

    def all_moved(points: Any) -> Any:  # noqa: ANN401 - an array of x and y
        points[:] = [move(x, y) for x, y in points.tolist()]
        return points

    try:
        return shapely.transform(shape, all_moved)
    except ValueError as error:
        raise ValueError("outside_the_datum") from error


def _rounded(shape: Shape) -> Shape:
    """Round every point alone: a border that two areas share stays one border."""
    import shapely  # noqa: PLC0415

    rounded = shapely.transform(shape, lambda points: points.round(_GRID))
    return rounded if rounded.is_valid else shapely.make_valid(rounded, method="structure")


def _polygons(shape: Shape) -> Shape:
    """Leave out lines and points that come of making valid."""
    import shapely  # noqa: PLC0415

    parts = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon" and one.area > 0]
    if len(parts) == 1:
        return parts[0]
    return shapely.MultiPolygon(parts) if parts else shapely.Polygon()


def _overlaps(keys: Sequence[str], shapes: Sequence[Shape]) -> dict[str, str]:
    """Return of each shape that lies on another too much, which other."""
    import shapely  # noqa: PLC0415

    tree, found = shapely.STRtree(list(shapes)), {}
    firsts, seconds = tree.query(list(shapes), predicate="intersects")
    for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True):
        if first >= second:
            continue
        one, other = shapes[first], shapes[second]
        shared = shapely.intersection(one, other).area
        if shared > _SLIVER * min(one.area, other.area):
            found[keys[first]], found[keys[second]] = keys[second], keys[first]
    return found

"""The same places as bodies for a map that turns: GeoJSON in degrees, heights in metres, small enough to send. Pure.

Heights of places stand for figures, not for ground: the tallest is a quarter as tall as the map is wide. Heights of
buildings are their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import cos, radians, sqrt
from typing import Any, Final, Protocol

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.atlas.rules.maps.classes import QUANTILES, classes, step_of
from linli.atlas.rules.maps.prisms import heights
from linli.atlas.rules.maps.tiles import Entry

_DEGREE: Final = 111_320  # metres of a degree to the north
_SHARE: Final = 0.25
_POINTS: Final = 1500  # across the map: finer than a screen shows
_DECIMALS: Final = 5  # about a metre


class Building(Protocol):
    """What is known of a public building."""

    @property
    def name(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def height_m(self) -> Decimal: ...
    @property
    def geometry(self) -> dict[str, Any]: ...


def scene(
    entries: Sequence[Entry],
    shapes: Mapping[str, Mapping[str, Any]],
    buildings: Iterable[tuple[Building, str]],
    *,
    method: str = QUANTILES,
) -> dict[str, Any]:
    """Return places and buildings as one feature collection. buildings: each with the words for its kind."""
    shaped = [one for one in entries if one.code in shapes]
    found = classes((one.value for one in entries if one.value is not None), method)
    raw = [shape(shapes[one.code]) for one in shaped]
    fine = shapely.coverage_simplify(raw, _wide(raw) / _DEGREE / _POINTS) if raw else []
    high = heights(entries, _wide(raw) * _SHARE)
    features = [
        _feature(
            ground,
            kind="area",
            code=one.code,
            name=one.name,
            said=one.label,
            short=one.short,
            state=one.state,
            step=step_of(one.value, found) if one.value is not None else 0,
            height=round(high[one.code]),
        )
        for one, ground in zip(shaped, fine, strict=True)
    ] + [
        _feature(
            shape(one.geometry),
            kind="building",
            name=one.name,
            said=words,
            area=one.area,
            height=float(one.height_m),
        )
        for one, words in buildings
    ]
    told: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if raw:
        told["bbox"] = [round(float(edge), _DECIMALS) for edge in shapely.total_bounds(raw)]
    return told


def _wide(grounds: Sequence[BaseGeometry]) -> float:
    """Return how wide these are together, in metres: the side of a square as large as their frame."""
    if not grounds:
        return 0
    west, south, east, north = shapely.total_bounds(grounds)
    narrow = cos(radians((south + north) / 2))
    return float(sqrt((east - west) * narrow * (north - south)) * _DEGREE)


def _feature(ground: BaseGeometry, **properties: Any) -> dict[str, Any]:
    point = ground.representative_point()
    centre = [round(point.x, _DECIMALS), round(point.y, _DECIMALS)]
    geometry = mapping(shapely.transform(ground, lambda points: points.round(_DECIMALS)))
    return {"type": "Feature", "properties": properties | {"centre": centre}, "geometry": geometry}

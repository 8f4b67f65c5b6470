"""Collections of features in memory, made anew when what they were made of has changed.

The database is asked each time what it holds by now; only then is what stands here given out again.
"""

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import override
from shapely import point_on_surface
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.polygon import orient

from linli.atlas.models import Layer, LayoutTile
from linli.atlas.queries import layers
from linli.atlas.rules.features.selecting import Kept, Thing
from linli.kernel.open_data import Collection, Feature
from linli.kernel.own_address import own_address

BUILDING, AREA = "building", "area"
_PLACES: Final = 6  # digits after the point: a tenth of a metre


class InMemory(NamedTuple):
    """One collection as it was read, what it was made of, and what stands under a map of it."""

    made_of: str
    kept: Kept
    notice: str


_memory: dict[str, InMemory] = {}
_turn = Lock()


def in_memory(collection: Collection) -> InMemory:
    """Return a collection's features, as they are by now."""
    made_of = f"{collection.version()} {_layers()}"
    found = _memory.get(collection.code)
    if found is None or found.made_of != made_of:
        with _turn, override(settings.LANGUAGE_CODE):
            kept = Kept.of(_things(collection))
            found = InMemory(made_of, kept, layers.notice() if collection.shaped else "")
            _memory[collection.code] = found
    return found


def forget() -> None:
    """Forget everything, as a new process would."""
    _memory.clear()


def _layers() -> str:
    told = Layer.objects.aggregate(Count("pk"), Max("pk"), Max("withdrawn_at"))
    return str(told | LayoutTile.objects.aggregate(Max("pk")))


def _things(collection: Collection) -> Iterator[Thing]:
    features = list(collection.features(own_address()))
    areas = {one.area for one in features if one.area and one.geometry is None}
    if collection.shaped:
        shapes = {area: _wound(one) for area, one in layers.shapes(areas).items()}
        for one in features:
            yield _thing(one, one.geometry or shapes.get(one.area), {})
        return
    points = {area: _point(*at) for area, at in layers.centres(areas).items()}
    doors = {one.location: _inside(one.geometry) for one in layers.buildings(areas)}
    for one in features:
        place = one.geometry or doors.get(one.id) or points.get(one.area)
        how = BUILDING if one.geometry or one.id in doors else AREA if place else None
        yield _thing(one, place, {"located_by": how})


def _thing(one: Feature, geometry: Mapping[str, Any] | None, more: Mapping[str, Any]) -> Thing:
    return Thing(one.id, geometry, {**one.properties, **more}, one.since, one.until)


def _point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(x, _PLACES), round(y, _PLACES)]}


def _inside(geometry: Mapping[str, Any]) -> dict[str, Any]:
    point = point_on_surface(shape(geometry))
    return _point(point.x, point.y)


def _wound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shape whose outer rings run against the clock, as RFC 7946 wants them."""
    found = shape(geometry)
    if isinstance(found, Polygon):
        found = orient(found)
    elif isinstance(found, MultiPolygon):
        found = MultiPolygon([orient(one) for one in found.geoms])
    told = found.__geo_interface__
    return {"type": told["type"], "coordinates": told["coordinates"]}

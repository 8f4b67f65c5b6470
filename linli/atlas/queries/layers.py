"""What our maps are drawn with: shapes of areas, squares of the schematic map, public buildings, whose map it is.

Every map says `notice` at its lower left, and so does every file that holds shapes.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from django.db.models import F
from django.utils.translation import gettext as _

from linli.atlas.models import Layer, LayoutTile, Shape
from linli.atlas.rules.maps import layouts
from linli.directory.models import Area

Geometry: TypeAlias = dict[str, Any]  # GeoJSON Polygon or MultiPolygon, degrees of CGCS2000 (CRS84)


class Building(NamedTuple):
    """A public building with its height. `location`: the code of the place in the directory, "" where it has none."""

    pk: int
    name: str
    kind: str
    area: str
    location: str
    height_m: Decimal
    geometry: Geometry


def shapes(
    areas: Iterable[str], *, whole: bool = False, internal: bool = False
) -> dict[str, Geometry]:
    """Return the geometry of each of these areas that has one, of the newest layer that everybody may see.

    whole: as it was brought, not the simpler outline; internal: layers too that only staff may see.
    """
    field = "geometry" if whole else "outline"
    found = _newest(areas, internal=internal).values_list("area_id", field)
    return {str(area): geometry for area, geometry in found}


def centres(areas: Iterable[str], *, internal: bool = False) -> dict[str, layouts.Point]:
    """Return a point inside each of these areas that has a shape: degrees east and north."""
    found = _newest(areas, internal=internal).values_list("area_id", "centre_x", "centre_y")
    return {str(area): (x, y) for area, x, y in found}


def buildings(areas: Iterable[str], *, internal: bool = False) -> list[Building]:
    """Return the public buildings that stand in these areas."""
    of = _standing(Layer.BUILDINGS, internal=internal).filter(area__in=list(areas))
    rows = of.order_by("area", "name", "id").values_list(
        "pk", "name", "kind", "area_id", "location__code", "height_m", "outline"
    )
    return [
        Building(pk, name, kind, area, location or "", height_m or Decimal(0), outline)
        for pk, name, kind, area, location, height_m, outline in rows
    ]


def layout(parent: str) -> dict[str, layouts.Place]:
    """Return row and column of every part of `parent` that stands today; parts never laid out come below, in order."""
    codes = Area.objects.filter(parent=parent, until_year=None).values_list("code", flat=True)
    return layouts.completed(stored_layout(parent), codes)


def stored_layout(parent: str) -> dict[str, layouts.Place]:
    """Return the squares of `parent` that were laid out or moved by hand."""
    rows = LayoutTile.objects.filter(parent=parent).values_list("area_id", "row", "column")
    return {area: (row, column) for area, row, column in rows}


def notice(areas: Iterable[str] | None = None) -> str:
    """Return what stands at the lower left of a map of these areas (None: of any): its approval number, or that it is invented."""
    layers = Layer.objects.shown_to_all().filter(kind=Layer.AREAS)
    if areas is not None:
        used = _newest(areas).values_list("layer_id", flat=True)
        layers = layers.filter(pk__in=set(used))
    return said_of(layers.order_by("approval_no", "pk"))


def said_of(layers: Iterable[Layer]) -> str:
    """Return the notice of these layers; "" of none."""
    found = list(layers)
    numbers = list(dict.fromkeys(one.approval_no for one in found if one.approval_no))
    words = [_("Map approval number: %(number)s") % {"number": number} for number in numbers]
    if any(one.fictional for one in found):
        words.append(_("Invented boundaries, for demonstration: no real map."))
    if any(not one.fictional and not one.approval_no for one in found):
        words.append(_("Internal preview: no map approval number yet."))
    return " · ".join(words)


def _standing(kind: str, *, internal: bool) -> Any:  # noqa: ANN401 - a QuerySet of shapes, with its values
    layers = Layer.objects.standing() if internal else Layer.objects.shown_to_all()
    return Shape.objects.filter(layer__in=layers.filter(kind=kind))


def _newest(areas: Iterable[str], *, internal: bool = False) -> Any:  # noqa: ANN401 - as above
    """Return the shapes of these areas, one each: of the layer brought last."""
    wanted: Collection[str] = list(areas)
    of = _standing(Layer.AREAS, internal=internal).filter(area__in=wanted)
    rows = of.order_by(F("layer__at").asc(), "layer_id").values_list("area_id", "pk")
    newest: Mapping[str, int] = {str(area): pk for area, pk in rows}
    return Shape.objects.filter(pk__in=list(newest.values()))

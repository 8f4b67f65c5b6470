"""A layer as GeoJSON for everybody: its shapes as they were brought, with source, licence and approval number in the file."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from linli.atlas.models import Layer, Shape
from linli.atlas.queries import layers

GEOJSON = "application/geo+json"


@require_safe
def layer_geojson(_request: HttpRequest, code: str) -> HttpResponse:
    """Give a public layer away."""
    layer = get_object_or_404(Layer.objects.shown_to_all(), code=code)
    shapes = layer.shapes.select_related("area", "location").defer("outline")
    told = {
        "type": "FeatureCollection",
        "name": layer.name,
        "notice": layers.said_of([layer]),
        "approval_no": layer.approval_no,
        "fictional": layer.fictional,
        "source": layer.source,
        "licence": layer.licence,
        "features": [_feature(one) for one in shapes],
    }
    response = JsonResponse(told, content_type=GEOJSON, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="layer-{layer.code}.geojson"'
    return response


def _feature(shape: Shape) -> dict[str, object]:
    said: dict[str, object] = {"code": shape.area_id, "name": shape.name or shape.area.name}
    if shape.kind:
        said |= {"kind": shape.kind, "height_m": float(shape.height_m or 0)}
        said["location"] = shape.location.code if shape.location else None
    return {"type": "Feature", "properties": said, "geometry": shape.geometry}

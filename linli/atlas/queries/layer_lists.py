"""Layers as lists and pages show them: how many shapes each holds, what it draws, which areas have a schematic map."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from linli.atlas.models import Layer, Shape
from linli.atlas.queries import layers
from linli.atlas.rules.maps.outlines import OutlineMap, outline_map
from linli.directory.models import Area

DRAWN = 400  # shapes of a preview; a page with more of them would be heavy, and nobody could tell them apart


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layer on a page: its drawing, its shapes in the order of their numbers, how many were left out of the drawing."""

    drawing: OutlineMap | None
    shapes: list[Shape]
    left_out: int


def counted_layers(*, public: bool = False) -> QuerySet[Layer]:
    """Return layers with the number of their shapes, the newest first."""
    found = Layer.objects.shown_to_all() if public else Layer.objects.all()
    return found.annotate(count=Count("shapes"))


def drawn_layer(layer: Layer) -> Drawn:
    """Return a layer as its page draws it. Areas are numbered, buildings too."""
    shapes = list(layer.shapes.select_related("area", "location").defer("geometry"))
    shown = shapes[:DRAWN]
    under = ground({one.area_id for one in shown}) if layer.kind == Layer.BUILDINGS else []
    drawing = outline_map(
        {str(number): one.outline for number, one in enumerate(shown, 1)},
        {str(number): (one.centre_x, one.centre_y) for number, one in enumerate(shown, 1)},
        under,
    )
    return Drawn(drawing, shapes, len(shapes) - len(shown))


def ground(areas: Iterable[str]) -> list[layers.Geometry]:
    """Return the outlines of these areas that everybody may see: what buildings are drawn upon."""
    return list(layers.shapes(areas).values())


def areas_with_parts() -> QuerySet[Area]:
    """Return areas that have a schematic map or a part with a shape, and how their maps stand."""
    drawn = Shape.objects.filter(area__parent=OuterRef("pk"), layer__withdrawn_at=None, kind="")
    return (
        Area.objects.annotate(
            squares=Count("tiles_of_parts"),
            by_hand=Count("tiles_of_parts", filter=Q(tiles_of_parts__by_hand=True)),
            moved_at=Max("tiles_of_parts__at"),
        )
        .filter(Q(squares__gt=0) | Exists(drawn))
        .order_by("code")
    )


def parts_of(parent: Area) -> list[Area]:
    """Return the parts of an area that stand today."""
    return list(Area.objects.filter(parent=parent, until_year=None).order_by("code"))


def may_be_laid_out(parts: Iterable[Area]) -> bool:
    """Say whether one of these parts has a shape to lay squares out by."""
    return bool(layers.centres((area.code for area in parts), internal=True))

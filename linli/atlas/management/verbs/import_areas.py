"""`linli atlas import-areas FILE`: bring boundaries or public buildings, with all that must be known of them."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError

from linli.atlas.actions.layers import LayerDraft, import_layer
from linli.atlas.models import Layer
from linli.atlas.queries import layers
from linli.atlas.queries.boundary_files import LARGEST, read_shapes
from linli.atlas.queries.layer_import import Fate, dry_run
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.refusals import Refused

HELP: Final = "bring boundaries of areas or public buildings: GeoJSON, zipped Shapefile, GeoPackage"


def declare(parser: ArgumentParser) -> None:
    """Declare what is asked."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--source", required=True, help="who made the map, and of which year")
    parser.add_argument("--licence", required=True, help="under which licence we may show it")
    parser.add_argument("--datum", required=True, choices=[key for key, _name in Layer.DATUMS])
    parser.add_argument("--approval-no", default="", help="the number of its review (审图号)")
    parser.add_argument("--name", default="", help="the layer's name; else the file's")
    parser.add_argument("--kind", default=Layer.AREAS, choices=[key for key, _name in Layer.KINDS])
    parser.add_argument("--metres", type=int, default=100, help="how far a drawn border may be off")
    parser.add_argument("--public", action="store_true", help="show it to everybody")


def run(given: dict[str, Any], write: Callable[[str], Any]) -> None:
    """Bring the file, or say what is wrong with it."""
    path: Path = given["file"]
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError("The file is larger than 50 MB.")
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    asked = ("source", "licence", "datum", "approval_no", "kind", "metres", "public")
    draft = LayerDraft(
        data=data, name=given["name"] or path.stem, **{name: given[name] for name in asked}
    )
    try:
        layer = import_layer(by=system("atlas import-areas"), at=now(), draft=draft)
    except Refused as error:
        if error.code == "shapes_have_errors":
            _tell(draft, write)
        raise CommandError(f"{error.code}: {error.sentence}") from error
    count = layer.shapes.count()
    write(f"{layer.code}: {count} shapes, {layer.vertices} points, {layer.vertices_drawn} drawn")
    if notice := layers.said_of([layer]):
        write(notice)


def _tell(draft: LayerDraft, write: Callable[[str], Any]) -> None:
    """Name every shape that cannot be entered."""
    file = read_shapes(draft.data, datum=draft.datum, kind=draft.kind, metres=draft.metres)
    for row in dry_run(file, kind=draft.kind).rows:
        if row.fate == Fate.WRONG:
            write(f"{row.number}: {row.read.code} {row.read.name}: {row.wrong}")

"""A file of shapes, read by a program that runs alone (`management.boundary_reader`), as rows of what it says."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.kernel.text import Words

LARGEST: Final = 50 * 1024 * 1024
_PROGRAM: Final = (sys.executable, "-I", "-m", "linli.atlas.management.boundary_reader")
_SECONDS: Final = 120
_at_once = threading.BoundedSemaphore(1)  # one may take gigabytes
_SENTENCES: Final[dict[str, Words]] = {
    "nothing_in_it": _("There is no shape in this file."),
    "too_many_shapes": _("There are more than 5,000 shapes in this file."),
    "not_a_map": _("This is no file of shapes. Bring GeoJSON, a zipped Shapefile or a GeoPackage."),
    "not_in_degrees": _(
        "The shapes are not in degrees. Save them as CGCS2000 or WGS 84 (EPSG:4490, EPSG:4326)."
    ),
    "one_shapefile": _("Put one Shapefile into the zip: .shp, .shx, .dbf and .prj."),
    "shapefile_parts": _(
        "A part of the Shapefile is missing: .shp, .shx, .dbf and .prj belong together."
    ),
    "one_layer": _("The GeoPackage must hold one layer of shapes."),
    "no_projection": _("The file does not say how its shapes are projected: the .prj is missing."),
    "too_large": _("The file is larger than 50 MB."),
    "trait_of_a_person": _(
        "A column of this file describes persons. Linli keeps no trait of a person: "
        "remove the column and bring the file again. Nothing of the file was kept."
    ),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a file and what stands beside it; `wrong`: why it cannot be drawn, `overlaps`: which area it lies on."""

    code: str
    name: str
    kind: str
    height: str
    location: str
    wrong: str
    overlaps: str
    repaired: bool
    geometry: dict[str, Any] | None
    outline: dict[str, Any] | None
    bounds: tuple[float, float, float, float]
    centre: tuple[float, float]


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """What one file holds."""

    features: list[Feature]
    vertices: int
    vertices_drawn: int


def read_shapes(data: bytes, *, datum: str, kind: str, metres: int) -> BoundaryFile:
    """Return the shapes of a file, moved to CGCS2000, made valid, drawn with fewer points.

    datum: that of the file; kind: areas or buildings; metres: how far an outline may be off.
    Refuses: too_large; not_a_map when nothing can be read; nothing_in_it; too_many_shapes; not_in_degrees; one_shapefile;
    shapefile_parts; one_layer; no_projection; trait_of_a_person when a column describes persons.
    """
    if len(data) > LARGEST:
        raise _refused("too_large")
    try:
        with _at_once:
            done = subprocess.run(  # noqa: S603 - our own program
                (*_PROGRAM, datum, kind, str(metres)),
                input=data,
                capture_output=True,
                timeout=_SECONDS,
                env={},
                check=True,
            )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        # Not chained: what a library said may quote the file.
        raise _refused("not_a_map") from None
    told = json.loads(done.stdout)
    if code := told.get("refused"):
        raise _refused(code)
    features = [_feature(one) for one in told["features"]]
    return BoundaryFile(features, told["vertices"], told["vertices_drawn"])


def _feature(told: dict[str, Any]) -> Feature:
    west, south, east, north = told.get("bounds", (0, 0, 0, 0))
    x, y = told.get("centre", (0, 0))
    said = {name: told[name] for name in ("code", "name", "kind", "height", "location")}
    return Feature(
        **said,
        wrong=told["wrong"],
        overlaps=told["overlaps"],
        repaired=told["repaired"],
        geometry=told.get("geometry"),
        outline=told.get("outline"),
        bounds=(west, south, east, north),
        centre=(x, y),
    )


def _refused(code: str) -> Refused:
    return Refused(code, _SENTENCES[code])

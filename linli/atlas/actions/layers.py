"""Layers of shapes: brought whole or not at all, shown to everybody under an approval number, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Layer, Shape
from linli.atlas.models.layer import FICTIONAL
from linli.atlas.queries.boundary_files import BoundaryFile, read_shapes
from linli.atlas.queries.layer_import import Fate, Judged, digest_of_import, dry_run
from linli.atlas.rules.maps.approvals import approval_number
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_AT_A_TIME: Final = 200
COARSEST: Final = 2_000  # metres
NO_APPROVAL: Final = _("A map for everybody needs the number of its review (审图号). Without it the layer stays inside.")  # fmt: skip
NO_NUMBER: Final = _("This is no map approval number. It reads such as GS(2024)0650号.")
DEMO: Final = "demo"  # the only one who may bring what is invented


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDraft:
    """A file of shapes and what is known of it.

    public: to be shown to everybody at once; metres: how far an outline may be off; checksum: of the look that was had before.
    """

    data: bytes
    name: str
    source: str
    licence: str
    datum: str
    kind: str = Layer.AREAS
    approval_no: str = ""
    public: bool = False
    metres: int = 0
    fictional: bool = False
    checksum: str = ""


def import_layer(*, by: Actor, at: datetime, draft: LayerDraft) -> Layer:
    """Enter a layer with all shapes of a file.

    Refuses: not_allowed unless a planner asks; no_source, no_licence, no_name, unknown_datum, unknown_kind, unknown_tolerance
    when it is not said; no_approval when a layer for everybody has no map approval number; not_a_number when what stands
    there is none; invented when somebody but the demo brings what is invented; what `read_shapes` refuses; shapes_have_errors
    when one cannot be entered: then none is; changed_meanwhile when it is not the file that was looked at.
    """
    allow(by, Role.PLANNER)
    number = _checked(draft, at, by)
    checksum = digest_of_import(draft.data, draft.datum, draft.kind, draft.metres)
    if draft.checksum and draft.checksum != checksum:
        sentence = _("Something changed in the meantime. Look at the shapes again.")
        raise Refused("changed_meanwhile", sentence, status=409)
    file = read_shapes(draft.data, datum=draft.datum, kind=draft.kind, metres=draft.metres)
    return _keep(by, at, draft, file, number)


@transaction.atomic
def publish_layer(*, by: Actor, at: datetime, layer: Layer, approval_no: str) -> None:
    """Show a layer to everybody, under its map approval number.

    Refuses: not_allowed unless a planner asks; already_public; already_withdrawn; no_approval; not_a_number.
    """
    allow(by, Role.PLANNER)
    layer = Layer.objects.select_for_update().get(pk=layer.pk)
    if layer.withdrawn_at:
        raise Refused("already_withdrawn", _("This layer has been withdrawn."), status=409)
    if layer.public:
        raise Refused("already_public", _("Everybody sees this layer already."), status=409)
    if not layer.fictional:
        layer.approval_no = layer.approval_no or _number(approval_no, at, needed=True)
    layer.public = True
    layer.save(update_fields=["public", "approval_no"])


@transaction.atomic
def withdraw_layer(*, by: Actor, at: datetime, layer: Layer, reason: str) -> None:
    """Take a layer from all maps; it stays on record with the reason.

    Refuses: not_allowed unless a planner asks; no_reason; already_withdrawn.
    """
    allow(by, Role.PLANNER)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    layer = Layer.objects.select_for_update().get(pk=layer.pk)
    if layer.withdrawn_at:
        raise Refused("already_withdrawn", _("This layer has been withdrawn."), status=409)
    layer.withdrawn_at, layer.withdrawn_for = at, reason.strip()[:300]
    layer.save(update_fields=["withdrawn_at", "withdrawn_for"])


def _checked(draft: LayerDraft, at: datetime, by: Actor) -> str:
    """Return the approval number, written in one way; refuse what is not said of a layer."""
    for field, words in (
        ("name", _("Give the layer a name.")),
        ("source", _("Say where the shapes come from.")),
        ("licence", _("Say under which licence they may be used.")),
    ):
        if not getattr(draft, field).strip():
            raise Refused(f"no_{field}", words)
    if draft.datum not in dict(Layer.DATUMS):
        raise Refused("unknown_datum", _("The datum is one of: CGCS2000, WGS 84, GCJ-02."))
    if draft.kind not in dict(Layer.KINDS):
        raise Refused("unknown_kind", _("A layer holds boundaries of areas or public buildings."))
    if not 0 <= draft.metres <= COARSEST:
        raise Refused("unknown_tolerance", _("Simplify by 0 to 2,000 metres."))
    if draft.fictional:
        return _invented(draft, by)
    if FICTIONAL in draft.name and draft.public:
        raise Refused("invented", _("Invented boundaries are for the demonstration alone."))
    return _number(draft.approval_no, at, needed=draft.public)


def _invented(draft: LayerDraft, by: Actor) -> str:
    # An office that could call a real map invented would need no approval for it.
    if (by.role, by.name) != (Role.SYSTEM, DEMO) or FICTIONAL not in draft.name:
        raise Refused("invented", _("Invented boundaries are for the demonstration alone."))
    return ""


def _number(typed: str, at: datetime, *, needed: bool) -> str:
    if not typed.strip():
        if needed:
            raise Refused("no_approval", NO_APPROVAL)
        return ""
    number = approval_number(typed, year=localdate(at).year)
    if number is None:
        raise Refused("not_a_number", NO_NUMBER)
    return number


@transaction.atomic
def _keep(by: Actor, at: datetime, draft: LayerDraft, file: BoundaryFile, number: str) -> Layer:
    run = dry_run(file, kind=draft.kind)
    if run.counts[Fate.WRONG]:
        raise Refused("shapes_have_errors", _("Some shapes have errors. Nothing was taken in."))
    layer = Layer.objects.create(
        code=new_code(),
        name=draft.name.strip(),
        kind=draft.kind,
        source=draft.source.strip(),
        licence=draft.licence.strip(),
        approval_no=number,
        datum=draft.datum,
        fictional=draft.fictional,
        digest=digest_of_import(draft.data, draft.datum, draft.kind, draft.metres),
        tolerance=draft.metres,
        vertices=file.vertices,
        vertices_drawn=min(file.vertices, file.vertices_drawn),
        **signed(by, at),
    )
    Shape.objects.bulk_create((_shape(layer, row) for row in run.rows), batch_size=_AT_A_TIME)
    if draft.public:
        layer.public = True
        layer.save(update_fields=["public"])
    return layer


def _shape(layer: Layer, row: Judged) -> Shape:
    read, of_building = row.read, {}
    if layer.kind == Layer.BUILDINGS:
        place = row.location
        of_building = {
            "name": place.name if place else read.name,
            "kind": place.kind if place else read.kind,
            "location": place,
            "height_m": row.height,
        }
    west, south, east, north = read.bounds
    return Shape(
        layer=layer,
        area=row.area,
        geometry=read.geometry,
        outline=read.outline,
        west=west,
        south=south,
        east=east,
        north=north,
        centre_x=read.centre[0],
        centre_y=read.centre[1],
        **of_building,
    )

"""Layers on the console: the list, bringing one, the page of one, showing it to everybody, withdrawing it."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.atlas.actions.layers import (
    LayerDraft,
    import_layer,
    publish_layer,
    withdraw_layer,
)
from linli.atlas.forms.layers import ApprovalForm, LayerForm, WithdrawalForm
from linli.atlas.models import Layer
from linli.atlas.queries import layers
from linli.atlas.queries.boundary_files import read_shapes
from linli.atlas.queries.layer_import import Fate, Judged, LayerRun, digest_of_import, dry_run
from linli.atlas.queries.layer_lists import DRAWN, counted_layers, drawn_layer, ground
from linli.atlas.rules.maps.outlines import outline_map
from linli.atlas.views.map_ways import DO, KEEPERS, READERS, stand, trail
from linli.kernel import files
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

SALT: Final = "atlas.layers"
SHOWN: Final = 300  # rows on the page, those with errors first; all of them count
FATES: Final[dict[Fate, tuple[str, Words]]] = {
    Fate.WRONG: ("late", gettext_lazy("error")),
    Fate.NEW: ("done", gettext_lazy("will be entered")),
}
WRONGS: Final[dict[str, Words]] = {
    "not_a_polygon": gettext_lazy("is no polygon"),
    "not_in_degrees": gettext_lazy("does not lie on the earth: its numbers are no degrees"),
    "outside_the_datum": gettext_lazy("lies outside the frame in which GCJ-02 is defined"),
    "broken": gettext_lazy("crosses itself so that nobody can tell what it covers"),
    "overlaps": gettext_lazy("lies on another area of its level"),
    "no_code": gettext_lazy("has no code of an area"),
    "unknown_area": gettext_lazy("has a code that the directory does not know"),
    "ended_area": gettext_lazy("is of an area that has ended"),
    "stated_twice": gettext_lazy("is of an area that stands in the file twice"),
    "unknown_location": gettext_lazy("names no place of the directory"),
    "no_name": gettext_lazy("has no name"),
    "not_public": gettext_lazy(
        "is no public building: station, hall, centre, venue, office, school, hospital, transport"
    ),
    "no_height": gettext_lazy("has no height in metres (height_m) of up to 1,000"),
}


@require_safe
@staff_only(*READERS)
def layers_list(request: HttpRequest) -> HttpResponse:
    """List all layers."""
    rows = [(one, *stand(one)) for one in counted_layers()]
    keeps = acting(request).role in KEEPERS
    return render(request, "atlas/layers.html", {"rows": rows, "keeps": keeps, "trail": trail()})


@require_http_methods(DO)
@staff_only(*KEEPERS)
def layer_bring(request: HttpRequest) -> HttpResponse:
    """Ask for the file and what must be known of it."""
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LayerForm(*given, year=localdate(now()).year, initial={"kind": Layer.AREAS})
    if form.is_valid():
        draft = form.draft(form.cleaned_data["file"].read())
        try:
            _read(draft)  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            said = {name: value for name, value in form.cleaned_data.items() if name != "file"}
            said["digest"] = files.set_aside(draft.data, at=now())
            return redirect("atlas:layer_rows", signing.dumps(said, salt=SALT, compress=True))
    status = 422 if form.is_bound else 200
    context = {"form": form, "trail": trail((_("Bring a layer"), ""))}
    return render(request, "atlas/layer_bring.html", context, status=status)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def layer_rows(request: HttpRequest, token: str) -> HttpResponse:
    """Show what becomes of every shape; take the layer in."""
    draft, refused = _brought(token, request.POST.get("checksum", "")), None
    if request.method == "POST":
        try:
            layer = import_layer(by=acting(request), at=now(), draft=draft)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("The layer is entered."))
            return redirect("atlas:layer", layer.code)
    try:
        run = _read(draft)
    except Refused as error:
        raise Http404 from error
    context = _shown(run, draft) | {"refused": refused, "trail": trail((draft.name, ""))}
    status = refused.status if refused else 200
    return render(request, "atlas/layer_rows.html", context, status=status)


@require_safe
@staff_only(*READERS)
def layer(request: HttpRequest, code: str) -> HttpResponse:
    """Show one layer."""
    return _page(request, get_object_or_404(Layer, code=code))


@require_POST
@staff_only(*KEEPERS)
def layer_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show a layer to everybody."""
    one, form = get_object_or_404(Layer, code=code), ApprovalForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["approval_no"]
        try:
            publish_layer(by=acting(request), at=now(), layer=one, approval_no=number)
        except Refused as refused:
            on_form(form, refused, "approval_no")
        else:
            messages.success(request, _("Everybody sees the layer now."))
            return redirect("atlas:layer", one.code)
    return _page(request, one, approval=form)


@require_POST
@staff_only(*KEEPERS)
def layer_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a layer from all maps."""
    one, form = get_object_or_404(Layer, code=code), WithdrawalForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_layer(by=acting(request), at=now(), layer=one, reason=reason)
        except Refused as refused:
            on_form(form, refused, "reason")
        else:
            messages.success(request, _("The layer is withdrawn."))
            return redirect("atlas:layer", one.code)
    return _page(request, one, withdrawal=form)


def _page(
    request: HttpRequest,
    one: Layer,
    *,
    approval: ApprovalForm | None = None,
    withdrawal: WithdrawalForm | None = None,
) -> HttpResponse:
    drawn = drawn_layer(one)
    context = {
        "layer": one,
        "stand": stand(one),
        "drawn": drawn,
        "notice": layers.said_of([one]),
        "keeps": acting(request).role in KEEPERS and not one.withdrawn_at,
        "approval": approval or ApprovalForm(initial={"approval_no": one.approval_no}),
        "withdrawal": withdrawal or WithdrawalForm(),
        "trail": trail((one.name, "")),
    }
    status = 422 if approval or withdrawal else 200
    return render(request, "atlas/layer.html", context, status=status)


def _read(draft: LayerDraft) -> LayerRun:
    read = read_shapes(draft.data, datum=draft.datum, kind=draft.kind, metres=draft.metres)
    return dry_run(read, kind=draft.kind)


def _brought(token: str, checksum: str) -> LayerDraft:
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        data = files.fetch_aside(said.pop("digest"))
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
    return LayerDraft(data=data, checksum=checksum, **said)


def _shown(run: LayerRun, draft: LayerDraft) -> dict[str, Any]:
    order = list(FATES)
    rows = sorted(run.rows, key=lambda row: (order.index(row.fate), row.number))
    wrong = run.counts[Fate.WRONG]
    drawn = [row for row in run.rows if row.read.outline][:DRAWN]
    buildings = draft.kind == Layer.BUILDINGS
    return {
        "draft": draft,
        "buildings": buildings,
        "datum": dict(Layer.DATUMS)[draft.datum],
        "checksum": digest_of_import(draft.data, draft.datum, draft.kind, draft.metres),
        "wrong": wrong,
        "new": run.counts[Fate.NEW],
        "counts": [(*words, run.counts[fate]) for fate, words in FATES.items()],
        "rows": [_row(row) for row in rows[:SHOWN]],
        "left_out": max(0, len(rows) - SHOWN),
        "missing": run.missing,
        "file": run.file,
        "drawing": outline_map(
            {str(row.number): row.read.outline or {} for row in drawn},
            {str(row.number): row.read.centre for row in drawn},
            ground({row.area.code for row in drawn if row.area}) if buildings else (),
        ),
        "said": ngettext("Enter one shape", "Enter %(n)d shapes", len(rows)) % {"n": len(rows)},
    }


def _row(row: Judged) -> dict[str, Any]:
    return {
        "number": row.number,
        "read": row.read,
        "area": row.area,
        "height": row.height,
        "fate": FATES[row.fate],
        "wrong": WRONGS.get(row.wrong, ""),
        "other_name": row.other_name,
    }

"""Schematic maps on the console: which areas have one, and one of them, moved by links, buttons and numbers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.atlas.actions.layouts import lay_out, move_tile, set_tiles
from linli.atlas.forms.layers import TilesForm
from linli.atlas.queries import layers
from linli.atlas.queries.layer_lists import areas_with_parts, may_be_laid_out, parts_of
from linli.atlas.rules.maps.layouts import Place
from linli.atlas.views.map_ways import DO, KEEPERS, trail
from linli.directory.models import Area
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused


@require_safe
@staff_only(*KEEPERS)
def layouts(request: HttpRequest) -> HttpResponse:
    """List the areas that have a schematic map or could have one."""
    context = {"areas": areas_with_parts(), "trail": trail((_("Schematic maps"), ""))}
    return render(request, "atlas/layouts.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def layout(request: HttpRequest, code: str) -> HttpResponse:
    """Show the schematic map of an area; take rows and columns as they were typed."""
    parent = get_object_or_404(Area, code=code)
    parts = parts_of(parent)
    if not parts:
        raise Http404
    return _page(request, parent, parts)


@require_POST
@staff_only(*KEEPERS)
def layout_move(request: HttpRequest, code: str) -> HttpResponse:
    """Move one tile by one square."""
    parent = get_object_or_404(Area, code=code)
    area, step = request.POST.get("area", ""), request.POST.get("step", "")

    def move() -> str:
        move_tile(by=acting(request), at=now(), parent=parent, area=area, step=step)
        return _("The tile is moved.")

    chosen = f"?area={area}#tiles" if area.isalnum() and area.isascii() else ""
    return _done(request, move, reverse("atlas:layout", args=[parent.code]) + chosen)


@require_POST
@staff_only(*KEEPERS)
def layout_anew(request: HttpRequest, code: str) -> HttpResponse:
    """Lay the whole map out from where the parts lie."""
    parent = get_object_or_404(Area, code=code)

    def anew() -> str:
        count = lay_out(by=acting(request), at=now(), parent=parent)
        words = ngettext("%(n)d tile is laid out.", "%(n)d tiles are laid out.", count)
        return words % {"n": count}

    return _done(request, anew, reverse("atlas:layout", args=[parent.code]))


def _page(request: HttpRequest, parent: Area, parts: list[Area]) -> HttpResponse:
    places = layers.layout(parent.code)
    given = request.POST if request.method == "POST" else None
    form = TilesForm(given, areas=parts, places=places)
    if form.is_valid():
        try:
            count = set_tiles(by=acting(request), at=now(), parent=parent, places=form.places())
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            words = ngettext("%(n)d tile stands elsewhere.", "%(n)d tiles stand elsewhere.", count)
            messages.success(request, words % {"n": count})
            return redirect("atlas:layout", parent.code)
    chosen = next((one for one in parts if one.code == request.GET.get("area")), None)
    context: dict[str, Any] = {
        "parent": parent,
        "form": form,
        "grid": _grid(parts, places),
        "chosen": chosen,
        "steps": _steps(),
        "has_shapes": may_be_laid_out(parts),
        "trail": trail((_("Schematic maps"), reverse("atlas:layouts")), (parent.name, "")),
    }
    return render(request, "atlas/layout.html", context, status=422 if form.is_bound else 200)


def _grid(parts: list[Area], places: dict[str, Place]) -> list[tuple[int, list[Area | None]]]:
    """Return the map line by line, each with its number; None is an empty square."""
    at = {places[one.code]: one for one in parts}
    rows = max((row for row, _column in at), default=0) + 1
    columns = max((column for _row, column in at), default=0) + 1
    return [(row + 1, [at.get((row, column)) for column in range(columns)]) for row in range(rows)]


def _steps() -> list[tuple[str, str]]:
    return [
        ("up", pgettext("tile", "Up")),
        ("left", pgettext("tile", "Left")),
        ("right", pgettext("tile", "Right")),
        ("down", pgettext("tile", "Down")),
    ]


def _done(request: HttpRequest, deed: Callable[[], str], to: str) -> HttpResponse:
    try:
        words = deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, words)
    return redirect(to)

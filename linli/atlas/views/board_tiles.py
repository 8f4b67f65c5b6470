"""The parts of a board on the console: added, changed, moved up and down, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.atlas.actions import tiles as actions
from linli.atlas.forms.boards import Grouped, TileForm
from linli.atlas.models import BoardTile
from linli.atlas.queries.boards import visible_boards
from linli.atlas.queries.extents import known_indicators
from linli.atlas.schemas.looking import grouped
from linli.atlas.views.boards_console import DO, KEEPERS, done, form_page, found_board
from linli.kernel.actors import Actor
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

_FIELDS = {
    "not_public": "what", "unknown_period": "period", "captions_in_three": "caption", "no_parts": "area",
    "unknown_kind": "kind",
}  # fmt: skip


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def tile_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a part at the end of a draft."""
    by = acting(request)
    found = found_board(by, code)
    form = TileForm(_posted(request), listed=_figures())
    if form.is_valid():
        try:
            actions.add_tile(by=by, at=now(), board=found, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Added at the end."))
            return redirect("atlas:console_board", code)
    back = reverse("atlas:console_board", args=[code])
    title, button = _("What else stands on this board"), _("Add it")
    return form_page(request, form, title=title, button=button, back=back, board=found)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def tile_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a part of a draft."""
    by = acting(request)
    tile = _tile(by, code, pk)
    form = TileForm(_posted(request), listed=_figures(), tile=tile)
    if form.is_valid():
        try:
            actions.change_tile(by=by, at=now(), tile=tile, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Changed."))
            return redirect("atlas:console_board", code)
    back = reverse("atlas:console_board", args=[code])
    title, button = _("A part of this board"), _("Save")
    return form_page(request, form, title=title, button=button, back=back, board=tile.board)


@private
@require_POST
@staff_only(*KEEPERS)
def tile_move(request: HttpRequest, code: str, pk: int, way: str) -> HttpResponse:
    """Move a part one place up or down."""
    by = acting(request)
    tile = _tile(by, code, pk)
    if way not in {"up", "down"}:
        raise Http404
    return done(
        request,
        lambda: actions.move_tile(by=by, at=now(), tile=tile, up=way == "up"),
        _("Moved."),
        code,
    )


@private
@require_POST
@staff_only(*KEEPERS)
def tile_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a part off a draft."""
    by = acting(request)
    tile = _tile(by, code, pk)
    return done(
        request,
        lambda: actions.remove_tile(by=by, at=now(), tile=tile),
        _("Removed from the draft."),
        code,
    )


def _tile(by: Actor, code: str, pk: int) -> BoardTile:
    tiles = BoardTile.objects.select_related("board__unit", "indicator", "rate", "area")
    return get_object_or_404(tiles, pk=pk, board__code=code, board__in=visible_boards(by))


def _figures() -> Grouped:
    return grouped(known_indicators())


def _posted(request: HttpRequest) -> Any:  # noqa: ANN401 - a QueryDict or nothing
    return request.POST if request.method == "POST" else None

"""Boards on the console: begun, titled, looked at before they are published, published, taken down."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.atlas.actions import boards as actions
from linli.atlas.forms.boards import BoardForm
from linli.atlas.models import Board
from linli.atlas.queries.board_data import shown
from linli.atlas.queries.boards import (
    content,
    digest,
    newest_editions,
    parts_in,
    tiles_of,
    visible_boards,
)
from linli.atlas.schemas.board_words import told
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

KEEPERS: Final = (Role.PLANNER, Role.OFFICER)
DO: Final = ["GET", "HEAD", "POST"]
_TITLE: Final = {"no_title": "title", "not_a_screen": "seconds"}


@private
@require_safe
@staff_only(*KEEPERS)
def console_boards(request: HttpRequest) -> HttpResponse:
    """List the boards that one works with."""
    listed = list(visible_boards(acting(request)).prefetch_related("tiles"))
    editions = newest_editions(listed)
    rows = [(one, editions.get(one.pk), len(one.tiles.all())) for one in listed]
    context = {"boards": rows, "trail": trail()}
    return render(request, "atlas/console_boards.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def board_new(request: HttpRequest) -> HttpResponse:
    """Begin a board."""
    by = acting(request)
    form = BoardForm(_posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.begin_board(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _TITLE.get(refused.code))
        else:
            messages.success(request, _("Begun. Now choose what stands on it."))
            return redirect("atlas:console_board", made.code)
    back = reverse("atlas:console_boards")
    return form_page(request, form, title=_("A new board"), button=_("Begin the board"), back=back)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def board_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a board is called, and how it stands on a wall."""
    by = acting(request)
    found = found_board(by, code)
    form = BoardForm(_posted(request), instance=found, by=by)
    if form.is_valid():
        try:
            actions.change_board(by=by, at=now(), board=found, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _TITLE.get(refused.code))
        else:
            messages.success(request, _("Changed. What is published stays as it is until it is published again."))  # fmt: skip
            return redirect("atlas:console_board", code)
    back = reverse("atlas:console_board", args=[code])
    return form_page(
        request, form, title=_("Titles and screens"), button=_("Save"), back=back, board=found
    )


@private
@require_safe
@staff_only(*KEEPERS)
def console_board(request: HttpRequest, code: str) -> HttpResponse:
    """Show a draft with all its parts, as it would look, and what may be done with it."""
    by = acting(request)
    found = found_board(by, code)
    tiles = tiles_of(found)
    draft = content(found, tiles)
    newest = found.editions.order_by("-number").first()
    seen = digest(draft)
    parts = parts_in(draft)
    whole = len(parts) == len(tiles)
    context = {
        "board": found,
        "tiles": list(zip(tiles, [told(one) for one in shown(parts)], strict=True)) if whole else [(tile, None) for tile in tiles],
        "newest": newest,
        "seen": seen,
        "changed": newest is None or newest.digest != seen,
        "publishes": by.role == Role.PLANNER,
        "own": found.changed_by == by.name,
        "trail": trail((found.shown_title, "")),
    }  # fmt: skip
    return render(request, "atlas/console_board.html", context)


@private
@require_POST
@staff_only(Role.PLANNER)
def board_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a draft as it was looked at."""
    by = acting(request)
    found = found_board(by, code)
    seen = request.POST.get("seen", "")[:64]
    return done(
        request,
        lambda: actions.publish_board(by=by, at=now(), board=found, seen=seen),
        _("Published: everybody sees it now."),
        code,
    )


@private
@require_POST
@staff_only(Role.PLANNER)
def board_down(request: HttpRequest, code: str) -> HttpResponse:
    """Take a board down."""
    by = acting(request)
    found = found_board(by, code)
    return done(
        request,
        lambda: actions.take_down(by=by, at=now(), board=found),
        _("Taken down: nobody outside sees it any more."),
        code,
    )


def found_board(by: Actor, code: str) -> Board:
    """Return the board that one works with, or 404."""
    return get_object_or_404(visible_boards(by), code=code)


def done(request: HttpRequest, deed: Callable[[], object], words: Words, code: str) -> HttpResponse:
    """Do a deed that is a button; say what was done, or why not, on the board's page."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(words))
    return redirect("atlas:console_board", code)


def form_page(request: HttpRequest, form: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - any form
    """Show a form on a page of its own; 422 with what is missing."""
    board: Board | None = named.pop("board", None)
    steps: list[tuple[Words, str]] = []
    if board is not None:
        steps.append((board.shown_title, reverse("atlas:console_board", args=[board.code])))
    context = {"form": form, "trail": trail(*steps, (named["title"], ""))} | named
    return render(request, "atlas/board_form.html", context, status=422 if form.is_bound else 200)


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here from the desk."""
    here = reverse("atlas:console_boards") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Boards"), here), *steps]


def _posted(request: HttpRequest) -> Any:  # noqa: ANN401 - a QueryDict or nothing
    return request.POST if request.method == "POST" else None

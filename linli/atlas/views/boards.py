"""Boards for everybody: the list, one board, and the same on a wall."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.models import Board, BoardEdition
from linli.atlas.queries.board_data import shown
from linli.atlas.queries.boards import newest_editions, parts_in, public_edition
from linli.atlas.schemas.board_words import in_language, told
from linli.kernel.clock import now
from linli.kernel.text import Words


@require_safe
@vary_on_cookie
def boards(request: HttpRequest) -> HttpResponse:
    """List the boards that are published."""
    listed = list(Board.objects.published().select_related("unit"))
    editions = newest_editions(listed)
    rows = [
        (one, in_language(editions[one.pk].content["titles"]), len(editions[one.pk].content["tiles"]))
        for one in listed
    ]  # fmt: skip
    return render(request, "atlas/boards.html", {"boards": rows, "trail": _trail()})


@require_safe
@vary_on_cookie
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Show one board with the figures as they stand now."""
    edition = _edition(code)
    context = _context(edition) | {
        "tiles": [told(one) for one in shown(parts_in(edition.content))],
    }
    context["trail"] = _trail((context["title"], ""))
    return render(request, "atlas/board.html", context)


@require_safe
@vary_on_cookie
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show one screen of a board, large; the answer itself says when the next one follows."""
    edition = _edition(code)
    parts = parts_in(edition.content)
    at_once = edition.content["at_once"]
    screens = max(-(-len(parts) // at_once), 1)
    asked = request.GET.get("screen", "1")
    screen = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    screen = min(max(screen, 1), screens)
    first = (screen - 1) * at_once
    here = parts[first : first + at_once]
    address = request.build_absolute_uri(reverse("atlas:board", args=[code]))
    context = _context(edition) | {
        "tiles": [told(one, wall=True) for one in shown(here)],
        "at_once": min(at_once, len(here)),
        "screen": screen,
        "screens": screens,
        "address": address,
        "square": _square(address),
        "at": now(),
    }
    response = render(request, "atlas/wall.html", context)
    following = reverse("atlas:board_wall", args=[code])
    following += f"?screen={screen % screens + 1}" if screens > 1 else ""
    response.headers["Refresh"] = f"{edition.content['seconds']}; url={following}"
    return response


def _edition(code: str) -> BoardEdition:
    found = public_edition(code)
    if found is None:
        raise Http404
    return found


def _context(edition: BoardEdition) -> dict[str, Any]:
    return {
        "board": edition.board,
        "edition": edition,
        "title": in_language(edition.content["titles"]),
    }


def _square(address: str) -> SafeString:
    """Return an address as a QR code, drawn as SVG without style or script."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        scale=1, border=2, light="#fff", dark="#000", svgclass="wall__square", lineclass=None, omitsize=True
    )  # fmt: skip
    # Drawn by us from an address of ours: segno writes numbers and colours only.
    return mark_safe(drawn.replace("<svg ", '<svg role="presentation" focusable="false" ', 1))  # noqa: S308


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:boards") if steps else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Atlas"), reverse("atlas:atlas")),
        (_("Boards"), here),
        *steps,
    ]

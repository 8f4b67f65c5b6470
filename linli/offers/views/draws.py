"""One draw for everybody: the hash, the list, the seed, the result, how late it is, and how to compute it again."""

from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.drawing import PATIENCE, lateness, mixed
from linli.offers.models import Booking, Draw
from linli.offers.queries.draws import draw_on_show, result, told
from linli.offers.rules import drawing

PER_PAGE = 100


class Line(NamedTuple):
    """One ticket on the list: its lot, and whether it has places; both unknown before the draw."""

    ticket: str
    size: int
    lot: int = 0
    placed: bool = False


@require_safe
@vary_on_cookie
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Show one draw: what is known of it now, and the lot of a ticket that is asked for."""
    at, found = now(), draw_on_show(code)
    if found is None:
        raise Http404
    lines, asked = _lines(found), request.GET.get("ticket", "")
    wanted = read_code(asked)
    session = found.session
    context = {
        "draw": found,
        "session": session,
        "lines": len(lines),
        "wanted": sum(line.size for line in lines),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked[:20],
        "own": next((line for line in lines if line.ticket == wanted), None),
        "late": _late(found, at),
        "waits_until": found.closed_at and found.closed_at + PATIENCE,
        "witnessed": "\n\n" in found.beacon,
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Courses, events, appointments"), reverse("offers:list")),
            (session.offer.title, reverse("offers:session", args=[session.code])),
            (_("The draw"), ""),
        ],
    }
    return render(request, "offers/calendar_draw.html", context)


@require_safe
def draw_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give all that is published of a draw, for `linli verify-draw`."""
    if (found := draw_on_show(code)) is None:
        raise Http404
    answer = JsonResponse(told(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="draw-{found.session.code}.json"'
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a checker may be somebody else's page
    return answer


def section(booking: Booking, at: datetime) -> dict[str, Any] | None:
    """Return what a booking's page says of its draw, or of the waiting list; None where it is in neither."""
    said = bool(booking.ticket) or booking.state == Booking.WAITING
    return {"booking": booking} if said else None


def _late(found: Draw, at: datetime) -> str:
    """Say how late the draw is, or was; "" when it is in time, or takes place no more."""
    due = found.session.booking_until
    if found.closed_at is not None:  # moving the end of booking afterwards hides nothing
        due = min(due, found.closed_at)
    late = lateness(due, found.drawn_at, at)
    if not late or (found.session.cancelled_at is not None and found.drawn_at is None):
        return ""
    return timesince(due, (found.drawn_at or at))


def _lines(found: Draw) -> list[Line]:
    """Return the list; once it is drawn, in the order of the lots."""
    drawn = result(found)
    if drawn is None:
        return [Line(*ticket) for ticket in drawing.read(found.entries)]
    placed = {ticket.number for ticket in drawn.placed}
    lots = drawing.lots(mixed(found.seed, found.beacon), drawn.placed + drawn.behind)
    return [
        Line(ticket.number, ticket.size, lot, ticket.number in placed)
        for lot, ticket in enumerate(lots, 1)
    ]

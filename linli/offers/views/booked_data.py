"""What is kept of a booking, for its holder: who looked and why, a copy of everything, to be forgotten at once."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.idempotency import new_key, once
from linli.kernel.log_file import entry_line
from linli.kernel.looks import entry_of, looks_of
from linli.kernel.models import Subject
from linli.offers.actions.forgetting import forget
from linli.offers.models import Booking
from linli.offers.queries.exported import all_of
from linli.offers.views.held import HOLDING, held
from linli.offers.views.looked import looked
from linli.ui.private import private


def section(booking: Booking, at: datetime) -> dict[str, Any]:
    """Say on the page of the booking how often somebody looked, and lead to what is kept."""
    return {"booking": booking, "looks": sum(len(looks_of(one)) for one in _subjects(booking, at))}


@require_safe
@held
def looks(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Every look at what was left with the booking, nobody's hidden."""
    told = looked(*_subjects(booking, at))
    context = {"booking": booking, "looks": told, "once": new_key()}
    return render(request, "offers/slots_looks.html", context)


@require_safe
@held
def looks_file(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Every look with the opened line of the public log and, once it is signed, the proof that it is in it."""
    rows = [row for one in _subjects(booking, at) for row in looks_of(one)]
    opened = [(row, entry_of(row, at=at)) for row in rows]
    told = [
        {
            "line": entry_line(one.entry).rstrip("\n"),
            "position": row.position,
            "holds": one.entry.holds(),
            "proof": one.proof.told() if one.proof else None,
        }
        for row, one in opened
    ]
    return _file({"booking": booking.code, "looks": told}, f"{booking.code}-looks.json")


@require_safe
@held
def data(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Everything that is kept of the booking, in one file that programs can read."""
    return _file(all_of(booking, at), f"{booking.code}.json")


@require_http_methods(["GET", "HEAD", "POST"])
@held
@once
def forget_it(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Say what it means to have it forgotten, and do it."""
    if request.method == "POST":
        forget(at=at, booking=booking)
        response = redirect("offers:booking_forgotten")
        HOLDING.take_back(response)
        return response
    coming = booking.ended_at is None and at < booking.session.starts_at
    context = {"booking": booking, "coming": coming, "once": new_key()}
    return render(request, "offers/slots_forget.html", context)


@private
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say that it is gone."""
    return render(request, "offers/slots_forgotten.html")


def _subjects(booking: Booking, at: datetime) -> list[Subject]:
    """Return whose looks its holder sees: the booking's, and those of the leave to be asked later while it stands."""
    leaves = Subject.objects.filter(
        follow_up__booking=booking, destroyed_on=None, purge_on__gt=localdate(at)
    )
    return [booking.subject, *leaves]


def _file(told: dict[str, object], name: str) -> HttpResponse:
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

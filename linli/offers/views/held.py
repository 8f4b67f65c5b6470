"""The door of who holds a booking: code and passphrase open it for half an hour.

What another part of the engine adds to the page of a booking is a `Section` in SECTIONS: a template, and
what it is told. Pages of its own below /bookings/<code>/ stand behind `held`, and `acted` leads back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate

from linli.kernel.clock import now
from linli.kernel.tickets import Ticket
from linli.offers.models import Booking
from linli.ui.private import private

HOLDING = Ticket("booking", timedelta(minutes=30))
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a booking's page: `tell` returns what its template shows, None when it has nothing to say."""

    template: str
    tell: Callable[[Booking, datetime], dict[str, Any] | None]


def held(view: View) -> View:
    """Let in who typed the passphrase within the last half hour; lead everybody else to the door.

    The view is given the booking, with its session, offer and subject, and the moment in place of the code.
    """

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, **named: str) -> HttpResponse:
        at = now()
        booking = opened(request, code, at)
        if booking is None:
            door = redirect("offers:booking", code)
            HOLDING.take_back(door)
            return door
        response = view(request, booking, at, **named)
        if HOLDING.name not in response.cookies:
            HOLDING.hand(response, {"code": code}, at)
        return response

    return guarded


def opened(request: HttpRequest, code: str, at: datetime) -> Booking | None:
    """Return the booking that this browser was let into, None for every other."""
    if HOLDING.held(request, at).get("code") != code:
        return None
    bookings = Booking.objects.select_related(
        "session__offer__unit", "session__location", "subject"
    )
    booking = bookings.filter(code=code, purged_at=None).first()
    return booking if booking and booking.subject.purge_on > localdate(at) else None


def acted(booking: Booking, said: str) -> HttpResponse:
    """Lead back to the booking, where `said` (views/told.py) is told once."""
    return redirect(f"{reverse('offers:booking', args=[booking.code])}?said={said}")

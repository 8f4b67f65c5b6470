"""A booking for who holds it: how it stands, take an offered place, cancel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.offers.actions import booking as actions
from linli.offers.forms.booking import HeldForm
from linli.offers.models import Booking
from linli.offers.queries.bookings import ahead_of
from linli.offers.queries.slots import has_other_times
from linli.offers.views.book import BEGUN, RECEIPT
from linli.offers.views.held import HOLDING, acted, held
from linli.offers.views.sections import SECTIONS
from linli.offers.views.told import SAID, booking_told
from linli.ui.private import private

page = require_http_methods(["GET", "HEAD", "POST"])
# One code may be tried seldom, one address often: a station has one for many.
_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: its title, what it means, its button, what is done."""

    title: Words
    about: Words
    button: Words
    said: str
    do: Callable[..., Any]
    danger: bool = False


DEEDS = {
    "accept": Deed(
        _("Take the place"),
        _("It is offered to you for a short time. Taken, it is yours."),
        _("Take this place"),
        "accepted",
        actions.accept,
    ),
    "cancel": Deed(
        _("Cancel the booking"),
        _("The places go to whoever waits for them. This cannot be undone; you may book again while places are free."),
        _("Cancel it"),
        "cancelled",
        actions.cancel,
        danger=True,
    ),
}  # fmt: skip


@private
@page
def enter(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for code and passphrase. Unknown, wrong and over look the same."""
    form = HeldForm(request.POST if request.method == "POST" else None, initial={"code": code})
    if form.is_valid():
        at, typed = now(), form.cleaned_data["code"]
        allow_knock("booking", read_code(typed) or typed, at=at, **_OF_A_CODE)
        allow_knock("booking-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            passphrase = form.cleaned_data["passphrase"]
            found = actions.open_held(at=at, code=typed, passphrase=passphrase)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            response = redirect("offers:booking", found.code)
            HOLDING.hand(response, {"code": found.code}, at)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "offers/manage_enter.html", {"form": form}, status=status)


@private
@page
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """Show the booking to who was let in, the door to everybody else; the square on the slip leads here."""
    if request.method == "POST" or HOLDING.held(request, now()).get("code") != code:
        return enter(request, code)
    return _booking(request, code=code)


@held
def _booking(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    context = _context(booking, at) | {
        "standing": booking_told(booking, ahead_of(booking)),
        "deeds": deeds_for(booking, at),
        "said": SAID.get(request.GET.get("said", "")),
        "once": new_key(),
    }
    told = ((one.template, one.tell(booking, at)) for one in SECTIONS)
    context["sections"] = [(template, said) for template, said in told if said is not None]
    return render(request, "offers/manage_booking.html", context)


@page
@held
def deed(request: HttpRequest, booking: Booking, at: datetime, deed: str) -> HttpResponse:
    """Say what one deed means, and do it."""
    if deed not in DEEDS:
        raise Http404
    chosen, refused = DEEDS[deed], None
    if request.method == "POST":
        try:
            return _act(request, booking, at, chosen)
        except Refused as error:
            refused = error
    context = _context(booking, at) | {"deed": chosen, "refused": refused, "once": new_key()}
    status = refused.status if refused else 200
    return render(request, "offers/manage_deed.html", context, status=status)


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Have this device forget what it opened."""
    response = redirect("offers:list")
    for ticket in (BEGUN, HOLDING, RECEIPT):
        ticket.take_back(response)
    return response


def deeds_for(booking: Booking, at: datetime) -> list[tuple[str, Words, str]]:
    """Return what the person may do now: the deed, its words, and how its button looks."""
    deeds: list[tuple[str, Words, str]] = []
    if booking.ended_at is not None:
        return deeds
    if booking.state in {Booking.OFFERED, Booking.HELD} and booking.until and at < booking.until:
        deeds.append(("accept", _("Take the place"), ""))
    if at < booking.session.starts_at:
        if booking.state == Booking.CONFIRMED and has_other_times(booking, at):
            deeds.append(("move", _("Move to another time"), "button--second"))
        deeds.append(("cancel", _("Cancel"), "button--quiet"))
    return deeds


@once
def _act(request: HttpRequest, booking: Booking, at: datetime, chosen: Deed) -> HttpResponse:
    chosen.do(at=at, booking=booking)
    return acted(booking, chosen.said)


def _context(booking: Booking, at: datetime) -> dict[str, Any]:
    session = booking.session
    return {"booking": booking, "session": session, "offer": session.offer, "now": at}

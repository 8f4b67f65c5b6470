"""Booking, one question a page: how many, what to leave, check; then the receipt.

What was begun travels in a ticket of the browser, not with us: nothing is kept until it is booked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.views.qr import drawn
from linli.kernel.actors import HOLDER, Actor, Role
from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.kernel.tickets import Ticket
from linli.offers.actions import draws
from linli.offers.actions.booking import Receipt, Wanted, book
from linli.offers.forms.booking import TONGUES, LeftForm, PeopleForm
from linli.offers.models import Booking, Session
from linli.offers.queries.coming import session_on_show
from linli.offers.views.told import places_told
from linli.ui.private import private

BEGUN = Ticket("booking_begun", timedelta(hours=1))
RECEIPT = Ticket("booking_receipt", timedelta(minutes=30))
PAGES = ("people", "left", "check")
# Bookings from one address: a station has one for many.
_BURST, _PER_HOUR = 120, 600
page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody has begun to book, at one moment, through which door."""

    session: Session
    answers: dict[str, str]
    at: datetime
    by: Actor
    door: str


def begun(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view what this browser has begun to book of this session."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str) -> HttpResponse:
        at, session = now(), session_on_show(code)
        if session is None:
            raise Http404
        answers = BEGUN.held(request, at)
        mine = answers if answers.get("session") == code else {}
        return view(request, Begun(session, mine, at, *door_of(request)))

    return guarded


def door_of(request: HttpRequest) -> tuple[Actor, str]:
    """Return who books and through which door: a clerk at the window for who stands there, else the person."""
    user = request.user
    if isinstance(user, Staff) and user.actor.role == Role.CLERK:
        return user.actor, "station"
    return HOLDER, "web"


@page
@begun
def people(request: HttpRequest, begun: Begun) -> HttpResponse:
    """How many come?"""
    sent = request.POST if request.method == "POST" else None
    answers = begun.answers
    initial = {"size": answers.get("size", 1), "wait": answers.get("wait") or "wait" in request.GET}
    form = PeopleForm(sent, session=begun.session, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        wait = "yes" if given.get("wait") else ""
        return _go_on(begun, {"size": str(given["size"]), "wait": wait}, "offers:book_left")
    return _show(request, begun, "people", {"form": form})


@page
@begun
def left(request: HttpRequest, begun: Begun) -> HttpResponse:
    """What to leave? Nothing has to be."""
    if not begun.answers:
        return redirect("offers:book", begun.session.code)
    form = LeftForm(request.POST if request.method == "POST" else None, initial=begun.answers)
    if form.is_valid():
        way = form.cleaned_data["channel"]
        given = {name: form.cleaned_data[name] for name in ("name", "note", "reply_language")}
        given |= {"channel": way, "email": "", "sms": ""}
        if way in {"email", "sms"}:
            given[way] = form.cleaned_data[way]
        return _go_on(begun, given, "offers:book_check")
    return _show(request, begun, "left", {"form": form})


@page
@private
@once
@begun
def check(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Show the answers before they are sent, and book."""
    if "channel" not in begun.answers:
        return redirect("offers:book", begun.session.code)
    refused = None
    if request.method == "POST":
        try:
            return _booked(request, begun)
        except Refused as error:
            refused = error
    answers = begun.answers
    context = {
        "answers": answers,
        "tongue": dict(TONGUES).get(answers["reply_language"], ""),
        "address": answers["email"] or answers["sms"],
        "kept_until": begun.session.ends_at + timedelta(days=begun.session.offer.kept_days),
        "refused": refused,
    }
    return _show(request, begun, "check", context, refused.status if refused else 200)


@private
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Tell code and passphrase for half an hour. Who has no ticket any more opens it with both."""
    held = RECEIPT.held(request, now())
    bookings = Booking.objects.select_related("session__offer__unit", "session__location")
    booking = bookings.filter(code=held.get("code"), session__code=code).first()
    if booking is None:
        return redirect("offers:bookings")
    address = request.build_absolute_uri(reverse("offers:booking", args=[booking.code]))
    context = {
        "booking": booking,
        "session": booking.session,
        "offer": booking.session.offer,
        "passphrase": held["passphrase"],
        "address": address,
        "slip": drawn(address),
        "at_station": door_of(request)[1] == "station",
    }
    return render(request, "offers/book_receipt.html", context)


def receipt_for(made: Receipt, at: datetime) -> HttpResponse:
    """Lead to the receipt, with the ticket that tells the passphrase for half an hour."""
    response = redirect("offers:book_receipt", made.booking.session.code)
    BEGUN.take_back(response)
    RECEIPT.hand(response, {"code": made.booking.code, "passphrase": made.passphrase}, at)
    return response


def _booked(request: HttpRequest, begun: Begun) -> HttpResponse:
    if begun.door == "web":
        allow_knock("book", source_of(request), at=begun.at, burst=_BURST, per_hour=_PER_HOUR)
    answers = begun.answers
    way = answers["channel"]
    wanted = Wanted(
        size=int(answers["size"]),
        door=begun.door,
        name=answers["name"],
        contact=(way, answers[way]) if way in {"email", "sms"} else None,
        note=answers["note"],
        reply_language=answers["reply_language"],
        wait=bool(answers["wait"]),
    )
    give = draws.enter if begun.session.way == Session.DRAW else book
    made = give(by=begun.by, at=begun.at, session=begun.session, wanted=wanted)
    return receipt_for(made, begun.at)


def _go_on(begun: Begun, given: dict[str, str], to: str) -> HttpResponse:
    # The key is of these answers: however often and from however many windows they are sent, once they are booked.
    answers = begun.answers | given | {"session": begun.session.code, "once": new_key()}
    response = redirect(to, begun.session.code)
    BEGUN.hand(response, answers, begun.at)
    return response


def _show(
    request: HttpRequest, begun: Begun, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    place, code = PAGES.index(name), begun.session.code
    back = reverse("offers:session", args=[code])
    if place:
        back = reverse(("offers:book", "offers:book_left")[place - 1], args=[code])
    form = context.get("form")
    frame = {
        "session": begun.session,
        "offer": begun.session.offer,
        "standing": places_told(begun.session, begun.at, begun.door),
        "once": begun.answers.get("once", ""),
        "page_number": place + 1,
        "page_count": len(PAGES),
        "back": back,
        "at_station": begun.door == "station",
    }
    status = 422 if form is not None and form.is_bound else status
    return render(request, f"offers/book_{name}.html", frame | context, status=status)

"""Offers as JSON: the count of a session, and booking by program. The same actions as the pages.

Who books needs no key; a program of a station or a hotline brings one of its member of staff, and is not
held to the number of bookings from one address. Refusals are problems (RFC 9457); the POST takes an
Idempotency-Key. This is where a rush arrives: what is refused reads twice and writes nothing.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from linli.kernel.actors import HOLDER, Actor
from linli.kernel.api_keys import staff_of
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import act_once, answer_ahead, answered
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, problem
from linli.offers.actions import draws
from linli.offers.actions.booking import Receipt, Wanted, book
from linli.offers.models import Session
from linli.offers.queries.coming import session_on_show
from linli.offers.queries.counts import counted
from linli.offers.schemas.booking import (
    BookingIn,
    BookingOut,
    PlacesOut,
    Problem,
    booking_told,
    places_out,
)

router = Router(tags=["offers"])
_PROBLEMS: Any = {frozenset({400, 403, 404, 409, 410, 422, 429}): Problem}
# From one address, without a key: a household's or a hall's worth.
_BURST, _PER_HOUR = 60, 600


class _Asked(TypedDict):
    """Who asks for what, of which session, and when."""

    by: Actor
    at: datetime
    session: Session
    wanted: Wanted


class _AnsweredBefore(Exception):
    """The key of this request has an answer, or is getting one."""


@router.get("/offers/sessions/{code}", response={200: PlacesOut, **_PROBLEMS})
def count_places(request: HttpRequest, code: str) -> PlacesOut:
    """Tell the places of a session: what is booked by door and size, what is free, who waits."""
    session = session_on_show(read_code(code) or "")
    if session is None:
        raise _no_session()
    return places_out(session, counted(session, now()))


@router.post("/offers/sessions/{code}/bookings", response={201: BookingOut, **_PROBLEMS})
def book_places(request: HttpRequest, code: str, sent: BookingIn) -> HttpResponse:
    """Book places, or go on the waiting list. The passphrase in the answer is shown once."""
    at, wanted = now(), sent.wanted()
    try:
        return _booked(request, code, wanted, at)
    except Refused as refused:
        # Booked under this key before it was full or over: told again.
        return answered(request) or problem(refused)


def _booked(request: HttpRequest, code: str, wanted: Wanted, at: datetime) -> HttpResponse:
    by = _let_through(request, wanted, at)
    asked = _Asked(by=by, at=at, session=_session(read_code(code) or ""), wanted=wanted)
    ahead: list[HttpResponse] = []

    def tell(receipt: Receipt) -> None:
        ahead.append(_created(receipt))
        if not answer_ahead(request, ahead[0]):
            raise _AnsweredBefore

    if not wanted.wait:
        try:
            book(**asked, before=tell)
        except _AnsweredBefore:
            pass
        except Refused as refused:
            if refused.code != "by_draw":
                raise
        else:
            return ahead[0]
    # What comes of it is known at the end alone, or was answered before.
    return act_once(request, lambda: _created(_given(asked)))


def _given(asked: _Asked) -> Receipt:
    try:
        return book(**asked)
    except Refused as refused:
        if refused.code != "by_draw":
            raise
        return draws.enter(**asked)


def _let_through(request: HttpRequest, wanted: Wanted, at: datetime) -> Actor:
    staff = staff_of(request)
    if staff is not None:
        return staff.actor
    if wanted.door != "web":
        raise Refused("not_allowed", _("Your role may not do this."), status=403)
    allow_knock("book", source_of(request), at=at, burst=_BURST, per_hour=_PER_HOUR)
    return HOLDER


def _created(receipt: Receipt) -> HttpResponse:
    return JsonResponse(booking_told(receipt), status=201)


@lru_cache(maxsize=1024)
def _session(code: str) -> Session:
    """Return the session of a code, for its key alone: no code is ever given to another."""
    found = Session.objects.only("pk").filter(code=code).first()
    if found is None:
        raise _no_session()
    return found


def _no_session() -> Refused:
    return Refused("no_session", _("This is not offered."), status=404)

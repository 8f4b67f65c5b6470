"""The waiting list of a session: who is let in, what lapses. The session is locked first, then its bookings."""

from datetime import datetime, timedelta

from django.db import transaction

from linli.kernel.actors import Actor, allow
from linli.kernel.prepared import Prepared
from linli.kernel.signed import signed
from linli.offers.actions import places
from linli.offers.models import Booking, BookingStep, Session
from linli.offers.rules.waiting import Bound, Waiting, next_in

OFFER_LASTS = timedelta(hours=24)
_session_for_update = Prepared(
    lambda number: Session.objects.select_for_update(no_key=True).filter(pk=number), int
)
_for_update = Prepared(
    lambda number: Booking.objects.select_for_update(no_key=True).filter(pk=number), int
)


def held(*, by: Actor, at: datetime, booking: Booking) -> Booking:
    """Return the booking as it stands, locked until the transaction ends, whoever acts and whenever.

    Refuses: nothing; who calls has asked already.
    """
    return _for_update.all(booking.pk)[0]


def session_of(*, by: Actor, at: datetime, booking: Booking) -> Session:
    """Return the booking's session as it stands, locked until the transaction ends.

    Refuses: nothing; who calls has asked already.
    """
    return _session_for_update.all(booking.session_id)[0]


def note(*, by: Actor, at: datetime, booking: Booking, verb: str) -> None:
    """Write one step of a booking.

    Refuses: nothing; who calls has asked already.
    """
    BookingStep(booking=booking, verb=verb, **signed(by, at)).save(force_insert=True)


def let_in(*, by: Actor, at: datetime, session: Session) -> int:
    """Offer what is free to who waits, fairly (rules/waiting.py); return how many groups. The session is locked.

    Refuses: nothing; who calls has asked already.
    """
    if at >= session.booking_until:
        return 0
    bound = Bound(session.passes, session.pass_days)
    queue = list(session.bookings.waiting())
    offered = 0
    while True:
        found = _next(by, at, session, queue, bound)
        if found is None:
            return offered
        for overtaken in queue[:found]:
            overtaken.passed += 1
            overtaken.save(update_fields=["passed"])
            note(by=by, at=at, booking=overtaken, verb="passed")
        one = queue.pop(found)
        one.state = Booking.OFFERED
        one.until = min(at + OFFER_LASTS, session.booking_until)
        one.save(update_fields=["state", "until"])
        places.queue_up(by=by, at=at, session=session, change=-1)
        note(by=by, at=at, booking=one, verb="offered")
        offered += 1


def leave(*, by: Actor, at: datetime, session: Session, booking: Booking, verb: str) -> None:
    """End a booking and give back what it had. Called inside the transaction of the deed.

    Refuses: nothing; who calls has asked already.
    """
    if booking.state in Booking.HOLDING:
        places.give_back(by=by, at=at, session=session, door=booking.door, size=booking.size)
    elif booking.state == Booking.WAITING:
        places.queue_up(by=by, at=at, session=session, change=-1)
    booking.state, booking.ended_at, booking.until = Booking.CANCELLED, at, None
    booking.save(update_fields=["state", "ended_at", "until"])
    note(by=by, at=at, booking=booking, verb=verb)


def lapse(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """End what was offered or held and not taken in time, and let in who waits; return how many ended.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    over = Booking.objects.filter(until__lte=at).order_by("until")[:limit]
    return sum(_lapsed(by, at, booking) for booking in over)


def _next(
    by: Actor, at: datetime, session: Session, queue: list[Booking], bound: Bound
) -> int | None:
    """Return whose turn it is, once their places are taken for them."""
    waiting = [Waiting(one.size, one.queued_at or at, one.passed) for one in queue]
    free = session.capacity - _session_for_update.all(session.pk)[0].taken
    found = next_in(waiting, free, at, bound)
    if found is None:
        return None
    one = queue[found]
    given = places.give(by=by, at=at, session=session, door=one.door, size=one.size, waited=True)
    return found if given else None


@transaction.atomic
def _lapsed(by: Actor, at: datetime, booking: Booking) -> int:
    session = session_of(by=by, at=at, booking=booking)
    kept = held(by=by, at=at, booking=booking)
    if kept.until is None or kept.until > at or kept.ended_at is not None:
        return 0
    leave(by=by, at=at, session=session, booking=kept, verb="lapsed")
    let_in(by=by, at=at, session=session)
    return 1

"""The waiting list of a session: who is let in, what lapses. The session is locked first, then its bookings."""

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from linli.kernel.actors import Actor, allow
from linli.kernel.prepared import Prepared, add_row
from linli.kernel.signed import signed
from linli.offers.actions import places, telling
from linli.offers.models import Booking, BookingStep, Session
from linli.offers.models.session import TAKEN
from linli.offers.queries.counts import places_of
from linli.offers.rules.waiting import Bound, Turn, Waiting, turn

OFFER_LASTS = timedelta(hours=24)
_CHUNK = 500
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
    """Write one step of a booking, and the letter about it. Who has booked is told when the places are theirs.

    Refuses: nothing; who calls has asked already.
    """
    step = BookingStep(booking=booking, verb=verb, **signed(by, at))
    add_row(step)
    if verb != "booked":
        telling.tell(by=by, at=at, booking=booking, verb=verb, cause=step.pk)


def let_in(*, by: Actor, at: datetime, session: Session) -> int:
    """Offer what is free to who waits, fairly (rules/waiting.py); return how many groups. The session is locked.

    So many at most: who waits keeps their turn, for nobody books past them, and `go_on` goes on.
    Refuses: nothing; who calls has asked already.
    """
    fresh = _session_for_update.all(session.pk)[0]
    over = at >= (ends := _ends(fresh)) or fresh.cancelled_at is not None
    if over or not fresh.queue or fresh.taken >= fresh.capacity:
        return 0
    turned, keys = _turn(fresh, at)
    chosen = session.bookings.in_bulk([keys[place] for place in turned.let_in])
    given = Counter[str]()
    for one in chosen.values():
        given[one.door] += one.size
    for door, size in given.items():
        if not places.give(by=by, at=at, session=fresh, door=door, size=size, waited=True):
            message = "places that were free while the session was locked are gone"
            raise RuntimeError(message)
    _pass(by, at, {keys[place]: often for place, often in turned.passed.items()})
    places.queue_up(by=by, at=at, session=fresh, change=-len(chosen))
    session.bookings.filter(pk__in=chosen).update(
        state=Booking.OFFERED, until=min(at + OFFER_LASTS, ends)
    )
    for one in session.bookings.filter(pk__in=chosen).order_by("queued_at", "pk"):
        note(by=by, at=at, booking=one, verb="offered")
    return len(chosen)


def go_on(*, by: Actor, at: datetime) -> int:
    """Let in who waits wherever places are free: more than one turn may let in, or kept for a door until now.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    waited = Session.objects.open().filter(queue__gt=0, ends_at__gt=at, capacity__gt=TAKEN)
    let = 0
    for session in waited.order_by("starts_at"):
        while turned := _gone_on(by, at, session):
            let += turned
    return let


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


def _ends(session: Session) -> datetime:
    """Return until when places are offered: after a draw, until the session begins."""
    return session.starts_at if session.way == Session.DRAW else session.booking_until


def _turn(session: Session, at: datetime) -> tuple[Turn, list[int]]:
    """Return whose turn it is, by place in the queue, and the keys of the queue as far as it was read."""
    keys: list[int] = []
    rows = session.bookings.waiting().values_list("pk", "size", "queued_at", "passed", "door")

    def queue() -> Generator[Waiting]:
        for key, size, since, passed, door in rows.iterator(chunk_size=_CHUNK):
            keys.append(key)
            yield Waiting(size, since or at, passed, door)

    bound = Bound(session.passes, session.pass_days)
    with closing(queue()) as groups:
        return turn(groups, places_of(session, at), at, bound), keys


def _pass(by: Actor, at: datetime, overtaken: dict[int, int]) -> None:
    """Count by how many each was overtaken: a statement for each number, a step for each time."""
    often = sorted(set(overtaken.values()))
    for number in often:
        keys = [key for key, times in overtaken.items() if times == number]
        for start in range(0, len(keys), _CHUNK):
            rows = Booking.objects.filter(pk__in=keys[start : start + _CHUNK])
            rows.update(passed=F("passed") + number)
    BookingStep.objects.bulk_create(
        (
            BookingStep(booking_id=key, verb="passed", **signed(by, at))
            for key, times in overtaken.items()
            for _ in range(times)
        ),
        batch_size=_CHUNK,
    )


@transaction.atomic
def _gone_on(by: Actor, at: datetime, session: Session) -> int:
    locked = _session_for_update.all(session.pk)[0]
    return let_in(by=by, at=at, session=locked)


@transaction.atomic
def _lapsed(by: Actor, at: datetime, booking: Booking) -> int:
    session = session_of(by=by, at=at, booking=booking)
    kept = held(by=by, at=at, booking=booking)
    if kept.until is None or kept.until > at or kept.ended_at is not None:
        return 0
    leave(by=by, at=at, session=session, booking=kept, verb="lapsed")
    let_in(by=by, at=at, session=session)
    return 1

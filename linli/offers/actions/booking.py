"""Book, cancel, wait and be let in. A place is a claim code and a passphrase; what else somebody leaves is sealed."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.addresses import read_address
from linli.kernel.codes import new_code
from linli.kernel.fields import seal
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.prepared import Prepared, add_row
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Value
from linli.kernel.subjects import Gone, key_of, new_subject
from linli.offers.actions import places, telling, waiting
from linli.offers.models import Booking, Session
from linli.offers.queries.counts import places_of

LONGEST = 1000  # characters of a note
# What decides whether somebody may book, and no more: it is read in every rush.
_ASKED = (
    *("code", "way", "capacity", "taken_web", "taken_phone", "taken_station", "queue", "ends_at"),
    *("floor_web", "floor_phone", "floor_station", "floors_until"),
    *("booking_from", "booking_until", "cancelled_at", "most_together", "offer__kept_days"),
    *("offer__published_at", "offer__withdrawn_at"),
)
_session = Prepared(
    lambda number: Session.objects.select_related("offer").only(*_ASKED).filter(pk=number), int
)
_by_code = Prepared(
    lambda code: Booking.objects.select_related("session__offer", "subject").filter(code=code), str
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants: for how many, through which door, and what they leave about themselves, if anything.

    `contact` is ("email" or "sms", address). `wait`: go on the waiting list when there is no place.
    """

    size: int = 1
    door: str = "web"
    name: str = ""
    contact: tuple[str, str] | None = field(default=None, repr=False)
    note: str = ""
    reply_language: str = ""
    wait: bool = False


class Full(Refused):
    """Come too late for so many places."""

    def __init__(self) -> None:
        super().__init__("full", _("There is no place left for so many."), status=409)


class Receipt(NamedTuple):
    """What the person takes along: the booking with its code, and the passphrase, which is shown once."""

    booking: Booking
    passphrase: str


def book(
    *,
    by: Actor,
    at: datetime,
    session: Session,
    wanted: Wanted,
    before: Callable[[Receipt], None] = lambda _: None,
) -> Receipt:
    """Give somebody their places, all of them or none; or a place on the waiting list, if they want that.

    `before` writes what must stand with the booking, in its transaction and before any place is taken.
    Refuses: not_allowed for staff who book for nobody; no_session; cancelled; not_yet; too_late;
    too_many for one booking; by_draw; unknown_door; note_too_long; address_wrong; full when places are
    fewer than wanted, or others wait for them; already_booked by the same way to reach them.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    session = bookable(by=by, at=at, session=session, wanted=wanted)
    if session.way == Session.DRAW:
        raise Refused("by_draw", _("Places are given by a draw here: enter it instead."))
    try:
        with transaction.atomic():
            receipt = begun(by=by, at=at, session=session, wanted=wanted)
            before(receipt)
            if not _placed(by, at, session, receipt.booking, wait=wanted.wait):
                raise Full
            return receipt
    except IntegrityError as error:
        if "once" not in str(error):
            raise
        raise Refused(
            "already_booked", _("There is a booking with this way to reach you."), status=409
        ) from error


@transaction.atomic
def cancel(*, by: Actor = HOLDER, at: datetime, booking: Booking) -> Booking:
    """Give places back, or leave the waiting list or the draw; who waits is let in.

    Refuses: not_allowed; over when it has ended, or the session has begun.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    session = waiting.session_of(by=by, at=at, booking=booking)
    kept = waiting.held(by=by, at=at, booking=booking)
    if kept.ended_at is not None or at >= session.starts_at:
        raise Refused("over", _("This cannot be cancelled any more."))
    waiting.leave(by=by, at=at, session=session, booking=kept, verb="cancelled")
    waiting.let_in(by=by, at=at, session=session)
    return kept


@transaction.atomic
def accept(*, by: Actor = HOLDER, at: datetime, booking: Booking) -> Booking:
    """Take the place that is offered or held.

    Refuses: not_allowed; not_offered when none is; lapsed when its time has passed.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    kept = waiting.held(by=by, at=at, booking=booking)
    if kept.until is None or kept.state not in {Booking.OFFERED, Booking.HELD}:
        raise Refused("not_offered", _("No place is offered to you now."))
    if at >= kept.until:
        raise Refused("lapsed", _("The time to take this place has passed."))
    kept.state, kept.until = Booking.CONFIRMED, None
    kept.save(update_fields=["state", "until"])
    waiting.note(by=by, at=at, booking=kept, verb="accepted")
    return kept


def open_held(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Booking:
    """Return the booking that this code and passphrase open.

    Refuses: wrong_code for unknown, wrong and gone alike, after the same work.
    """
    booking = _by_code.first(opened_code(Booking.objects.all(), code, passphrase))
    if booking is None or booking.purged_at is not None:
        raise _wrong()
    try:
        key_of(booking.subject, at=at)
    except Gone:
        raise _wrong() from None
    return booking


def bookable(*, by: Actor, at: datetime, session: Session, wanted: Wanted) -> Session:
    """Return the session as it is now, when this may be asked for at all.

    Refuses: no_session; cancelled; not_yet; too_late; too_many; unknown_door; note_too_long; full.
    """
    fresh = _session.first(session.pk)
    if fresh is None or fresh.offer.published_at is None or fresh.offer.withdrawn_at is not None:
        raise Refused("no_session", _("This is not offered."), status=404)
    if fresh.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    if at < fresh.booking_from:
        raise Refused("not_yet", _("Booking has not begun yet."))
    if at >= fresh.booking_until:
        raise Refused("too_late", _("Booking has ended."))
    _check(fresh, wanted)
    free = 0 if fresh.queue else places_of(fresh, at).free_at(wanted.door)
    if free < wanted.size and not wanted.wait and fresh.way == Session.FIRST:
        raise Full
    return fresh


def _check(session: Session, wanted: Wanted) -> None:
    if not 1 <= wanted.size <= min(session.most_together, session.capacity):
        raise Refused("too_many", _("So many people cannot be booked together."))
    if wanted.door not in dict(Session.DOORS):
        raise Refused("unknown_door", _("Book online, by telephone or at a station."))
    if max(len(wanted.note), len(wanted.name)) > LONGEST:
        raise Refused("note_too_long", _("This is too long."))


def begun(*, by: Actor, at: datetime, session: Session, wanted: Wanted) -> Receipt:
    """Return a booking that is not saved yet, with what was left sealed in it.

    Refuses: address_wrong.
    """
    kept_until = localdate(session.ends_at) + timedelta(days=session.offer.kept_days)
    subject = new_subject(purpose="booking", purge_on=kept_until, at=at)
    passphrase = new_passphrase()
    booking = Booking(
        code=new_code(),
        session=session,
        subject=subject,
        door=wanted.door,
        size=wanted.size,
        state=Booking.CONFIRMED,
        booked_at=at,
    )
    booking.secret = keyed_hash(booking.code, read_passphrase(passphrase) or "")
    given: dict[str, Value] = {
        "name": wanted.name.strip(),
        "note": wanted.note.strip(),
        "reply_language": wanted.reply_language,
    }
    if wanted.contact:
        channel, typed = wanted.contact
        address = read_address(channel, typed)
        given["contact"] = {channel: address}
        booking.once = _once(session, address)
    if left := {one: said for one, said in given.items() if said}:
        seal(booking, key_of(subject, at=at), **left)
    return Receipt(booking, passphrase)


def _placed(by: Actor, at: datetime, session: Session, booking: Booking, *, wait: bool) -> bool:
    """Save the booking with its places, or on the waiting list. Places last: a hot row is held shortly."""
    add_row(booking)
    waiting.note(by=by, at=at, booking=booking, verb="booked")
    if not wait:  # whatever is written here goes again when there is no place
        telling.tell(by=by, at=at, booking=booking, verb="booked", cause=booking.pk)
    if places.give(by=by, at=at, session=session, door=booking.door, size=booking.size):
        if wait:
            telling.tell(by=by, at=at, booking=booking, verb="booked", cause=booking.pk)
        return True
    if not wait:
        return False
    locked = waiting.session_of(by=by, at=at, booking=booking)
    booking.state, booking.queued_at = Booking.WAITING, at
    booking.save(update_fields=["state", "queued_at"])
    places.queue_up(by=by, at=at, session=locked, change=1)
    waiting.note(by=by, at=at, booking=booking, verb="queued")
    waiting.let_in(by=by, at=at, session=locked)
    booking.refresh_from_db(fields=["state", "until", "passed"])
    return True


def _once(session: Session, address: str) -> str:
    return hmac.digest(keyed_hash(session.code, "once").encode(), address.encode(), "sha256").hex()


def _wrong() -> Refused:
    return Refused("wrong_code", _("This code and passphrase do not belong together."), status=404)

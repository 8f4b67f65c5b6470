"""Change what is offered: what people were promised when it was published stays, everything else may be bettered.

Each change of a session is counted for calendars (`sequence`); whoever booked has it among their steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Location, Service
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing, telling, waiting
from linli.offers.models import Booking, BookingStep, Meeting, Offer, Session

_MOST_TOGETHER = 60  # as the table has it


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChange:
    """What an offer may say anew, whenever."""

    title: str
    description: str = ""
    conditions: str = ""
    service: Service | None = None
    part_of: Offer | None = None
    cost: int = 0
    kept_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChange:
    """What a session may say anew: where, in which languages, how it is booked. Its times: see `move_meeting`."""

    location: Location | None
    room: str
    online: str
    languages: tuple[str, ...]
    interpreter: bool
    floor_web: int
    floor_phone: int
    floor_station: int
    floors_until: datetime | None
    most_together: int
    booking_from: datetime
    booking_until: datetime


@transaction.atomic
def amend_offer(*, by: Actor, at: datetime, offer: Offer, change: OfferChange) -> Offer:
    """Say anew what an offer is. Its kind, place and unit stay.

    Refuses: not_allowed; not_own_unit; withdrawn; no_title; promised when it was published and would cost
    more, or keep longer what people leave; part_of_itself.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    kept = _offer(offer)
    if not change.title.strip():
        raise Refused("no_title", _("Give it a title."))
    dearer = change.cost > kept.cost or change.kept_days > kept.kept_days
    if kept.published_at is not None and dearer:
        raise Refused(
            "promised",
            _("It was published: it may not cost more, or keep longer what people leave."),
        )
    if change.part_of is not None and kept.pk in {change.part_of.pk, change.part_of.part_of_id}:
        raise Refused("part_of_itself", _("It cannot be part of itself."))
    _write(kept, _said(change))
    return kept


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, offer: Offer) -> Offer:
    """Take an offer back: nobody sees it any more. What is booked is called off first, with its reason.

    Refuses: not_allowed; not_own_unit; withdrawn already; still_booked while a session to come has bookings.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    kept = _offer(offer)
    coming = Booking.objects.filter(
        session__offer=kept, session__ends_at__gt=at, ended_at=None, session__cancelled_at=None
    )
    if coming.exists():
        raise Refused("still_booked", _("Call its sessions off first: people have booked them."))
    _write(kept, {"withdrawn_at": at})
    return kept


@transaction.atomic
def amend_session(*, by: Actor, at: datetime, session: Session, change: SessionChange) -> Session:
    """Say anew where a session is and how it is booked; who waits is let in where floors fell.

    Refuses: not_allowed; not_own_unit; cancelled; over when it has ended; no_places for a booking of nobody;
    floors_too_high; floors_without_end; booking_wrong unless booking ends after it begins and before the
    session does.
    """
    kept = _session(by, at, session)
    floors = change.floor_web + change.floor_phone + change.floor_station
    if not 1 <= change.most_together <= _MOST_TOGETHER:
        raise Refused("no_places", _("There is at least one place."))
    if floors > kept.capacity:
        raise Refused("floors_too_high", _("More places are kept than there are."))
    if floors and change.floors_until is None:
        raise Refused("floors_without_end", _("Say until when places are kept."))
    if not change.booking_from < change.booking_until <= kept.ends_at:
        raise Refused("booking_wrong", _("Booking ends after it begins, before the last meeting."))
    elsewhere = (kept.location_id, kept.room, kept.online) != (
        change.location.pk if change.location else None,
        change.room,
        change.online,
    )
    _change(by, at, kept, _said(change))
    if elsewhere:
        _tell(by, at, kept)
    waiting.let_in(by=by, at=at, session=kept)
    return kept


@transaction.atomic
def move_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, starts_at: datetime, ends_at: datetime
) -> Meeting:
    """Move one meeting; the time that the rule had given it is kept beside the new one.

    Refuses: not_allowed; not_own_unit; cancelled; over when it or the session has ended; skipped;
    meetings_overlap; beyond_retention when it would lie after the day on which what people left is deleted;
    booking_wrong when booking would end after the session.
    """
    kept = _session(by, at, meeting.session)
    one = _meeting(at, meeting)
    others = kept.meetings.filter(cancelled_at=None).exclude(pk=one.pk)
    if ends_at <= starts_at or others.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused("meetings_overlap", _("Each meeting ends before the next begins."))
    _not_beyond(kept, ends_at)
    was = one.starts_at
    one.moved_from = one.moved_from or was
    one.starts_at, one.ends_at = starts_at, ends_at
    one.save(update_fields=["starts_at", "ends_at", "moved_from"])
    _change(by, at, kept, _bounds(kept))
    if others.exists():
        _tell(by, at, kept, "met_moved", starts_at, was)
    else:
        _tell(by, at, kept)
    return one


@transaction.atomic
def skip_meeting(*, by: Actor, at: datetime, meeting: Meeting) -> Meeting:
    """Leave one meeting out; the others stay.

    Refuses: not_allowed; not_own_unit; cancelled; over when it or the session has ended; skipped already;
    last_meeting when no other is left: call the session off; booking_wrong when booking would end after
    the session.
    """
    kept = _session(by, at, meeting.session)
    one = _meeting(at, meeting)
    if not kept.meetings.filter(cancelled_at=None).exclude(pk=one.pk).exists():
        raise Refused("last_meeting", _("It is the only meeting: call the session off instead."))
    one.cancelled_at = at
    one.save(update_fields=["cancelled_at"])
    _change(by, at, kept, _bounds(kept))
    _tell(by, at, kept, "met_off", one.starts_at)
    return one


def _offer(offer: Offer) -> Offer:
    kept = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if kept.withdrawn_at is not None:
        raise Refused("withdrawn", _("This offer was withdrawn."))
    return kept


def _session(by: Actor, at: datetime, session: Session) -> Session:
    organizing.own(by=by, at=at, unit=session.offer.unit)
    kept = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if kept.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    if at >= kept.ends_at:
        raise Refused("over", _("This is over already."))
    return kept


def _meeting(at: datetime, meeting: Meeting) -> Meeting:
    kept = Meeting.objects.get(pk=meeting.pk)
    if kept.cancelled_at is not None:
        raise Refused("skipped", _("This meeting does not take place."), status=410)
    if at >= kept.ends_at:
        raise Refused("over", _("This is over already."))
    return kept


def _not_beyond(session: Session, ends_at: datetime) -> None:
    told = session.bookings.filter(ended_at=None).aggregate(day=Min("subject__purge_on"))["day"]
    if told is not None and localdate(ends_at) >= told:
        raise Refused(
            "beyond_retention",
            _("What people left with their bookings is deleted before then, as they were told."),
        )


def _bounds(session: Session) -> dict[str, object]:
    """Return the session's beginning and end as its meetings give them."""
    held = session.meetings.filter(cancelled_at=None)
    bounds: dict[str, datetime] = held.aggregate(starts_at=Min("starts_at"), ends_at=Max("ends_at"))
    if session.booking_until > bounds["ends_at"]:
        raise Refused("booking_wrong", _("Booking ends after it begins, before the last meeting."))
    return dict(bounds)


def _change(by: Actor, at: datetime, session: Session, said: Mapping[str, object]) -> None:
    _write(session, {**said, "sequence": session.sequence + 1, "last_modified": at})


def _tell(
    by: Actor,
    at: datetime,
    session: Session,
    verb: str = "changed",
    when: datetime | None = None,
    was: datetime | None = None,
) -> None:
    """Have whoever booked find the change among their steps, and in a letter where they left an address."""
    for one in session.bookings.filter(ended_at=None).select_related("subject"):
        step = BookingStep(booking=one, verb="changed", **signed(by, at))
        step.save(force_insert=True)
        telling.tell(by=by, at=at, booking=one, verb=verb, cause=step.pk, when=when, was=was)


def _write(row: Offer | Session, said: Mapping[str, object]) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))


def _said(change: OfferChange | SessionChange) -> dict[str, object]:
    said = {name: getattr(change, name) for name in type(change).__dataclass_fields__}
    return said | ({"languages": list(said["languages"])} if "languages" in said else {})

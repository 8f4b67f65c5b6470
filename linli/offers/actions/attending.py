"""Who came: marks at the door, merged from any number of devices in any order; walk-ins as a number; the end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing
from linli.offers.models import Attendance, Booking, BookingStep, Meeting, Session, WalkIns

OPENS = timedelta(hours=12)  # before a meeting, marks are taken
GRACE = timedelta(days=1)  # after the last meeting
_LOOK_BACK = timedelta(days=30)
MOST = 2000  # marks in one sending
_HERE = (Booking.CONFIRMED, Booking.ATTENDED, Booking.ABSENT)
_MOST_WALK_INS = 100_000
_MARKS = UUID("7f1f6a0e-6f0d-4a53-9f0e-5d5d3f9a2c11")


class Mark(NamedTuple):
    """So many of one booking came. `name` is the device's own name of what it wrote down."""

    name: str
    code: str
    came: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of marks: names that stand now, be they new or known; codes that have no place here."""

    taken: tuple[str, ...]
    unknown: tuple[str, ...]


@transaction.atomic
def take_marks(*, by: Actor, at: datetime, meeting: Meeting, marks: Collection[Mark]) -> Merged:
    """Write down who came; whatever was sent before, or was seen by another device, counts once, as the larger.

    More than a booking is for are counted as many as it is for: the rest are walk-ins. Codes that have no
    place are handed back, and nothing is lost of the others.
    Refuses: not_allowed; not_own_unit; too_many marks at once; skipped; not_yet.
    """
    _open(by, at, meeting)
    if len(marks) > MOST:
        raise Refused("too_many", _("Send fewer marks at once."))
    bookings = _locked(meeting, {mark.code for mark in marks})
    before = {
        one.booking_id: one for one in meeting.attendances.filter(booking__in=bookings.values())
    }
    seen = _largest(mark for mark in marks if mark.code in bookings and mark.came > 0)
    new = []
    for code, mark in seen.items():
        booking = bookings[code]
        came, known = min(mark.came, booking.size), before.get(booking.pk)
        if known is None:
            name = str(uuid5(_MARKS, f"{meeting.pk} {booking.pk} {mark.name}"))
            new.append(Attendance(booking=booking, meeting=meeting, came=came, mark=name, at=at))
        elif came > known.came:
            known.came = came
            known.save(update_fields=["came"])
    Attendance.objects.bulk_create(new)
    _came_after_all(by, at, [bookings[code] for code in seen])
    return Merged(
        taken=tuple(sorted({mark.name for mark in marks if mark.code in bookings})),
        unknown=tuple(sorted({mark.code for mark in marks if mark.code not in bookings})),
    )


@transaction.atomic
def count_walk_ins(*, by: Actor, at: datetime, meeting: Meeting, came: int) -> WalkIns:
    """Write down how many came without a booking; said again, the last number stands.

    Refuses: not_allowed; not_own_unit; skipped; not_yet; no_number for less than nobody or too many.
    """
    _open(by, at, meeting)
    if not 0 <= came <= _MOST_WALK_INS:
        raise Refused("no_number", _("Write a number of people."))
    return WalkIns.objects.update_or_create(meeting=meeting, defaults={"came": came})[0]


@transaction.atomic
def close_list(*, by: Actor, at: datetime, session: Session) -> int:
    """End a session's list: who was seen at any meeting attended, everybody else did not come. Return how many.

    A mark that reaches us later still turns who did not come into who did.
    Refuses: not_allowed; not_own_unit; cancelled; not_over before the last meeting has ended.
    """
    organizing.at_the_door(by=by, at=at, unit=session.offer.unit)
    return _closed(by, at, session)


def close_lists(*, by: Actor, at: datetime) -> int:
    """End the lists that were taken and that nobody ended, a day after: devices have come home by then.

    Where no list was taken nobody is said to have stayed away. Return how many bookings were settled.
    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    taken = Attendance.objects.filter(meeting__session=OuterRef("pk"))
    open_ = Booking.objects.filter(session=OuterRef("pk"), state=Booking.CONFIRMED)
    due = Session.objects.open().filter(ends_at__gt=at - _LOOK_BACK, ends_at__lte=at - GRACE)
    ended = list(due.filter(Exists(taken), Exists(open_)).order_by("ends_at", "pk"))
    return sum(_closed(by, at, session) for session in ended)


@transaction.atomic
def _closed(by: Actor, at: datetime, session: Session) -> int:
    kept = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if kept.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    if at < kept.ends_at:
        raise Refused("not_over", _("The last meeting has not ended yet."))
    booked = list(kept.bookings.filter(state=Booking.CONFIRMED).select_for_update(no_key=True))
    there = set(
        Attendance.objects.filter(booking__session=kept, came__gt=0).values_list(
            "booking", flat=True
        )
    )
    _settle(by, at, [one for one in booked if one.pk in there], Booking.ATTENDED)
    _settle(by, at, [one for one in booked if one.pk not in there], Booking.ABSENT)
    return len(booked)


def _open(by: Actor, at: datetime, meeting: Meeting) -> None:
    organizing.at_the_door(by=by, at=at, unit=meeting.session.offer.unit)
    if meeting.cancelled_at is not None or meeting.session.cancelled_at is not None:
        raise Refused("skipped", _("This meeting does not take place."), status=410)
    if at < meeting.starts_at - OPENS:
        raise Refused("not_yet", _("The list opens on the day of the meeting."))


def _locked(meeting: Meeting, codes: Collection[str]) -> dict[str, Booking]:
    """Lock the bookings of these codes that have places, in one order: two devices wait, and never for each other."""
    found = Booking.objects.filter(session=meeting.session_id, code__in=codes, state__in=_HERE)
    return {one.code: one for one in found.select_for_update(no_key=True).order_by("id")}


def _largest(marks: Iterable[Mark]) -> dict[str, Mark]:
    """Return the largest mark of each booking; of two alike the one whose name comes first."""
    largest: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda one: (-one.came, one.name)):
        largest.setdefault(mark.code, mark)
    return largest


def _came_after_all(by: Actor, at: datetime, bookings: Collection[Booking]) -> None:
    _settle(by, at, [one for one in bookings if one.state == Booking.ABSENT], Booking.ATTENDED)


def _settle(by: Actor, at: datetime, bookings: Collection[Booking], state: str) -> None:
    Booking.objects.filter(pk__in=[one.pk for one in bookings]).update(state=state)
    BookingStep.objects.bulk_create(
        BookingStep(booking=one, verb=state, **signed(by, at)) for one in bookings
    )

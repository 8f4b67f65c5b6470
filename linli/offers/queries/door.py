"""The list at the door: codes with their sizes and who came, for one meeting; for a whole session when it is over."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from linli.offers.models import Attendance, Booking, Meeting, Outcome, Session

AT_THE_DOOR = (Booking.CONFIRMED, Booking.ATTENDED, Booking.ABSENT)


@dataclass(frozen=True, slots=True)
class Expected:
    """One booking at the door: its code, for how many, how many came."""

    code: str
    size: int
    came: int


def expected(meeting: Meeting) -> list[Expected]:
    """Return the bookings that have places, by code, with who came to this meeting. Two queries."""
    came = dict(meeting.attendances.values_list("booking", "came"))
    bookings = Booking.objects.filter(session=meeting.session_id, state__in=AT_THE_DOOR)
    rows = bookings.order_by("code").values_list("pk", "code", "size")
    return [Expected(code, size, came.get(pk, 0)) for pk, code, size in rows]


@dataclass(frozen=True, slots=True)
class Came:
    """One booking after the end: at how many meetings it was seen, and how many people stand in each outcome."""

    booking: Booking
    meetings: int
    people: Mapping[str, int]


def came_of(session: Session) -> list[Came]:
    """Return the bookings of which anybody came, by code, with what came of them at the end. Three queries."""
    bookings = list(session.bookings.filter(state=Booking.ATTENDED).order_by("code"))
    seen = Attendance.objects.filter(booking__in=bookings, came__gt=0)
    times: dict[int, int] = defaultdict(int)
    for pk in seen.values_list("booking", flat=True):
        times[pk] += 1
    people: dict[int, dict[str, int]] = defaultdict(dict)
    stands = Outcome.objects.filter(booking__in=bookings, after_days=0).order_by()
    for pk, kind, total in stands.values_list("booking", "kind").annotate(people=Sum("people")):
        people[pk][kind] = total
    return [Came(one, times[one.pk], people[one.pk]) for one in bookings]


def booking_at_door(session_unit: str, code: str) -> Booking | None:
    """Return the booking of this code with a session of this unit, however it stands."""
    bookings = Booking.objects.select_related("session__offer__unit")
    return bookings.filter(code=code, session__offer__unit__name=session_unit).first()


def meeting_to_mark(booking: Booking, at: datetime) -> Meeting | None:
    """Return the meeting that goes on or comes next of a booking's session, else the last one."""
    held = booking.session.meetings.filter(cancelled_at=None, session__cancelled_at=None).order_by(
        "starts_at"
    )
    meeting = held.filter(ends_at__gt=at).first() or held.last()
    if meeting is not None:
        meeting.session = booking.session
    return meeting

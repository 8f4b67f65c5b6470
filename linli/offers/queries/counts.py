"""The places of a session, and the bookings that have them, read in one moment so that they must agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from linli.offers.models import Booking, Session
from linli.offers.rules.places import DOORS, Places

_SOLD_OUT = """
    SELECT 1 FROM offers_session s JOIN offers_offer o ON o.id = s.offer_id
    WHERE s.code = %s AND s.way = 'first' AND s.cancelled_at IS NULL
    AND o.published_at IS NOT NULL AND o.withdrawn_at IS NULL
    AND s.booking_from <= %s AND s.booking_until > %s AND s.most_together >= %s AND s.capacity >= %s
    AND (s.queue > 0 OR s.capacity - s.taken_web - s.taken_phone - s.taken_station < %s)
"""
_COLUMNS = ("capacity", "taken_web", "taken_phone", "taken_station", "queue")


@dataclass(frozen=True, slots=True)
class Mark:
    """So many bookings of one size through one door: all that is told of them."""

    door: str
    size: int
    bookings: int

    @property
    def places(self) -> int:
        """How many places these have together."""
        return self.size * self.bookings


@dataclass(frozen=True, slots=True)
class Counted:
    """The places of one session, who waits, and the marks of all bookings that have places."""

    places: Places
    waiting: int
    marks: Sequence[Mark]

    @property
    def booked(self) -> int:
        """How many places are given, as the session's own row tells it."""
        return sum(self.places.taken.values())

    @property
    def marked(self) -> int:
        """How many places the bookings have, added up."""
        return sum(mark.places for mark in self.marks)

    @property
    def agrees(self) -> bool:
        """Whether the bookings have exactly the places that are told to be given, door by door."""
        summed: Counter[str] = Counter()
        for mark in self.marks:
            summed[mark.door] += mark.places
        return all(self.places.taken[door] == summed[door] for door in DOORS)


def places_of(session: Session, at: datetime) -> Places:
    """Return the places of a session as its row tells them; what is kept for a door is kept for a time."""
    keeps = session.floors_until is not None and at < session.floors_until
    return Places(
        session.capacity,
        {door: getattr(session, f"taken_{door}") for door in DOORS},
        {door: getattr(session, f"floor_{door}") if keeps else 0 for door in DOORS},
    )


def counted(session: Session, at: datetime) -> Counted:
    """Return the count of a session. One statement: what it says held at one moment."""
    rows = list(
        Booking.objects.holding()
        .filter(session=session)
        .order_by("door", "size")
        .values("door", "size", *(f"session__{name}" for name in _COLUMNS))
        .annotate(bookings=Count("pk"))
    )
    if rows:
        for name in _COLUMNS:
            setattr(session, name, rows[0][f"session__{name}"])
    marks = [Mark(row["door"], row["size"], row["bookings"]) for row in rows]
    return Counted(places_of(session, at), session.queue, marks)


def sold_out(code: str, size: int, at: datetime) -> bool:
    """Say whether so many people could book together now if only there were places, and there are none.

    Asked at the head of every rush, where putting a query together takes longer than the answer.
    """
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_SOLD_OUT, [code, moment, moment, size, size, size])
        return cursor.fetchone() is not None

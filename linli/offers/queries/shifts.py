"""Volunteer shifts: those that come, and of whom hours are to be confirmed. Codes and numbers, nothing sealed."""

from datetime import datetime

from django.db.models import F, QuerySet, Sum

from linli.offers.models import Booking, Hours, Offer, Session
from linli.offers.queries.coming import coming_sessions


def coming_shifts(at: datetime) -> "QuerySet[Session]":
    """Shifts that can still be booked, the next first."""
    shown = {"offer__published_at__isnull": False, "offer__withdrawn_at": None}
    shifts = coming_sessions(at).filter(offer__kind=Offer.SHIFT, **shown)
    return shifts.select_related("offer", "location").order_by("starts_at", "id")


def came_to(session: Session) -> "QuerySet[Booking]":
    """Bookings of who came to a shift, with their hours if these were confirmed."""
    came = session.bookings.filter(state=Booking.ATTENDED)
    return came.select_related("hours").order_by("code")


def minutes_given(session: Session) -> int:
    """How many minutes were confirmed in all: of each of the people of each booking."""
    given = Hours.objects.filter(booking__session=session)
    minutes: int | None = given.aggregate(n=Sum(F("minutes") * F("booking__size")))["n"]
    return minutes or 0

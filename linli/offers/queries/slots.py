"""Which times of an offer can be booked: by day, and on one day."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from linli.offers.models import Booking, Offer, Session, SlotPlan

_FREE = F("capacity") - F("taken_web") - F("taken_phone") - F("taken_station")


class FreeDay(NamedTuple):
    """One day on which something can be booked: how many times, and places at them."""

    day: date
    times: int
    places: int


def open_times(offer: Offer, at: datetime, size: int = 1) -> "QuerySet[Session]":
    """Return the times with places for so many that can be booked now, the next first."""
    coming = Session.objects.open().filter(
        offer=offer, way=Session.FIRST, booking_from__lte=at, booking_until__gt=at, starts_at__gt=at
    )
    free = coming.annotate(free=_FREE).filter(queue=0, free__gte=size, most_together__gte=size)
    return free.select_related("location").order_by("starts_at", "location__name", "room", "id")


def has_other_times(booking: Booking, at: datetime) -> bool:
    """Say whether a booking could be moved: one query."""
    others = open_times(booking.session.offer, at, booking.size).exclude(pk=booking.session_id)
    return others.exists()


def free_days(times: "QuerySet[Session]") -> list[FreeDay]:
    """Return the days of such times, the next first: one query."""
    days = times.order_by().annotate(day=TruncDate("starts_at"))
    rows = days.values("day").annotate(times=Count("pk"), places=Sum("free")).order_by("day")
    return [FreeDay(*row) for row in rows.values_list("day", "times", "places")]


class PlanTold(NamedTuple):
    """One plan with what came of it: slots to come, places, what is booked of them, and what no longer fits."""

    plan: SlotPlan
    slots: int
    places: int
    booked: int
    kept: int


def plans_told(offer: Offer, at: datetime) -> list[PlanTold]:
    """Return the plans of an offer, those that run first: two queries."""
    coming = Q(sessions__starts_at__gt=at, sessions__cancelled_at=None)
    taken = F("sessions__taken_web") + F("sessions__taken_phone") + F("sessions__taken_station")
    outside = Q(sessions__bookings__steps__verb="kept", sessions__bookings__ended_at=None)
    plans = offer.slot_plans.select_related("window__location", "window__service")
    counted = plans.annotate(
        slots=Count("sessions", filter=coming, distinct=True),
        seats=Sum("sessions__capacity", filter=coming, default=0),
        booked=Sum(taken, filter=coming, default=0),
    )
    kept = dict(
        plans.filter(coming & outside)
        .annotate(n=Count("sessions", distinct=True))
        .values_list("pk", "n")
    )
    ordered = counted.order_by(F("ended_on").asc(nulls_first=True), "id")
    return [PlanTold(one, one.slots, one.seats, one.booked, kept.get(one.pk, 0)) for one in ordered]

"""Remind who has a place of every meeting, a day before it: once for each booking and meeting."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from linli.kernel.actors import Actor, allow
from linli.kernel.models import Message
from linli.offers.actions import telling, waiting
from linli.offers.models import Booking

BEFORE = timedelta(hours=24)
_HAVE_PLACES = (Booking.CONFIRMED, Booking.ATTENDED)


def remind(*, by: Actor, at: datetime) -> int:
    """Write a letter about each meeting of the next day to who left a contact; return how many.

    Who booked within that day has just been told. Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    return sum(_reminded(by, at, *one) for one in _due(at))


def _due(at: datetime) -> list[tuple[int, int, datetime]]:
    coming = Booking.objects.filter(
        state__in=_HAVE_PLACES,
        contact__isnull=False,
        session__cancelled_at=None,
        session__meetings__cancelled_at=None,
        session__meetings__starts_at__gt=at,
        session__meetings__starts_at__lte=at + BEFORE,
    ).annotate(meeting=F("session__meetings"), begins=F("session__meetings__starts_at"))
    once = Concat(OuterRef("code"), Value(" reminder "), Cast(OuterRef("meeting"), CharField()))
    told = Message.objects.filter(once=once)
    due = coming.filter(~Exists(told), booked_at__lte=F("begins") - BEFORE)
    return list(due.order_by("begins").values_list("pk", "meeting", "begins"))


@transaction.atomic
def _reminded(by: Actor, at: datetime, pk: int, meeting: int, begins: datetime) -> int:
    booking = waiting.held(by=by, at=at, booking=Booking(pk=pk))
    if booking.state not in _HAVE_PLACES:
        return 0
    written = telling.tell(
        by=by, at=at, booking=booking, verb="reminder", cause=meeting, when=begins
    )
    if written:
        waiting.note(by=by, at=at, booking=booking, verb="reminded")
    return int(written)

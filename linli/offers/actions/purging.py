"""After its day nothing of a booking, or of a leave to be asked later, is left but a row that counts; the keys
went first (kernel).
"""

from datetime import datetime

from linli.kernel.actors import Actor, allow, system
from linli.offers.models import Booking, FollowUp, Wish

_BATCH = 500
_CALENDAR = system("purge")


def purge_bookings(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the bookings whose key is destroyed; return how many. May be stopped and repeated.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    purged, last = 0, 0
    due = Booking.objects.filter(purged_at=None, subject__destroyed_on__isnull=False).order_by("pk")
    # Behind the last: from the first again, each batch would pass by all that were purged before.
    while batch := list(due.filter(pk__gt=last).values_list("pk", flat=True)[:_BATCH]):
        last = batch[-1]
        Wish.objects.filter(booking__in=batch).delete()
        purged += Booking.objects.filter(pk__in=batch).update(
            name=None,
            contact=None,
            note=None,
            reply_language=None,
            secret="",
            once="",
            purged_at=at,
        )
    return purged


def purge_follow_ups(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the leaves to be asked later whose key is destroyed; return how many. May be stopped and repeated.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    purged = 0
    due = FollowUp.objects.filter(purged_at=None, subject__destroyed_on__isnull=False)
    while batch := list(due.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        rows = FollowUp.objects.filter(pk__in=batch)
        purged += rows.update(contact=None, reply_language=None, purged_at=at)
    return purged

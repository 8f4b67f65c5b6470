"""Tell whoever left a contact that talks with employers are proposed to them: a letter at a time, each once."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, Min, OuterRef, Value
from django.db.models.functions import Cast, Concat

from linli.kernel.actors import Actor, allow
from linli.kernel.models import Message
from linli.offers.actions import telling
from linli.offers.models import Interview

_VERB = "talks"


def tell_talks(*, by: Actor, at: datetime, limit: int = 1000) -> int:
    """Write the letters about proposed talks that are not written yet; return how many.

    One for the timetable, and one more for each talk that is proposed later. Each is a transaction of its
    own: a fair of thousands holds nobody up.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    once = Concat(OuterRef("booking__code"), Value(f" {_VERB} "), Cast(OuterRef("pk"), CharField()))
    later = Interview.objects.filter(booking=OuterRef("booking"), pk__gt=OuterRef("pk"))
    talks = Interview.objects.filter(
        ~Exists(later),
        ~Exists(Message.objects.filter(once=once)),
        state=Interview.PROPOSED,
        starts_at__gt=at,
        booking__contact__isnull=False,
        booking__ended_at=None,
        booking__purged_at=None,
    )
    due = talks.select_related("booking__subject").order_by("pk")[:limit]
    return sum(_told(by, at, talk) for talk in due)


@transaction.atomic
def _told(by: Actor, at: datetime, talk: Interview) -> int:
    booking = talk.booking
    if booking is None:
        return 0
    proposed = booking.interviews.filter(state=Interview.PROPOSED, starts_at__gt=at)
    first = proposed.aggregate(first=Min("starts_at"))["first"]
    return telling.tell(by=by, at=at, booking=booking, verb=_VERB, cause=talk.pk, when=first)

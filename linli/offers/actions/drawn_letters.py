"""Tell whoever left a contact what their lot says: after the draw, a letter at a time, each once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from linli.kernel.actors import Actor, allow
from linli.kernel.models import Message
from linli.offers.actions import telling
from linli.offers.models import BookingStep

_VERBS = ("drawn", "queued", "lost")
_WITHIN = timedelta(days=1)  # whoever could not be told for a day looks it up


def tell_lots(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Write the letters about draws of the last day that are not written yet; return how many.

    A draw of thousands holds nobody up: each letter is a transaction of its own, and the next call goes on.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    once = Concat(
        OuterRef("booking__code"), Value(" "), OuterRef("verb"), Value(" "),
        Cast(OuterRef("pk"), CharField()),
    )  # fmt: skip
    steps = BookingStep.objects.filter(
        ~Exists(Message.objects.filter(once=once)),
        verb__in=_VERBS,
        at=F("booking__session__draw__drawn_at"),
        at__gt=at - _WITHIN,
        booking__contact__isnull=False,
        booking__purged_at=None,
    )
    due = steps.select_related("booking__subject").order_by("pk")[:limit]
    return sum(_told(by, at, step) for step in due)


@transaction.atomic
def _told(by: Actor, at: datetime, step: BookingStep) -> int:
    return telling.tell(by=by, at=at, booking=step.booking, verb=step.verb, cause=step.pk)

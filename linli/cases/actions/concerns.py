"""Concerns, counted when their case is asked: about which thing of another engine, in which month, no more."""

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from linli.cases.models import ConcernCount
from linli.cases.rules.concerns import is_concern
from linli.kernel.actors import Actor


def count_concern(*, by: Actor, at: datetime, about: str) -> None:
    """Count one concern, whoever has it; what is no name of a thing elsewhere is not counted.

    Refuses: nothing; who calls has asked already.
    """
    if not is_concern(about):
        return
    month = localdate(at).replace(day=1)
    # Whoever comes second finds the row of whoever came first, and adds to it.
    ConcernCount.objects.bulk_create(
        [ConcernCount(about=about, month=month)], ignore_conflicts=True
    )
    ConcernCount.objects.filter(about=about, month=month).update(count=F("count") + 1)

"""Places are given and given back here alone, each time by one statement, behind which the row's own
constraint stands. Called inside the transaction of the deed.
"""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Greatest

from linli.kernel.actors import Actor
from linli.offers.models import Session
from linli.offers.rules.places import DOORS


def give(
    *, by: Actor, at: datetime, session: Session, door: str, size: int, waited: bool = False
) -> bool:
    """Take so many places for a door if they are free for it; say whether they were.

    Where others wait, only who waited gets any. Refuses: nothing; who calls has asked already.
    """
    ours = F(f"taken_{door}") + size
    others = [one for one in DOORS if one != door]
    taken = sum((F(f"taken_{one}") for one in others), start=ours)
    kept = sum((Greatest(f"taken_{one}", f"floor_{one}") for one in others), start=ours)
    released = Q(floors_until=None) | Q(floors_until__lte=at)
    fits = Q(capacity__gte=kept) | (released & Q(capacity__gte=taken))
    rows = Session.objects.filter(fits, pk=session.pk, cancelled_at=None)
    if not waited:
        rows = rows.filter(queue=0)
    return rows.update(**{f"taken_{door}": ours}) == 1


def give_back(*, by: Actor, at: datetime, session: Session, door: str, size: int) -> None:
    """Put places back that a booking had.

    Refuses: nothing; who calls has asked already.
    """
    Session.objects.filter(pk=session.pk).update(**{f"taken_{door}": F(f"taken_{door}") - size})


def queue_up(*, by: Actor, at: datetime, session: Session, change: int) -> None:
    """Count who waits: one more (1) or one less (-1).

    Refuses: nothing; who calls has asked already.
    """
    Session.objects.filter(pk=session.pk).update(queue=F("queue") + change)

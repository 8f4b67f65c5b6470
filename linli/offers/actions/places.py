"""Places are given and given back here alone, each time by one statement, behind which the row's own
constraint stands. Called inside the transaction of the deed.
"""

from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import F

from linli.kernel.actors import Actor
from linli.offers.models import Session
from linli.offers.rules.places import DOORS

_GIVEN = """
    UPDATE offers_session SET taken_{door} = taken_{door} + %s
    WHERE id = %s AND cancelled_at IS NULL AND {turn} AND (
        capacity >= taken_{door} + %s + {kept}
        OR (floors_until IS NULL OR floors_until <= %s) AND capacity >= taken_{door} + %s + {taken}
    )
"""


def give(
    *, by: Actor, at: datetime, session: Session, door: str, size: int, waited: bool = False
) -> bool:
    """Take so many places for a door if they are free for it; say whether they were.

    Where others wait, only who waited gets any. Refuses: nothing; who calls has asked already.
    """
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:  # the hottest row of all: no query is put together anew
        cursor.execute(
            _given(connection.vendor, door, waited=waited), [size, session.pk, size, moment, size]
        )
        return bool(cursor.rowcount == 1)


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


@cache
def _given(vendor: str, door: str, *, waited: bool) -> str:
    """Return the statement for a door, which is one of ours: nothing that anybody typed stands in it."""
    greatest = "GREATEST" if vendor == "postgresql" else "MAX"
    others = [one for one in DOORS if one != door]
    return _GIVEN.format(
        door=door,
        turn="TRUE" if waited else "queue = 0",
        kept=" + ".join(f"{greatest}(taken_{one}, floor_{one})" for one in others),
        taken=" + ".join(f"taken_{one}" for one in others),
    )

"""What public pages of food supervision are made of: the mark of its rows, and until when the clock leaves them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.utils.timezone import localdate

from linli.kernel.clock import now
from linli.kernel.editions import edition_of
from linli.trace.models import PermitStep
from linli.trace.queries.permits import begins
from linli.ui.kept import State

EDITION: Final = "food"  # triggers of migration 0005 make its mark new, whoever writes


def standing_food() -> State | None:
    """Return the state of food supervision, None while nobody has written in it: one query.

    It turns at midnight, as the last days of permits and goods do, and when a permit does that was told to.
    """
    mark, at = edition_of(EDITION), now()
    if not mark:
        return None
    turns = _turns(mark, localdate(at))
    return State(mark, next(turn for turn in turns if turn > at))


@lru_cache(maxsize=4)
def _turns(_mark: str, today: date) -> tuple[datetime, ...]:
    """Return the moments of this day at which a permit turns, and its end."""
    since, until = begins(today), begins(today + timedelta(days=1))
    told = PermitStep.objects.filter(from_at__gt=since, from_at__lt=until)
    return (*told.order_by("from_at").values_list("from_at", flat=True), until)

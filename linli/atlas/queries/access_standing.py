"""What pages of ways are made of: the directory's rows, grounds and buses, and the half hour of the day."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localtime

from linli.directory.queries.standing import EDITION as DIRECTORY
from linli.kernel.clock import now
from linli.kernel.editions import editions_of
from linli.ui.kept import State

EDITION: Final = "access"
HALF_HOUR: Final = 30


def standing_access() -> State | None:
    """Return the state of the ways, None while the directory or every ground is empty: one query.

    It turns with every half hour: the page that is asked for no hour tells of the one that it is.
    """
    marks = editions_of(DIRECTORY, EDITION)
    return State("-".join(marks.values()), turn()) if all(marks.values()) else None


def turn() -> datetime:
    """Return when the half hour ends that it is now."""
    here = localtime(now())
    begun = here.replace(minute=here.minute // HALF_HOUR * HALF_HOUR, second=0, microsecond=0)
    return begun + timedelta(minutes=HALF_HOUR)

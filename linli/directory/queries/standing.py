"""What public pages of the directory are made of: the edition of its rows, and the stretch of the day."""

from collections.abc import Callable
from datetime import time
from functools import lru_cache, wraps
from typing import TypeVar

from django.utils.timezone import localtime

from linli.directory.models import Schedule
from linli.directory.rules.turning import next_turn
from linli.kernel.clock import now
from linli.kernel.editions import edition_of, editions_of
from linli.ui.kept import State

EDITION = "directory"
APPOINTMENTS = "appointments"  # what is free at windows: it changes by the minute, on few pages
T = TypeVar("T")


def standing_directory() -> State | None:
    """Return the directory's state, None while nobody has written in it: one query."""
    mark = edition_of(EDITION)
    return State(mark, next_turn(_turns(mark), localtime(now()))) if mark else None


def standing_windows() -> State | None:
    """Return the state of pages that also tell which appointments are free: one query."""
    marks = editions_of(EDITION, APPOINTMENTS)
    if not marks[EDITION]:
        return None
    until = next_turn(_turns(marks[EDITION]), localtime(now()))
    return State("-".join(marks.values()), until)


def once_an_edition(ask: Callable[[], T]) -> Callable[[], T]:
    """Ask once for each edition of the directory, and give everybody the same answer: nobody changes it."""

    @lru_cache(maxsize=1)
    def asked(_mark: str) -> T:
        return ask()

    @wraps(ask)
    def answered() -> T:
        mark = edition_of(EDITION)
        return asked(mark) if mark else ask()

    return answered


@lru_cache(maxsize=2)
def _turns(mark: str) -> tuple[time, ...]:
    """Return the hours of the day at which any place opens or closes, as of this edition."""
    hours = Schedule.objects.order_by().values_list("opens_at", "closes_at").distinct()
    return tuple(sorted({hour for both in hours for hour in both}))

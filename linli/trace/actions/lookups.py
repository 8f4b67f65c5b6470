"""Look-ups, counted: so many a day with such an answer. Of what, by whom and from where is never known.

Counted in memory, written by the minute, so that a look costs no write; what a process that dies had not written yet
is lost, which a coarse counter may be.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Final

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from linli.kernel.actors import Actor, allow
from linli.trace.models import LookupCount

_EVERY: Final = timedelta(minutes=1)


class Tally:
    """What was counted since it was written last."""

    def __init__(self) -> None:
        self._turn, self._since = Lock(), datetime.min.replace(tzinfo=UTC)
        self._counts: Counter[tuple[date, str]] = Counter()

    def add(self, kind: str, at: datetime) -> bool:
        """Count one; say whether it is time to write."""
        with self._turn:
            self._counts[localdate(at), kind] += 1
            due = abs(at - self._since) >= _EVERY
            if due:
                self._since = at
            return due

    def taken(self) -> Counter[tuple[date, str]]:
        """Take what was counted."""
        with self._turn:
            counts, self._counts = self._counts, Counter()
            return counts

    def put_back(self, counts: Counter[tuple[date, str]]) -> None:
        """Put back what could not be written."""
        with self._turn:
            self._counts += counts


tally = Tally()


def count_lookup(*, by: Actor, at: datetime, kind: str) -> None:
    """Count one look-up that got this kind of answer; it is written within a minute of looks.

    Refuses: not_allowed for everybody but the system, which counts.
    """
    allow(by)
    if tally.add(kind, at):
        write_lookups(by=by, at=at)


def write_lookups(*, by: Actor, at: datetime) -> None:
    """Write what was counted; while nobody can write, whatever `at`, it waits in memory.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    counts = tally.taken()
    try:
        with transaction.atomic():
            for (day, kind), count in sorted(counts.items()):
                _add(day, kind, count)
    except OperationalError:  # the database is busy: somebody's answer does not wait for a counter
        tally.put_back(counts)


def _add(day: date, kind: str, count: int) -> None:
    # Whoever comes second finds the row of whoever came first, and adds to it.
    first = LookupCount(day=day, kind=kind, count=0)
    LookupCount.objects.bulk_create([first], ignore_conflicts=True)
    LookupCount.objects.filter(day=day, kind=kind).update(count=F("count") + count)

"""Where public pages are read: at a standby, when there is one that is not behind; else where everything is written.

What everybody gets alike may be some seconds old. Whoever is known, and whatever writes, asks the first database.
A standby that is down or too far behind is passed by; one that fails in the midst of a page too: it is made again.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from threading import Lock
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
NAME: Final = "replica"
_EACH, _LEFT_ALONE = 1, 10  # seconds between two looks; after it has failed
_here: ContextVar[bool] = ContextVar("linli_reads_a_replica", default=False)


class Router:
    """Django's question which database a row is read from."""

    def db_for_read(self, model: type, **hints: object) -> str:
        """Return the replica for as long as something is read there. A row that came from it belongs to it no longer."""
        return NAME if _here.get() else "default"

    def db_for_write(self, model: type, **hints: object) -> str:
        """Return the first database: nothing is ever written elsewhere."""
        return "default"

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Allow it: both are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Allow it in the first database alone: the replica follows."""
        return db != NAME


class Watch:
    """What one process knows of the replica: when it was last seen to have everything that was written until then.

    `written` and `replayed` say how far the first database and the replica are; `replayed` None when it is none.
    """

    def __init__(
        self,
        written: Callable[[], int],
        replayed: Callable[[], int | None],
        most: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._written, self._replayed, self._most, self._clock = written, replayed, most, clock
        self._turn, self._next = Lock(), float("-inf")
        self._sought: tuple[float, int] | None = None  # how far was written at that time
        self._had: float | None = None

    def age(self) -> float | None:
        """Return for how many seconds the replica may have missed something; None when it is of no use."""
        at = self._clock()
        # One looks; the others go by what it found last.
        if at >= self._next and self._turn.acquire(blocking=False):
            try:
                self._look(at)
            finally:
                self._turn.release()
        return None if self._had is None else self._clock() - self._had

    def fit(self) -> bool:
        """Say whether pages may be read there now."""
        age = self.age()
        return age is not None and age <= self._most

    def pass_by(self) -> None:
        """Leave it alone for a while: it has failed."""
        self._had, self._sought, self._next = None, None, self._clock() + _LEFT_ALONE

    def _look(self, at: float) -> None:
        self._next = at + _EACH
        try:
            now = (at, self._written())
        except DatabaseError:
            return  # how old it is by now, nobody can say: what is known of it grows old
        try:
            replayed = self._replayed()
        except DatabaseError:
            replayed = None
        if replayed is None:
            self.pass_by()
            return
        # Under load it never has the very last word: then it is judged by what it lacked when it was looked at before.
        for one in filter(None, (self._sought, now)):
            if replayed >= one[1]:
                self._had, self._sought = one[0], None
            else:
                self._sought = one
                break


def from_replica(deed: Callable[[], T]) -> T:
    """Do what reads alone, and may be done twice, at the replica when it is fit; else where everything is written."""
    if NAME not in settings.DATABASES or not watch().fit():
        return deed()
    kept = _here.set(True)
    try:
        return deed()
    except DatabaseError:
        watch().pass_by()
    finally:
        _here.reset(kept)
    return deed()


def line() -> BaseDatabaseWrapper:
    """Return the connection by which what is read now is read: for whoever asks in SQL of their own."""
    return connections[NAME if _here.get() else "default"]


@cache
def watch() -> Watch:
    """Return what this process knows of the replica."""
    return Watch(_written, _replayed, settings.REPLICA_SECONDS)


def behind(patience: float) -> float | None:
    """Return how many seconds the replica took to have what is written now; None when it has not by then, or is none."""
    began = time.monotonic()
    try:
        aim = _written()
        while (replayed := _replayed()) is not None and time.monotonic() - began <= patience:
            if replayed >= aim:
                return time.monotonic() - began
            time.sleep(0.1)
    except DatabaseError:
        connections[NAME].close()
    return None


def _written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (pg_current_wal_lsn() - '0/0')::bigint")
        return int(cursor.fetchone()[0])


def _replayed() -> int | None:
    """Return how far it is. One that was made the first is no replica any more: it goes its own way."""
    with connections[NAME].cursor() as cursor:
        cursor.execute(
            "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint WHERE pg_is_in_recovery()"
        )
        found: Any = cursor.fetchone()
    return int(found[0]) if found else None

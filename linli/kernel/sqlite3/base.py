"""SQLite as Django has it, but the threads of a process that write take turns.

SQLite lets one write at a time. Who finds the door shut asks again after naps of up to a tenth of a second, in
which nobody writes; threads that wait for each other here are woken at once. Between processes it is as before.
"""

from collections import defaultdict
from threading import Lock
from typing import Any

from django.db.backends.sqlite3 import base

from linli.kernel.sqlite3.schema import SchemaEditor

_PATIENCE = 5  # seconds, as SQLite has it
_DOORS: defaultdict[str, Lock] = defaultdict(Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to SQLite."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._door: Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        door = _DOORS[str(self.settings_dict["NAME"])]
        # Who has waited so long is refused by SQLite itself, in its own words.
        if door.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", _PATIENCE)):
            self._door = door
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def commit(self) -> None:
        """Commit, and let the next one write."""
        super().commit()
        self._leave()

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        """Close, and let the next one write."""
        try:
            super().close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._door is not None:
            self._door.release()
            self._door = None

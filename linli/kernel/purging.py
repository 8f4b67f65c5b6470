"""The purge: each engine's tasks.py says in PURGES what it removes on its day; the kernel's keys go
first. Then, on SQLite, nothing of it is left in the files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule

from linli.kernel.keystore import store


@dataclass(frozen=True, slots=True)
class Purge:
    """One thing that goes on its day; run(at) may be stopped and repeated, and says how many went."""

    name: str
    run: Callable[[datetime], int]


def declared() -> Iterator[Purge]:
    """Yield what every installed engine removes, the kernel's first."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("linli.")]
    for app in sorted(ours, key=lambda app: app.name != "linli.kernel"):
        if module_has_submodule(app.module, "tasks"):
            yield from getattr(import_module(f"{app.name}.tasks"), "PURGES", ())


def scrub() -> bool:
    """Rewrite the files so that what was removed is in none of them. False: others are reading, try again.

    PostgreSQL keeps its own files; there, and in every backup, what identifies a person is sealed.
    """
    scrubbed = store().scrub()
    if connection.vendor != "sqlite":
        return scrubbed
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return scrubbed and not busy

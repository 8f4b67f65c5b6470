"""What every world begins from: the real tables in memory, a town in them, a key store; put back for each seed."""

import gc
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday


@contextmanager
def prepared():
    """Yield the ground: tables as the migrations make them, in this process's memory and nowhere else.

    Once in a process: Django's settings name the home, and stay. RuntimeError the second time.
    """
    from django.apps import apps

    if apps.ready:
        message = "this process has a ground already"
        raise RuntimeError(message)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="linli-worlds-", dir=memory))
    os.environ |= {
        "LINLI_HOME": str(home),
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
    }
    os.environ.pop("LINLI_DEMO", None)
    import django

    django.setup()
    try:
        yield Ground(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Ground:
    """One town at rest; `begin` brings database and key store back to it."""

    def __init__(self, home):
        import time_machine
        from django.conf import settings
        from django.db import connection

        settings.EMAIL_HOST = "mail.example"
        settings.EMAIL_BACKEND = "tests.simulation.post.Server"
        _keep_quiet()
        self.home, self.town = home, {}
        connection.ensure_connection()
        self.clock = time_machine.travel(NOON, tick=False)
        self._make_tables(connection)

    @contextmanager
    def settled(self, settlers):
        """Let each engine settle its part of the town, by its own actions; what is there then is every world's."""
        from django.db import connection

        from linli.kernel.keystore import store
        from tests.simulation.chance import from_seed

        with from_seed("town"), self.clock as self.travel:
            for settler in settlers:
                self.town |= settler(NOON)
            (self.home / "keys").mkdir(exist_ok=True)
            tables, keys = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
            with closing(tables), closing(keys):
                connection.connection.backup(tables)
                store()._open.backup(keys)
                self.tables, self.keys = tables, keys
                yield self

    def begin(self):
        """Put everything back to the town at rest."""
        from django.db import connection

        from linli.kernel.keystore import store
        from linli.kernel.limits import forget_all
        from tests.simulation import post

        if connection.in_atomic_block:
            message = "a world ended inside a transaction"
            raise RuntimeError(message)
        connection.run_on_commit = []
        connection.connection.execute("PRAGMA ignore_check_constraints = 0")
        _copy(self.tables, connection.connection)
        keys = store()
        _copy(self.keys, keys._open)
        # How many keys it makes ahead depends on how fast it is asked.
        keys._spare, keys._wanted = {}, lambda: 1
        for name in ("log.signed", "log.past"):
            (self.home / "keys" / name).unlink(missing_ok=True)
        shutil.rmtree(self.home / "keys" / "draws", ignore_errors=True)
        forget_all()
        post.TAKEN.clear()
        post.DOWN.clear()

    def is_at(self, moment):
        """Let everybody who asks for the time hear this."""
        self.travel.move_to(moment, tick=False)

    def _make_tables(self, connection):
        from django.core.management import call_command

        from tests.town import tables

        kept = self.home / "tables.sqlite3"
        if tables.first_or_copied(kept):
            with closing(sqlite3.connect(kept)) as made:
                made.backup(connection.connection)
        else:
            call_command("migrate", verbosity=0)
            tables.keep(connection)


class _Held(Exception):
    """Somebody still reads there."""


def _copy(source, target):
    """Put one database in the place of another. A query that an error has left open would be waited for, for ever."""

    def waited(status, _left, _of):
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _Held

    try:
        source.backup(target, progress=waited, sleep=0)
    except _Held:
        gc.collect()
        source.backup(target, progress=waited, sleep=0)


def _keep_quiet():
    import logging

    logging.disable(logging.CRITICAL)

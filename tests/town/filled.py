"""The demo, filled once for all processes of a run: each begins with a copy of its database, files and keys."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.db import connection
from django.test import override_settings

# Of the whole run: the processes that do its tests are told by their parent.
FOLDER = "LINLI_TEST_DEMO"
_BESIDE = ("files", "keys")


def begin_run():
    """Make the place of the copy, once for a run."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="linli-demo-")


def end_run():
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


@contextmanager
def demo(home, at):
    """The demo of size 1 in SQLite's test database, which nobody else uses meanwhile, with a home of its own."""
    from linli.demo import town
    from tests.town import tables
    from tests.town.once import plain

    folder = Path(os.environ[FOLDER])
    with override_settings(**plain(), KEYS=home / "keys", MEDIA_ROOT=home / "files"):
        try:
            with (folder / "door").open("w") as door:
                flock(door, LOCK_EX)
                if (folder / "demo.sqlite3").exists():
                    _copy(folder, home)
                else:
                    town.fill(size=1, at=at)
                    _keep(home, folder)
            yield
        finally:
            tables.begin_anew(connection)


def _keep(home, folder):
    for name in _BESIDE:
        if (home / name).exists():
            shutil.copytree(home / name, folder / name)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "demo.sqlite3")])


def _copy(folder, home):
    for name in _BESIDE:
        if (folder / name).exists():
            shutil.copytree(folder / name, home / name)
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "demo.sqlite3")) as kept:
        kept.backup(connection.connection)

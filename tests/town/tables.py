"""The tables as the migrations make them on SQLite: made once, copied for every run and every server of a test.

A minute of work in each run otherwise. What they are made of says which ones they are: another migration,
other tables.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_DOORS = []
# What the migrations fill themselves.
_KEPT = {"auth_permission", "django_content_type", "django_migrations"}


@cache
def made():
    """Return where these tables are kept, or will be."""
    of = [
        *ROOT.glob("linli/*/migrations/*.py"),
        *(ROOT / f"linli/kernel/{name}.py" for name in ("follows", "never")),
    ]
    read = sha256()
    for path in [*sorted(of), ROOT / "uv.lock"]:
        read.update(path.read_bytes())
    return ROOT / "build" / f"tables-{read.hexdigest()[:16]}.sqlite3"


def copied(to):
    """Put the tables at a path, if they were made already; say whether they were."""
    Path(to).parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.copyfile(made(), to)
        return True
    return False


def first_or_copied(to):
    """The same, for who would make them: who finds none makes them, and the others wait until `keep`."""
    made().parent.mkdir(exist_ok=True)
    door = made().with_suffix(".door").open("w")
    flock(door, LOCK_EX)
    _DOORS.append(door)
    if copied(to):
        _DOORS.pop().close()
        return True
    return False


def begin_anew(connection):
    """Bring a database back to tables in which nothing has happened yet, after a test that committed."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(made())) as kept:
            kept.backup(connection.connection)
        return
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in _KEPT]
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names
            )
        )
        # One statement, so that it needs no order: neither keys nor triggers are asked.
        deletes = "; ".join(f"DELETE FROM {name}" for (name,) in cursor.fetchall())
        cursor.execute(
            f"SET session_replication_role = replica; {deletes}; RESET session_replication_role"
        )


def keep(connection):
    """Keep the tables of a database in which nothing has happened yet."""
    aside = made().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(aside)])
    for older in made().parent.glob("tables-*.sqlite3"):
        older.unlink(missing_ok=True)
    aside.replace(made())
    while _DOORS:
        _DOORS.pop().close()

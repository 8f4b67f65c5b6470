"""A whole copy of the database while the site works, and a copy put back: SQLite's online backup, pg_dump's own form.

Each copy is one moment's; what is counted of it is counted of that same moment.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from linli.kernel.backups.counted import Counted, counted

MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_PAGES = 2000  # copied at a time; between two steps writers have their turn
_SCRATCH = "linli_drill"


class CannotCopy(Exception):
    """The database's own program says no; its words."""


def copy_database(to: Path) -> Counted:
    """Write a copy to a file and return what it holds."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(str(connection.settings_dict["NAME"]), to)
    return _copy_postgresql(to)


def count_copy(copy: Path, vendor: str) -> Counted:
    """Restore a copy into a scratch database of its own, count it, and remove that again."""
    if vendor == "sqlite":
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as database:
            [(said,)] = database.execute("PRAGMA integrity_check")
            if said != "ok":
                raise CannotCopy(str(said))
            return counted(database.execute, "sqlite")
    with _scratch() as name:
        _run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", name, str(copy))
        with psycopg.connect(**_reached(name)) as database:
            database.execute("SET statement_timeout = 0")
            return counted(lambda asked: database.execute(asked.encode()), "postgresql")


def put_back(copy: Path) -> None:
    """Put a copy in the place of the database of the settings, which must be empty or not there."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{place.name}.restored")
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(beside)) as target:
            source.backup(target)
        for ending in ("", "-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        beside.replace(place)
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    _run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", name, str(copy))


def is_empty() -> bool:
    """Say whether the database of the settings has no table yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def _copy_sqlite(name: str, to: Path) -> Counted:
    uri = name if name.startswith("file:") else f"file:{name}?mode=ro"
    source, target = sqlite3.connect(uri, uri=True, timeout=30), sqlite3.connect(to)
    with closing(source), closing(target):
        source.backup(target, pages=_PAGES, sleep=0.01)
        # The copy is one file, with no log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    return count_copy(to, "sqlite")


def _copy_postgresql(to: Path) -> Counted:
    with psycopg.connect(**_reached()) as database:
        # It holds the snapshot still for as long as the other program reads: a night, if need be.
        database.execute("SET idle_in_transaction_session_timeout = 0")
        database.execute("SET statement_timeout = 0")
        database.commit()
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [[snapshot]] = database.execute("SELECT pg_export_snapshot()")
        given = ("--format", "custom", "--no-owner", "--snapshot", str(snapshot), "--file", str(to))
        _run("pg_dump", *given, str(connection.settings_dict["NAME"]))
        return counted(lambda asked: database.execute(asked.encode()), "postgresql")


@contextmanager
def _scratch() -> Iterator[str]:
    """Make an empty database for one trial, and drop it."""
    name = f"{_SCRATCH}_{os.getpid()}"
    with psycopg.connect(**_reached(), autocommit=True) as database:
        named = sql.Identifier(name)
        database.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(named))
        database.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
        try:
            yield name
        finally:
            database.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))


def _reached(name: str = "") -> dict[str, Any]:
    """Return how the database is reached: this one, or another of the same server."""
    given = connection.get_connection_params()
    names = (one.keyword.decode() for one in psycopg.pq.Conninfo.get_defaults())
    return {key: given[key] for key in names if key in given} | ({"dbname": name} if name else {})


def _run(program: str, *given: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where no list of processes shows it."""
    said, env = _reached(), dict(os.environ)
    for one in psycopg.pq.Conninfo.get_defaults():
        if one.envvar and one.keyword.decode() in said:
            env[one.envvar.decode()] = str(said[one.keyword.decode()])
    try:
        done = subprocess.run([program, *given], env=env, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise CannotCopy(f"{program} is not installed here") from None
    if done.returncode:
        said_so = done.stderr.decode(errors="replace").strip().splitlines()
        # What it could not do comes first, then the whole statement.
        raise CannotCopy(next((one for one in said_so if "error:" in one), said_so[-1])[:300])

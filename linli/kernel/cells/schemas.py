"""The schemas of cells, as PostgreSQL or Citus has them: which there are, where each lies, whether it is behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

MARK = "linli cell"  # the comment on a schema that is ours

_CELLS = """
    SELECT nspname FROM pg_namespace
    WHERE obj_description(oid, 'pg_namespace') = %s ORDER BY nspname
"""
_LIE = {
    False: """
        SELECT n.nspname, '', sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' GROUP BY 1
    """,
    True: """
        SELECT n.nspname, string_agg(DISTINCT s.nodename || ':' || s.nodeport, ', '), sum(s.shard_size)::bigint
        FROM citus_shards s JOIN pg_class c ON c.oid = s.table_name JOIN pg_namespace n ON n.oid = c.relnamespace
        GROUP BY 1
    """,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it lies there: on which server, how large, and which changes of tables it has."""

    name: str
    worker: str  # "" for this server
    size: int  # bytes
    applied: int
    waiting: int  # of this version, not in it yet
    unknown: int  # in it, of a newer version


def cells() -> list[Cell]:
    """Return all cells of this database, in order of their names."""
    known = set(MigrationLoader(None).disk_migrations)
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [MARK])
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(_LIE[is_distributed()])
        lie = {name: (worker, size) for name, worker, size in cursor.fetchall()}
    found = []
    for name in names:
        applied, (worker, size) = applied_in(name), lie.get(name, ("", 0))
        waiting, unknown = len(known - applied), len(applied - known)
        found.append(Cell(name, worker, size or 0, len(applied), waiting, unknown))
    return found


def applied_in(cell: str) -> set[tuple[str, str]]:
    """Return the changes of tables that a cell has; of one that has only begun, none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{cell}.django_migrations"])
        if cursor.fetchone() == (None,):
            return set()
        cursor.execute(
            sql.SQL("SELECT app, name FROM {}.django_migrations").format(sql.Identifier(cell))
        )
        return set(cursor.fetchall())


def is_distributed() -> bool:
    """Say whether this PostgreSQL is the coordinator of a Citus cluster."""
    return _one("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')") is True


def lets_triggers() -> bool:
    """Say whether Citus lets tables have triggers: a setting of the whole cluster."""
    return _one("SELECT current_setting('citus.enable_unsafe_triggers', true)") == "on"


def exists(name: str) -> bool:
    """Say whether there is a schema of this name, whosever it is."""
    return _one("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = %s)", name) is True


def is_cell(name: str) -> bool:
    """Say whether there is a cell of this name."""
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [MARK])
        return (name,) in cursor.fetchall()


@contextmanager
def alone_with(name: str) -> Iterator[bool]:
    """Keep a cell from being made twice at a time; yields whether nobody else is at it."""
    lock = f"{MARK} {name}"
    mine = _one("SELECT pg_try_advisory_lock(hashtext(%s))", lock) is True
    try:
        yield mine
    finally:
        if mine:
            _one("SELECT pg_advisory_unlock(hashtext(%s))", lock)


def _one(asked: str, *given: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        row = cursor.fetchone()
        return row[0] if row else None

"""Making a cell, and moving one to another server. Made in steps that each may be done twice: broken off, it goes on."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from linli.kernel.cells import looking, naming, schemas
from linli.kernel.refusals import Refused

Say = Callable[[str], object]
_TOLD = ("search_path", "citus.allow_nested_distributed_execution")


def create(name: str, *, say: Say) -> None:
    """Make a cell, or go on with one that broke off: schema, folder, tables.

    Refuses: not_postgresql and within_cell for a database that holds no cells; bad_name; taken by a schema that is
    not ours; triggers_off when Citus lets no table have any; busy while somebody else makes it; broke_off.
    """
    _check(name)
    distributed = schemas.is_distributed()
    if distributed and not schemas.lets_triggers():
        raise Refused("triggers_off", _("Set citus.enable_unsafe_triggers to on, on all servers of the cluster, first."))  # fmt: skip
    with schemas.alone_with(name) as mine:
        if not mine:
            raise Refused("busy", _("Somebody is making this cell at the moment."))
        _make_schema(name, distributed=distributed, say=say)
        folder = naming.home(Path(settings.HOME), name)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        say(f"Folder: {folder}")
        _migrate(name, say=say)
        if distributed:
            count = tell_workers(name)
            say(f"Functions told where their tables are: {count}")


def move(name: str, worker: str, *, say: Say) -> None:
    """Move a cell to another worker of the cluster, while it is served.

    Refuses: not_postgresql; within_cell; bad_name; not_distributed on a PostgreSQL without Citus; unknown for what
    is no cell; bad_worker for an address that is none; not_moved with the cluster's own words.
    """
    _check(name)
    if not schemas.is_distributed():
        raise Refused("not_distributed", _("This PostgreSQL is one server: a cell is moved by Citus, or by backup and restore."))  # fmt: skip
    if not schemas.is_cell(name):
        raise Refused("unknown", _("There is no cell of this name."))
    host, _colon, port = worker.partition(":")
    if not host or not (port or "5432").isdecimal():
        raise Refused("bad_worker", _("A worker is named as HOST or HOST:PORT."))
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT citus_schema_move(%s::regnamespace, %s, %s)",
                [name, host, int(port or 5432)],
            )
    except DatabaseError as error:
        raise Refused("not_moved", str(error).strip().splitlines()[0]) from None
    say(f"{name} lies on {worker} now.")


def tell_workers(name: str) -> int:
    """Have functions of triggers that look at other tables find them on a worker; return how many do.

    A worker knows no search path of ours, and asks no table from within a statement unless it is told to. All
    tables of a cell lie on one worker.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(name)))
        beyond = [one.function for one in looking.triggers() if one.looks_at]
        for function in beyond:
            for setting, value in zip(_TOLD, (name, "on"), strict=True):
                cursor.execute(
                    sql.SQL("ALTER FUNCTION {}.{}() SET {} TO {}").format(
                        sql.Identifier(name), sql.Identifier(function), sql.SQL(setting), sql.Literal(value),
                    )
                )  # fmt: skip
    return len(beyond)


def _check(name: str) -> None:
    require_house()
    if not naming.is_plain(name):
        raise Refused("bad_name", _("A cell is named with small letters, digits and _, a letter first, at most 40."))  # fmt: skip


def require_house() -> None:
    """Refuses: not_postgresql; within_cell when the settings are those of one cell, not of the house."""
    if connection.vendor != "postgresql":
        raise Refused("not_postgresql", _("A cell is a schema of PostgreSQL. With SQLite, give each house a LINLI_HOME of its own."))  # fmt: skip
    if settings.CELL:
        raise Refused("within_cell", _("These are the settings of one cell: leave LINLI_CELL out."))


def _make_schema(name: str, *, distributed: bool, say: Say) -> None:
    if schemas.is_cell(name):
        say(f"Schema {name} is there: going on.")
        return
    if schemas.exists(name):
        raise Refused("taken", _("There is a schema of this name that is no cell."))
    with transaction.atomic(), connection.cursor() as cursor:
        if distributed:
            cursor.execute("SET LOCAL citus.enable_schema_based_sharding TO on")
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL("COMMENT ON SCHEMA {} IS {}").format(
                sql.Identifier(name), sql.Literal(schemas.MARK)
            )
        )
    say(f"Schema {name}: made.")


def _migrate(name: str, *, say: Say) -> None:
    """Make the tables in a process of its own: its settings are the cell's, to the last of them."""
    say("Tables: this takes a minute or two.")
    done = subprocess.run(
        [sys.executable, "-m", "linli", "migrate", "--verbosity", "0"],
        env=os.environ | {"LINLI_CELL": name, "LINLI_HOME": str(settings.HOME)},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [""]
        raise Refused("broke_off", _("The tables are not all made: %(said)s. The same command goes on.") % {"said": said[-1]})  # fmt: skip

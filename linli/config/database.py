"""The database, as the environment has it: how it is reached, by how many at once, and how long anything may wait.

A page gives up early, so that what is slow or stuck takes no thread from all others; a command does long work, and
gives up late. Which of the two a process is, `linli serve` and the door for servers say (LINLI_SERVES).
"""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url

from linli.kernel.cells import naming

REPLICA = "replica"
_PATIENCE = 20  # times longer than a page waits for a lock, a command does
_PAGE_CONNECTS, _COMMAND_CONNECTS = 2, 10  # seconds; a server with all hands full is slow to greet
# A machine that fell silent (no word, no goodbye) is given up after ten seconds, and the next of the URL is tried; the
# kernel alone would wait for a quarter of an hour. Seconds, but for tcp_user_timeout.
_LINE = {
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
Database = dict[str, Any]


def databases(home: Path, cell: str = "") -> dict[str, Database]:
    """Return Django's DATABASES: where everything is written, and where public pages may be read."""
    found = {
        "default": _tuned(dj_database_url.config(default=f"sqlite:///{home / 'linli.sqlite3'}"))
    }
    if replica := os.environ.get("LINLI_REPLICA_URL"):
        given = dj_database_url.parse(replica)
        if given["ENGINE"].endswith("sqlite3") or found["default"]["ENGINE"].endswith("sqlite3"):
            message = "LINLI_REPLICA_URL: only PostgreSQL has replicas"
            raise ValueError(message)
        found[REPLICA] = _tuned(given) | {"TEST": {"MIRROR": "default"}}
        options = found[REPLICA]["OPTIONS"]
        # Whatever becomes of it, nothing is written there; and when it does not answer, it is passed by at once.
        options["options"] += " -c default_transaction_read_only=on"
        options["connect_timeout"] = given["OPTIONS"].get("connect_timeout", _PAGE_CONNECTS)
        options.get("pool", {})["timeout"] = 2
    for one in found.values():
        _keep_within(one, cell)
    return found


def _keep_within(database: Database, cell: str) -> None:
    """Have each connection find the tables of one cell and of no other."""
    if cell and database["ENGINE"].endswith("sqlite3"):
        message = (
            "LINLI_CELL: only PostgreSQL has cells; with SQLite, LINLI_HOME tells houses apart"
        )
        raise ValueError(message)
    for name, value in naming.searched(cell).items():
        database["OPTIONS"]["options"] += f" -c {name}={value}"


def _tuned(given: Any) -> Database:  # noqa: ANN401 - the library's own dictionary
    database: Database = dict(given)
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        database |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        database["ENGINE"] = "linli.kernel.sqlite3"  # writers take turns
        # IMMEDIATE takes the write lock when a transaction begins: with DEFERRED, two readers that
        # both turn writer fail at once, whatever the timeout.
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        return database
    threads = int(os.environ.get("LINLI_SERVES", "0"))
    pool = int(os.environ.get("LINLI_POOL", str(threads))) if threads else 0
    # Kept for as long as the process lives, or lent by a pool for one request each.
    database |= {"CONN_MAX_AGE": 0 if pool else None, "CONN_HEALTH_CHECKS": True}
    options["options"] = " ".join(f"-c {name}={value}" for name, value in _set(threads).items())
    options.setdefault("application_name", _name(threads))
    greets = _PAGE_CONNECTS if threads else _COMMAND_CONNECTS
    database["OPTIONS"] = options = _LINE | {"connect_timeout": greets} | options
    if pool:
        # After an outage each attempt begins anew with the next who asks, not after a pause that has grown.
        options["pool"] = {
            "min_size": min(2, pool), "max_size": pool, "timeout": _lock(), "reconnect_timeout": 4,
        }  # fmt: skip
    return database


def _set(threads: int) -> dict[str, str]:
    """Return what each connection sets for itself."""
    page = float(os.environ.get("LINLI_STATEMENT_SECONDS", "30"))
    idle = float(os.environ.get("LINLI_IDLE_SECONDS", "120"))
    work = float(os.environ.get("LINLI_WORK_SECONDS", "3600"))
    waits = (page, _lock(), idle) if threads else (work, _lock() * _PATIENCE, max(work, idle))
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    # Compiling a query of the ledger takes ten times as long as answering it.
    limits = {
        name: f"{round(seconds * 1000)}ms" for name, seconds in zip(names, waits, strict=True)
    }
    return {"jit": "off"} | limits


def _lock() -> float:
    return float(os.environ.get("LINLI_LOCK_SECONDS", "3"))


def _name(threads: int) -> str:
    """Return what the database's own lists call us: the command, never a word of anybody's."""
    verb = next((word for word in sys.argv[1:2] if word.isidentifier()), "")
    return "linli pages" if threads else f"linli {verb}".strip()

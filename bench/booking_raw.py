"""The raw limit of booking: the same statements on the same tables' likes, behind the same server, without a framework.

A place is taken by one conditional statement; who gets it is written in the same transaction. Nothing is
sealed, checked, counted by door or answered twice.
"""

import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any

_here = threading.local()
_URL = os.environ["BENCH_RAW"]
_TAKE = "UPDATE bench_session SET taken = taken + 1 WHERE id = {} AND taken < capacity"
_WRITE = "INSERT INTO bench_booking (code, session_id, size) VALUES ({}, {}, 1)"
_TABLES = (
    """CREATE TABLE bench_session (id integer PRIMARY KEY, capacity integer NOT NULL,
    taken integer NOT NULL DEFAULT 0, CHECK (taken <= capacity))""",
    """CREATE TABLE bench_booking (code varchar(12) PRIMARY KEY, session_id integer NOT NULL,
    size integer NOT NULL)""",
)


def connection() -> Any:  # noqa: ANN401 - of either database
    """Return this thread's connection."""
    kept = getattr(_here, "connection", None)
    if kept is None:
        if _URL.endswith(".sqlite3"):
            kept = sqlite3.connect(_URL, isolation_level=None, timeout=30)
            kept.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        else:
            import psycopg  # noqa: PLC0415 - where there is PostgreSQL

            kept = psycopg.connect(_URL, autocommit=True)
        _here.connection = kept
    return kept


def prepare(sizes: list[int]) -> None:
    """Make the tables, and sessions 1, 2, … of so many places."""
    database, mark = connection(), _mark()
    for table in _TABLES:
        database.execute(table)
    for number, size in enumerate(sizes, 1):
        statement = f"INSERT INTO bench_session (id, capacity) VALUES ({mark}, {mark})"
        database.execute(statement, (number, size))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Book one place of the session whose number the address ends with."""
    json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
    code = _booked(int(environ["PATH_INFO"].rpartition("/")[2]))
    body = json.dumps({"code": code}).encode()
    head = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("201 Created" if code else "409 Conflict", head)
    return [body]


def _booked(session: int) -> str:
    database, mark, code = connection(), _mark(), secrets.token_urlsafe(6)
    database.execute("BEGIN IMMEDIATE" if mark == "?" else "BEGIN")
    taken = database.execute(_TAKE.format(mark), (session,)).rowcount == 1
    if taken:
        database.execute(_WRITE.format(mark, mark), (code, session))
    database.execute("COMMIT" if taken else "ROLLBACK")
    return code if taken else ""


def _mark() -> str:
    return "?" if _URL.endswith(".sqlite3") else "%s"

"""A part of `make growth`: one table that grows, what is asked of it, and rows written by sets in both databases' words.

Rows are copies of one that the actions made, with other numbers: every constraint and trigger stays on, unless a part
says otherwise.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from linli.kernel.subjects import destroy_due

Question = Callable[[int], object]


class Part(NamedTuple):
    """One table: how many rows are there, how more come, what is asked, taken in and purged, and where it lies.

    `fill` writes the rows with the numbers from the first (left out) to the last. `bring` and `purge` return how many
    rows they moved; what they did is taken back. `tables`: with the first, all that grow with it.
    """

    name: str
    tables: tuple[str, ...]
    ready: Callable[[], None]
    there: Callable[[], int]
    fill: Callable[[int, int], None]
    questions: Callable[[int], dict[str, Question]]
    brings: str
    bring: Callable[[int], tuple[int, Callable[[], object]]]
    due: Callable[[int, int], Callable[[], int]] | None = None


def on_postgres() -> bool:
    """Say which of the two it is."""
    return connection.vendor == "postgresql"


def execute(words: str, *given: str | int) -> list[tuple[Any, ...]]:
    """Run one statement; return its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(words, given or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        return rows


def series(above: int, until: int) -> str:
    """Return a table `series` of the numbers `n` above the first until the last."""
    if on_postgres():
        return f"generate_series({above + 1}::bigint, {until}::bigint) AS series (n)"
    return (
        f"(WITH RECURSIVE up (n) AS (SELECT {above + 1} UNION ALL SELECT n + 1 FROM up WHERE n < {until})"
        " SELECT n FROM up) AS series"
    )


def in_hex(number: str, width: int) -> str:
    """Return a number as that many hexadecimal digits."""
    if on_postgres():
        return f"lpad(to_hex({number}), {width}, '0')"
    return f"printf('%0{width}x', {number})"


def later(base: str, count: str, of: str) -> str:
    """Return the day so many days or years (`of`: "day", "year") after another."""
    if on_postgres():
        return f"(date '{base}' + ({count}) * interval '1 {of}')::date"
    return f"date('{base}', ({count}) || ' {of}s')"


def moment(base: str, days: str) -> str:
    """Return the moment so many days after midnight, UTC, of another."""
    if on_postgres():
        return f"(timestamptz '{base} 00:00+00' + ({days}) * interval '1 day')"
    return f"datetime('{base}', ({days}) || ' days')"


def multiply(one: Model, above: int, until: int, **others: str) -> None:
    """Write a row again and again, a number `n` each time, with other values in the columns that are named.

    Values are SQL, in which `was` is the row.
    """
    meta = one._meta  # noqa: SLF001 - Django's name for what every model tells of itself
    key = meta.pk.column
    columns = [str(field.column) for field in meta.concrete_fields]
    values = ", ".join(others.get(name, f'was."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    execute(
        f"INSERT INTO {meta.db_table} ({names}) SELECT {values} FROM {series(above, until)}"
        f" CROSS JOIN (SELECT * FROM {meta.db_table} WHERE \"{key}\" = '{one.pk}') AS was"
    )


def after_keys(purge: Callable[..., int]) -> Callable[[], int]:
    """Return what destroys the keys that are due, and then purges what they opened."""
    now = datetime.now(UTC)

    def done() -> int:
        destroy_due(now)
        return purge(at=now)

    return done


def count_on(*tables: str) -> None:
    """Let the numbers that the database gives begin behind those that were written."""
    for table in tables if on_postgres() else ():
        execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def tidy(*tables: str) -> None:
    """Tidy PostgreSQL and let it count, as it does itself. Nobody counts on SQLite: what a filling counted is forgotten."""
    if on_postgres():
        for table in tables:
            execute(f"VACUUM (ANALYZE) {table}")
    elif execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"):
        execute("DELETE FROM sqlite_stat1")
        connection.close()  # who is connected remembers

"""Many facts at once, as fast as the database takes them: executemany on SQLite, COPY on PostgreSQL.

Every constraint and trigger stays on; only the making of model instances is left out.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from linli.facts.models import Fact
from linli.facts.rules.intervals import Interval, interval
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement
from linli.kernel.actors import Actor
from linli.kernel.signed import signed

_NOWHERE = Interval(None, None, low_in=True, high_in=True)


class NewFact(NamedTuple):
    """One fact to add; statement: None withdraws what it supersedes."""

    indicator: int
    area: str
    period: Period
    statement: Statement | None
    status: str
    evidence: int
    supersedes: int | None = None
    reason: str = ""


FIELDS = (
    "by_name", "by_role", "by_unit", "at", "indicator_id", "area_id", "period_from", "period_until",
    "value", "bound", "low", "high", "low_in", "high_in", "status", "evidence_id", "supersedes_id",
    "reason",
)  # fmt: skip


@transaction.atomic
def insert(*, by: Actor, at: datetime, rows: Iterable[NewFact]) -> None:
    """Add facts that the caller has checked.

    Refuses: nothing of its own; IntegrityError when a constraint or a trigger does.
    """
    table, columns = _names()
    values = _values(rows, tuple(signed(by, at).values()))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = cursor.copy(f"COPY {table} ({columns}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(FIELDS))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - the model's own names
        cursor.executemany(statement, list(values))


def _names() -> tuple[str, str]:
    """Return the table and the columns of FIELDS, quoted."""
    meta, quote = Fact._meta, connection.ops.quote_name  # noqa: SLF001 - Django's documented way
    columns = {field.attname: str(field.column) for field in meta.concrete_fields}
    return quote(meta.db_table), ", ".join(quote(columns[name]) for name in FIELDS)


def _values(rows: Iterable[NewFact], signature: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of every row, in the order of FIELDS, as the database's driver takes them."""
    plain = connection.vendor == "sqlite"  # its driver knows neither days nor decimals
    who, at = signature[:3], signature[3]
    head = (*who, connection.ops.adapt_datetimefield_value(at))
    periods: dict[Period, tuple[Any, ...]] = {}
    stated: dict[Statement | None, tuple[Any, ...]] = {}
    for row in rows:
        days = periods.get(row.period)
        if days is None:
            days = tuple(day.isoformat() for day in row.period) if plain else tuple(row.period)
            periods[row.period] = days
        says = stated.get(row.statement)
        if says is None:
            says = stated[row.statement] = _columns(row.statement, plain=plain)
        yield (
            *head, row.indicator, row.area, *days, *says,
            row.status, row.evidence, row.supersedes, row.reason,
        )  # fmt: skip


def _columns(statement: Statement | None, *, plain: bool) -> tuple[Any, ...]:
    value, bound = statement or (None, "exact")
    if bound == "exact" and value is not None:
        number = f"{value:f}" if plain else value
        return (number, bound, number, number, True, True)
    low, high, low_in, high_in = interval(value, bound) if value is not None else _NOWHERE
    numbers = [f"{n:f}" if plain and n is not None else n for n in (value, low, high)]
    return (numbers[0], bound, numbers[1], numbers[2], low_in, high_in)

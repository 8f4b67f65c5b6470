"""Rows of events, many at once: executemany on SQLite, one statement on PostgreSQL. Constraints and triggers stay on.

Django's own way of writing many rows takes three times as long as all else that is done for an event.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class Rows:
    """One table that is written many rows at a time, with its columns as they come and their types."""

    table: str
    columns: dict[str, str]

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows; where the table knows one already, it stays."""
        listed = list(rows)
        if not listed:
            return
        insert = f"INSERT INTO {self.table} ({', '.join(self.columns)})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # One document, not one array a column: arrays are written in Python, documents in C.
                document = json.dumps(
                    [dict(zip(self.columns, row, strict=True)) for row in listed],
                    ensure_ascii=False, default=str,
                )  # fmt: skip
                shape = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
                cursor.execute(
                    f"{insert} SELECT * FROM json_to_recordset(%s) AS told({shape}) ON CONFLICT DO NOTHING",  # noqa: S608 - names of ours
                    [document],
                )
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"{insert} VALUES ({marks}) ON CONFLICT DO NOTHING", listed)

    def ids(self, column: str, names: Iterable[str]) -> dict[str, int]:
        """Return the ids of the rows that bear these names in a column. One query, however many they are."""
        listed = list(names)
        if not listed:
            return {}
        each = (
            "json_array_elements_text(%s)" if connection.vendor == "postgresql" else "json_each(%s)"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {column}, id FROM {self.table} WHERE {column} IN (SELECT value FROM {each})",  # noqa: S608 - names of ours
                [json.dumps(listed, ensure_ascii=False)],
            )
            return dict(cursor.fetchall())

    @staticmethod
    def check_as_written() -> None:
        """Have what points where checked with each statement of this transaction, not all of it at its end."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    @staticmethod
    def moment(at: datetime) -> datetime | str | None:
        """Return a moment as the database's driver takes it."""
        return connection.ops.adapt_datetimefield_value(at)


THINGS: Final = Rows("trace_thing", {"uri": "text"})
EVENTS: Final = Rows(
    "trace_event",
    {
        "capture_id": "bigint", "operator_id": "bigint", "digest": "text", "given": "text", "against": "text",
        "kind": "text", "action": "text", "step": "text", "disposition": "text", "read_point": "text", "place": "text",
        "happened_at": "timestamptz", "recorded_at": "timestamptz", "body": "text",
    },
)  # fmt: skip
NAMINGS: Final = Rows(
    "trace_eventthing", {"event_id": "bigint", "thing_id": "bigint", "role": "smallint"}
)
LINKS: Final = Rows(
    "trace_eventlink",
    {
        "kind": "smallint", "source_id": "bigint", "target_id": "bigint", "begins": "timestamptz",
        "ends": "timestamptz", "event_id": "bigint",
    },
)  # fmt: skip

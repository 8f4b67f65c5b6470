"""Big tables to which rows are only added, cut into parts by a number that only grows: on PostgreSQL, each a table
of its own with indexes of its own, so that new rows meet small ones and old parts are left alone. SQLite has no parts.

What a row must be stands at the whole table and holds in every part; no part is ever asked by name. A part for what
fits into no other is always there: no row is refused for want of one. docs/decisions/0028 says which tables, and why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ROWS: Final = 10_000_000  # numbers in one part
_LONGEST = 63  # letters of a name
_UNTIL = re.compile(r" TO \('?(\d+)'?\)$")
_INDEXES = """
    SELECT i.indexrelid::regclass::text, c.relname, pg_get_indexdef(i.indexrelid), i.indisprimary
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass ORDER BY c.relname
"""
_REFERENCES = """
    SELECT conname, pg_get_constraintdef(oid), conrelid = %s::regclass FROM pg_constraint
    WHERE contype = 'f' AND (conrelid = %s::regclass OR confrelid = %s::regclass) ORDER BY conname
"""
_TRIGGERS = """
    SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname
"""
_CUT = """
    SELECT p.relname, a.attname, array_agg(pg_get_expr(c.relpartbound, c.oid))
    FROM pg_partitioned_table t
    JOIN pg_class p ON p.oid = t.partrelid
    JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = t.partattrs[0]
    JOIN pg_inherits i ON i.inhparent = p.oid
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE t.partstrat = 'r' AND p.relnamespace = current_schema()::regnamespace
    GROUP BY p.relname, a.attname ORDER BY p.relname
"""
_REFERRED = """
    SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND conrelid = %s::regclass AND conparentid = 0 AND confrelid <> conrelid ORDER BY 1
"""
_TRIES = 240
_LIKE = "INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMMENTS"


class InParts(Operation):
    """Cut one table into parts, by a column that only grows; nothing may refer to it. What is there becomes the first part.

    `by` is its key, or a column that stands in every rule of its kind that a row be the only one: then the table's
    key is both, and that no number is given twice rests with the sequence alone. Nobody may need that key elsewhere.
    """

    reduces_to_sql = False
    reversible = True
    atomic = True  # several of a migration that is not: each lets go of its table before the next takes its own

    def __init__(self, table: str, *, by: str = "id", rows: int = ROWS) -> None:
        self.table, self.by, self.rows = table, by, rows

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Put a table in parts in its place, with what is there as the first part."""
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            _Cut(cursor, self.table, self.by, self.rows).make()

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Leave the parts: whoever goes back asks the whole table as before."""

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Cut {self.table} into parts by {self.by}"


@dataclass(frozen=True, slots=True)
class _Cut:
    """One table that is being cut."""

    cursor: Any
    table: str
    by: str
    rows: int

    def make(self) -> None:
        """Do it, unless it is done: rules, indexes, keys and triggers are read where they are, and set for all parts."""
        [(kind,)] = self._ask("SELECT relkind FROM pg_class WHERE oid = %s::regclass", self.table)
        if kind == "p":
            return
        # To attach what has rules of its own, their triggers at the tables referred to are taken away: nobody may hold these.
        _take(self.cursor, self.table, others="ACCESS EXCLUSIVE")
        first, whole = f"{self.table}_p0", f"{self.table}_whole"
        references = self._ask(_REFERENCES, self.table, self.table, self.table)
        if not all(ours for _name, _said, ours in references):
            raise ValueError(f"{self.table} is referred to: it stays whole")
        triggers = self._ask(_TRIGGERS, self.table)
        indexes = [said for _id, _name, said, primary in self._set_aside() if not primary]
        start = self._give_up_numbers()
        [(top,)] = self._ask(f'SELECT coalesce(max("{self.by}"), 0) FROM "{self.table}"')  # noqa: S608
        self._do(f'CREATE TABLE "{whole}" (LIKE "{self.table}" {_LIKE}) PARTITION BY RANGE ("{self.by}")')  # fmt: skip
        for name, _said in triggers:
            self._do(f'DROP TRIGGER "{name}" ON "{self.table}"')
        self._do(f'ALTER TABLE "{self.table}" RENAME TO "{first}"')
        self._do(f'ALTER TABLE "{whole}" RENAME TO "{self.table}"')
        self._set_key(first, start)
        for said in indexes:
            self._do(said)
        for name, said, _ours in references:
            self._do(f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{name}" {said}')
        until = (top // self.rows + 1) * self.rows
        self._do(f'ALTER TABLE "{self.table}" ATTACH PARTITION "{first}" FOR VALUES FROM (MINVALUE) TO ({until})')  # fmt: skip
        self._do(f'CREATE TABLE "{self.table}_rest" PARTITION OF "{self.table}" DEFAULT')
        for _name, said in triggers:
            self._do(said)

    def _set_aside(self) -> list[tuple[str, str, str, bool]]:
        """Let the names of the indexes be free for those of the whole; return what they were."""
        found: list[tuple[str, str, str, bool]] = self._ask(_INDEXES, self.table)
        for named, name, _said, _primary in found:
            self._do(f'ALTER INDEX {named} RENAME TO "{name[: _LONGEST - 3]}_p0"')
        return found

    def _give_up_numbers(self) -> int | None:
        """Take the numbers away from the first part: the whole gives them. Return where it goes on; None without any."""
        [(sequence,)] = self._ask("SELECT pg_get_serial_sequence(%s, %s)", self.table, "id") if self._has("id") else [(None,)]  # fmt: skip
        if sequence is None:
            return None
        [(last, used)] = self._ask(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
        self._do(f'ALTER TABLE "{self.table}" ALTER COLUMN id DROP IDENTITY')
        return int(last) + int(used)

    def _set_key(self, first: str, start: int | None) -> None:
        [(own,)] = self._ask(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
            " AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass AND i.indisprimary",
            first,
        )
        if start is not None:
            named = f"SEQUENCE NAME {self.table}_id_seq START WITH {start}"
            self._do(f'ALTER TABLE "{self.table}" ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY ({named})')  # fmt: skip
        columns = f'"{own}"' if own == self.by else f'"{own}", "{self.by}"'
        if own != self.by:
            [(name,)] = self._ask("SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = %s::regclass", first)  # fmt: skip
            self._do(f'ALTER TABLE "{first}" DROP CONSTRAINT "{name}"')
        self._do(f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self.table}_pkey" PRIMARY KEY ({columns})')  # fmt: skip

    def _has(self, column: str) -> bool:
        return bool(self._ask("SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s", self.table, column))  # fmt: skip

    def _ask(self, asked: str, *given: str) -> list[Any]:
        self.cursor.execute(asked, given or None)
        return list(self.cursor.fetchall())

    def _do(self, statement: str) -> None:
        self.cursor.execute(statement)


def _take(cursor: Any, table: str, *, others: str) -> None:  # noqa: ANN401 - Django's wrapper
    """Take a table, and those it refers to, for ourselves; in the order in which most writers do, and all or none.

    Whoever writes waits behind us meanwhile. So we give up sooner than the server looks for those who wait for each
    other, let everybody pass, and try again: it is never a writer who is refused.
    """
    cursor.execute(_REFERRED, [table])
    referred = ", ".join(name for (name,) in cursor.fetchall())
    wanted = [f"LOCK TABLE {referred} IN {others} MODE"] if referred else []
    wanted.append(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
    for left in reversed(range(_TRIES)):
        cursor.execute("SAVEPOINT linli_take")
        try:
            cursor.execute("SET LOCAL lock_timeout = '500ms'")
            for one in wanted:
                cursor.execute(one)
        except OperationalError:
            cursor.execute("ROLLBACK TO SAVEPOINT linli_take")
            if not left:
                raise
        else:
            cursor.execute("RELEASE SAVEPOINT linli_take")
            return


@dataclass(frozen=True, slots=True)
class Parts:
    """One table that is cut: by which column, and up to which number there are parts."""

    table: str
    by: str
    until: int


def cut_tables() -> Iterator[Parts]:
    """Yield the tables that are cut."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_CUT)
        found = cursor.fetchall()
    for table, by, bounds in found:
        ends = [int(end[1]) for end in map(_UNTIL.search, bounds) if end]
        if ends:
            yield Parts(table, by, max(ends))


def add_ahead(_at: datetime, rows: int = ROWS) -> int:
    """Add the next part wherever the last is half full; return how many. A row never waits for it."""
    return sum(_add_next(one, rows) for one in cut_tables())


@transaction.atomic
def _add_next(parts: Parts, rows: int) -> int:
    table, rest = f'"{parts.table}"', f'"{parts.table}_rest"'
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("{parts.by}") FROM {table}')  # noqa: S608 - the database's own names
        top = cursor.fetchone()[0] or 0
        if top < parts.until - rows // 2:
            return 0
        _take(cursor, parts.table, others="SHARE ROW EXCLUSIVE")
        # What has come before its part was there stays where it is.
        cursor.execute(f'SELECT max("{parts.by}") FROM {rest}')  # noqa: S608
        begin = max(parts.until, ((cursor.fetchone()[0] or 0) // rows + 1) * rows)
        made = f'"{parts.table}_p{begin // rows}"'
        cursor.execute(f"CREATE TABLE {made} (LIKE {table} {_LIKE} INCLUDING INDEXES)")
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {made} FOR VALUES FROM ({begin}) TO ({begin + rows})")  # fmt: skip
    return 1

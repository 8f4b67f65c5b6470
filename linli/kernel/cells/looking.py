"""What functions of triggers look at beside their own row. On the workers of Citus a table has another name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_SAID = re.compile(r"'(?:[^']|'')*'")  # a message is not a table
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_DYNAMIC = re.compile(r"\bexecute\b", re.IGNORECASE)
_TRIGGERS = """
    SELECT p.proname, p.prosrc, max(coalesce(t.tgnewtable, t.tgoldtable, '')), bool_or(t.tgdeferrable),
           bool_and(p.pronamespace = c.relnamespace)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
    GROUP BY p.oid, p.proname, p.prosrc ORDER BY 1
"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One function of a trigger: which tables it looks at, and what else is more than its row."""

    function: str
    looks_at: tuple[str, ...]
    waits: bool  # until the transaction ends
    own_schema: bool


def triggers() -> list[Trigger]:
    """Return the functions of all triggers of the schema that is searched first."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute(_TRIGGERS)
        rows = cursor.fetchall()
    return [
        Trigger(
            function,
            tuple(
                sorted(looked_at(source, tables) | ({f"rows of {together}"} if together else set()))
            ),
            waits,
            own,
        )
        for function, source, together, waits, own in rows
    ]


def looked_at(source: str, tables: Collection[str]) -> set[str]:
    """Return the tables that a function's source names, and `EXECUTE` when it makes up statements."""
    bare = _COMMENT.sub(" ", source)
    if _DYNAMIC.search(_SAID.sub("''", bare)):
        return {"EXECUTE"}
    return {word for word in _WORD.findall(_SAID.sub("''", bare)) if word in tables}

"""How the database answers: which of the big tables a statement reads, along which index, whether it sorts."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

_PART = re.compile(r"_(p\d+|rest)$")


class Way(NamedTuple):
    """One reading of one table: by which index ("" for none: the whole), and whether from the index alone."""

    table: str
    by: str
    alone: bool = False

    @property
    def whole(self) -> bool:
        """Whether every row is read."""
        return not self.by

    def __str__(self) -> str:
        return f"ALL OF {self.table}" if self.whole else self.by + " alone" * self.alone


def asked(question: Callable[[], object]) -> list[str]:
    """Return the statements that a question asks."""
    with CaptureQueriesContext(connection) as captured:
        question()
    found = [one["sql"] for one in captured.captured_queries]
    return [one for one in found if one.lstrip("( \n").startswith(("SELECT", "WITH"))]


def ways(statements: Collection[str], tables: Collection[str]) -> list[Way]:
    """Return how statements read the tables that are named, each way once, in order."""
    read = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    found = (way for words in statements for way in read(words, tables))
    return list(dict.fromkeys(found))


def sorts(statements: Collection[str]) -> bool:
    """Say whether the database puts rows in order that it did not find in order."""
    on_postgres = connection.vendor == "postgresql"
    words, mark = ("EXPLAIN", "Sort") if on_postgres else ("EXPLAIN QUERY PLAN", "FOR ORDER BY")
    return any(mark in repr(_explained(words, one)) for one in statements)


def _explained(words: str, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {statement}")
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _on_sqlite(statement: str, tables: Collection[str]) -> Iterator[Way]:
    aliases = dict(re.findall(r'(?:FROM|JOIN)\s+"?(\w+)"?\s+(?:AS\s+)?"?(\w+)"?', statement))
    named = {alias: table for table, alias in aliases.items()}
    for _number, _parent, _unused, said in _explained("EXPLAIN QUERY PLAN", statement):
        verb, _space, rest = said.partition(" ")
        if verb not in {"SCAN", "SEARCH"}:
            continue
        name, _space, how = rest.partition(" ")
        table = name if name in tables else named.get(name, name)
        if table not in tables:
            continue
        index = re.search(r"INDEX (\S+)", how)
        by = index[1] if index else "its key" if verb == "SEARCH" else ""
        # Read in the order of an index until there are enough: that is not the whole.
        ends = verb == "SEARCH" or " LIMIT " in statement
        yield Way(table, by if ends else "", "COVERING" in how)


def _on_postgres(statement: str, tables: Collection[str]) -> Iterator[Way]:
    [(said,)] = _explained("EXPLAIN (FORMAT JSON)", statement)
    todo = [((said if isinstance(said, list) else json.loads(said))[0]["Plan"], False)]
    while todo:
        node, ends = todo.pop(0)
        ends = ends or node["Node Type"] == "Limit"
        todo[:0] = [(below, ends) for below in node.get("Plans", [])]
        table = _PART.sub("", node.get("Relation Name", ""))
        kind = node["Node Type"]
        if kind == "Bitmap Heap Scan":
            yield from (Way(table, one) for one in _bitmaps(node) if table in tables)
        elif table in tables:
            by = node.get("Index Name", "") if ends or "Index Cond" in node else ""
            if not by and _is_empty(node["Relation Name"]):
                continue  # a part that waits for its first row
            yield Way(table, by, "Only" in kind)


def _is_empty(part: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass) = 0", [part])
        return bool(cursor.fetchone()[0])


def _bitmaps(node: dict[str, Any]) -> Iterator[str]:
    for one in node.get("Plans", []):
        if one["Node Type"] == "Bitmap Index Scan":
            yield one["Index Name"]
        yield from _bitmaps(one)

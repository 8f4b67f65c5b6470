"""Asks the text index: the one place where SQLite and PostgreSQL differ in what a question looks like.

Grams hold letters, digits and "-_.:" alone (rules/grams.py), so that none can end a quotation. Every
answer is bounded and comes in no order of worth: candidates first, then whoever ranks them.
"""

from collections.abc import Iterable

from django.db import connection

from linli.directory.rules.grams import All, One

Wanted = tuple[str | All | One, ...]

_MATCHING = {
    # The entry itself is asked for too: the index may know some that are gone.
    "sqlite": "SELECT found.rowid AS id FROM directory_entry_grams AS found CROSS JOIN directory_entry AS entry"
    " ON entry.id = found.rowid WHERE found.directory_entry_grams MATCH %s ORDER BY found.rowid DESC LIMIT %s",
    "postgresql": "SELECT id FROM directory_entries_holding(%s::tsquery, %s) AS id",
}
# Quicker by far, and counts what is gone as well: for numbers that are cut off anyway.
_ROUGHLY = _MATCHING | {
    "sqlite": "SELECT rowid AS id FROM directory_entry_grams WHERE directory_entry_grams MATCH %s LIMIT %s"
}
_QUOTED = {"sqlite": '"{}"', "postgresql": "'{}'"}
_AND = {"sqlite": " AND ", "postgresql": " & "}
_OR = {"sqlite": " OR ", "postgresql": " | "}


def matching(wanted: str | All | One, limit: int) -> list[int]:
    """Return the ids of at most `limit` entries that hold what is wanted."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCHING[connection.vendor], [_said(wanted, connection.vendor), limit])
        return [row[0] for row in cursor.fetchall()]


def holding_each(grams: Iterable[str], also: Wanted, limit: int) -> list[list[int]]:
    """Return for each gram the ids of at most `limit` entries that hold it and all of `also`: one query."""
    vendor = connection.vendor
    asked = [_said(All((gram, *also)), vendor) for gram in grams]
    if not asked:
        return []
    part = f"SELECT * FROM (SELECT %s AS place, found.* FROM ({_MATCHING[vendor]}) AS found) AS one"  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([part] * len(asked)),
            [value for place, said in enumerate(asked) for value in (place, said, limit)],
        )
        rows = cursor.fetchall()
    found: list[list[int]] = [[] for _ in asked]
    for place, entry in rows:
        found[place].append(entry)
    return found


def how_many_hold(grams: Iterable[str], also: Wanted, limit: int) -> list[int]:
    """Return for each gram how many entries hold it and all of `also`, counted up to `limit`: two queries."""
    asked = [_said(All((gram, *also)), connection.vendor) for gram in grams]
    counts = _counted(_ROUGHLY[connection.vendor], asked, limit)
    few = [place for place, count in enumerate(counts) if count < limit]
    exact = _counted(_MATCHING[connection.vendor], [asked[place] for place in few], limit)
    for place, count in zip(few, exact, strict=True):
        counts[place] = count
    return counts


def _counted(matching: str, asked: list[str], limit: int) -> list[int]:
    if not asked:
        return []
    part = f"SELECT %s AS place, count(*) FROM ({matching}) AS found"  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([part] * len(asked)),
            [value for place, said in enumerate(asked) for value in (place, said, limit)],
        )
        return [count for _place, count in sorted(cursor.fetchall())]


def _said(wanted: str | All | One, vendor: str) -> str:
    if isinstance(wanted, str):
        return _QUOTED[vendor].format(wanted)
    between = (_AND if isinstance(wanted, All) else _OR)[vendor]
    return f"({between.join(_said(part, vendor) for part in wanted.parts)})"

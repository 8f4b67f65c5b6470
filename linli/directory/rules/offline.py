"""The directory in one file: how it is laid out, and the statement that is signed about it.

A SQLite database. `about` names its format and when it was made; `thing` has a row for each service and
place; what is told of thing N stands in line N % PER_BLOCK of block N // PER_BLOCK, JSON under zlib; `entry` is
the index of the search (rules/grams.py), whose rows are numbered like the things; `special_day` has the
weekdays that are holidays and the weekend days that are worked.
"""

import json
import re
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from linli.directory.rules.grams import All, One

FORMAT = "1"
PER_BLOCK = 64
TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, other_names TEXT
);
CREATE TABLE block (id INTEGER PRIMARY KEY, things BLOB NOT NULL);
CREATE TABLE special_day (day TEXT PRIMARY KEY, works INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE entry USING fts5(
    grams, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '-_.:'"
);
"""
_PURPOSE = "linli-directory/1"
_STATEMENT = re.compile(
    rf"{_PURPOSE}\n(?P<host>\S+)\nversion (?P<version>[0-9-]+)\nmade (?P<made>\S+)\n"
    r"size (?P<size>\d+)\nsha256 (?P<digest>[0-9a-f]{64})\n"
)

Told = dict[str, Any]


class Statement(NamedTuple):
    """What is signed about a file: whose directory in which version it is, and its bytes."""

    host: str
    version: str
    made: datetime
    size: int
    digest: str

    def __str__(self) -> str:
        """Write the text that is signed."""
        made = self.made.isoformat(timespec="seconds")
        said = f"version {self.version}\nmade {made}\nsize {self.size}\nsha256 {self.digest}"
        return f"{_PURPOSE}\n{self.host}\n{said}\n"


def read_statement(text: str) -> Statement | None:
    """Read what `str` wrote; None when it is something else, signed or not."""
    read = _STATEMENT.fullmatch(text)
    if read is None:
        return None
    made = datetime.fromisoformat(read["made"])
    return Statement(read["host"], read["version"], made, int(read["size"]), read["digest"])


def packed(things: Iterable[Told]) -> bytes:
    """Return the things of a block, a line each."""
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in things)
    return zlib.compress("\n".join(lines).encode(), 9)


def unpacked(block: bytes, line: int) -> Told:
    """Return one thing of a block."""
    told: Told = json.loads(zlib.decompress(block).decode().split("\n")[line])
    return told


def in_fts5(wanted: str | All | One) -> str:
    """Return what is wanted as FTS5 reads it; grams hold no sign that could end a quotation."""
    if isinstance(wanted, str):
        return f'"{wanted}"'
    between = " AND " if isinstance(wanted, All) else " OR "
    return f"({between.join(map(in_fts5, wanted.parts))})"

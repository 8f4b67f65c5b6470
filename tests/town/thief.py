"""Who has stolen the database: every table, the file, and the log of writes beside it, commit by commit.

A write-ahead log holds the pages of each commit in order. Cut after a commit and put beside the file, it is the
database as it was at that moment: so the thief reads every state that there ever was.
"""

import shutil
import sqlite3
import struct
from itertools import pairwise

from tests.town.contents import contents

_HEAD, _FRAME_HEAD = 32, 24


def stolen(folder, copy):
    """Return the file and its log, as they lie on the disk now, in a folder of the thief's own."""
    copy.mkdir()
    for end in ("", "-wal"):
        (copy / f"db{end}").write_bytes(contents(f"{folder}{end}"))
    return copy / "db"


def states(file):
    """Return {table: {rowid: row}} after each commit of the log, the first one as the file stood before it."""
    wal = file.with_name("db-wal").read_bytes()
    (page,) = struct.unpack(">I", wal[8:12])
    ends = [_HEAD] + [
        at + _FRAME_HEAD + page
        for at in range(_HEAD, len(wal) - page, _FRAME_HEAD + page)
        if struct.unpack(">I", wal[at + 4 : at + 8])[0]
    ]
    found = []
    for number, end in enumerate(ends):
        then = file.with_name(f"then{number}")
        shutil.copy(file, then)
        then.with_name(f"{then.name}-wal").write_bytes(wal[:end])
        found.append(_all_of(then))
    return found


def _all_of(file):
    db = sqlite3.connect(file)
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'assessments%'"
    tables = [name for (name,) in db.execute(names)]
    read = {}
    for name in tables:
        rows = db.execute(f"SELECT rowid AS hidden, * FROM {name}")
        heads = [head[0] for head in rows.description][1:]
        read[name] = {row[0]: dict(zip(heads, row[1:], strict=True)) for row in rows}
    db.close()
    return read


def changes(before, after):
    """Yield (table, row, column, old, new) of everything that one commit has changed."""
    for table, rows in after.items():
        for row, said in rows.items():
            was = before[table].get(row, {})
            for column, new in said.items():
                if was.get(column) != new:
                    yield table, row, column, was.get(column), new


def guesses(file, spends):
    """Return what the thief sees beside each slip that is spent: {digest: all else that this commit has changed}.

    `spends(table, column)` names the switch of a slip. Of a number it is seen by how much it rose, of bytes how
    many they are, and whether they stood anywhere before.
    """
    found, seen = {}, set()
    for before, after in pairwise(states(file)):
        said = list(changes(before, after))
        for table, row, column, _old, _new in said:
            if spends(table, column):
                slip = after[table][row]["digest"]
                found[slip] = frozenset(
                    (other, number, name, _seen(old, new, seen))
                    for other, number, name, old, new in said
                    if other != table
                )
        seen |= {new for *_, new in said if isinstance(new, bytes)}
    return found


def _seen(old, new, seen):
    if isinstance(new, bytes):
        return len(new), new in seen
    return new - old if isinstance(new, int) and isinstance(old, int) else new

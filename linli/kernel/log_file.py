"""The exported log: JSON lines, one writing only. docs/log.md describes it for other readers. Pure.

An entry is a commitment: the keyed hash of a row that is kept elsewhere. It tells nothing without the
row's own key, so the whole log can be given to anybody; when the key is destroyed, proofs go on holding.
"""

import hmac
import json
from hashlib import sha256
from typing import NamedTuple

from linli.kernel.note_keys import Malformed, read_base64, written
from linli.kernel.notes import Note

_VERSION = 1
_MOST_LEAF_BYTES = 1024
_ROW_KEY = b"linli log row\n"
_AFTER = b"linli log after\n"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Header(NamedTuple):
    """The first line: which log this is said to be, and the last checkpoint of the log that it goes on from."""

    origin: str
    after: str = ""


class Entry(NamedTuple):
    """One leaf; for who may know, with the row that was committed to and this row's key."""

    leaf: bytes
    row: str | None = None
    key: bytes = b""

    def holds(self) -> bool:
        """Say whether the row shown, if any, is the one that was entered."""
        return self.row is None or hmac.compare_digest(commitment(self.key, self.row), self.leaf)


class Signed(NamedTuple):
    """A checkpoint over all entries above it, as a signed note not yet verified."""

    note: str


Line = Header | Entry | Signed


def commitment(key: bytes, row: str) -> bytes:
    """Commit to one row: the leaf that enters the tree. `row` is kept letter by letter."""
    return hmac.digest(key, row.encode(), "sha256")


def row_key(subject: bytes, name: str) -> bytes:
    """Derive the key of one row from its subject's, so that showing one row opens no other.

    `name` is the row's own, never used twice under a subject. Destroying the subject's key destroys all.
    """
    return hmac.digest(subject, _ROW_KEY + name.encode(), "sha256")


def succession(note: str) -> bytes:
    """Return the leaf by which a new log names the last checkpoint of the one before it."""
    return sha256(_AFTER + note.encode()).digest()


def header_line(origin: str, after: str = "") -> str:
    """Write the first line; `after` is the last checkpoint of the log before this one."""
    before = {"after": after} if after else {}
    return _line({"linli-log": _VERSION, "origin": origin, **before})


def entry_line(entry: Entry) -> str:
    """Write one entry, opened when it carries its row."""
    shown = {} if entry.row is None else {"row": entry.row, "key": written(entry.key)}
    return _line({"leaf": written(entry.leaf), **shown})


def checkpoint_line(note: Note | str) -> str:
    """Write a checkpoint, a note as it stands. It stands directly after the last entry that it covers."""
    return _line({"checkpoint": str(note)})


def read_line(line: str) -> Line:
    """Read one line, its newline aside; anything not written exactly so is Malformed."""
    plain = line.removesuffix("\n")
    try:
        fields = json.loads(plain)
        known = isinstance(fields, dict) and f"{plain}\n" == _line(fields)
    except (ValueError, RecursionError) as error:
        raise Malformed("The line is not JSON.") from error
    if not known:
        raise Malformed("The line is not written as this format writes it.")
    return _read_fields(fields)


def _read_fields(fields: dict[str, object]) -> Line:
    match fields:
        case {"origin": str(origin)} if origin and _line(fields) == header_line(origin):
            return Header(origin)
        case {"origin": str(origin), "after": str(after)} if (
            origin and after and _line(fields) == header_line(origin, after)
        ):
            return Header(origin, after)
        case {"checkpoint": str(note)} if len(fields) == 1:
            return Signed(note)
        case {"leaf": str(leaf)} if len(fields) == 1:
            return Entry(_read_leaf(leaf))
        case {"leaf": str(leaf), "row": str(row), "key": str(key)} if len(fields) == 3:
            return Entry(_read_leaf(leaf), _read_row(row), read_base64(key))
    raise Malformed("The line is neither an entry nor a checkpoint.")


def _read_leaf(text: str) -> bytes:
    leaf = read_base64(text)
    if not 0 < len(leaf) <= _MOST_LEAF_BYTES:
        raise Malformed(f"A leaf has 1 to {_MOST_LEAF_BYTES} bytes.")
    return leaf


def _read_row(row: str) -> str:
    try:
        row.encode()
    except UnicodeEncodeError as error:
        raise Malformed("A row is text.") from error
    return row


def _line(fields: dict[str, object]) -> str:
    return _JSON.encode(fields) + "\n"

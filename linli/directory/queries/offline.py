"""Reads the directory's one file: which one is kept here, whether a file is genuine, and what it answers.

Nothing here asks the database: a kiosk has the file, the note and a key that somebody brought, no more.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from linli.directory.rules.entries import BETWEEN_NAMES, names_of
from linli.directory.rules.grams import All, One, asked, slipped, wanted
from linli.directory.rules.offline import (
    PER_BLOCK,
    Statement,
    Told,
    in_fts5,
    read_statement,
    unpacked,
)
from linli.directory.rules.ranking import Candidate, nearest, ranked
from linli.directory.rules.sounds import sounds
from linli.kernel.note_keys import Malformed, VerifierKey
from linli.kernel.notes import Forged, read_note, signed_by

SUFFIX, NOTE = ".sqlite3", ".note"
_MOST = 1000  # as many are put in order


class NotGenuine(Exception):
    """A file that the key does not vouch for. The sentence says why."""


class Kept(NamedTuple):
    """One file with its note, and what the note states."""

    file: Path
    note: Path
    statement: Statement


def folder() -> Path:
    """Return where files are kept."""
    return Path(settings.HOME) / "offline"


def kept() -> Kept | None:
    """Return the newest file that is whole: its note is written last."""
    notes = sorted(folder().glob(f"*{NOTE}"), key=lambda note: note.stat().st_mtime, reverse=True)
    for note in notes:
        file, statement = note.with_suffix(SUFFIX), read_statement(read_note(note.read_text()).text)
        if statement and file.exists():
            return Kept(file, note, statement)
    return None


def opened(file: Path, note: Path, key: VerifierKey) -> tuple[sqlite3.Connection, Statement]:
    """Open a file that the key vouches for, to read. Raises NotGenuine for any other, OSError when there is none."""
    statement = _signed(note, key)
    with file.open("rb") as data:
        digest = file_digest(data, "sha256").hexdigest()
    if (file.stat().st_size, digest) != (statement.size, statement.digest):
        raise NotGenuine("The file is not the one that was signed: fetch file and note again.")
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True), statement


def answers(database: sqlite3.Connection, words: str, most: int = 10) -> list[Told]:
    """Return what answers the words, best first: all of them, else all but for one slip."""
    question = asked(words)
    if not question:
        return []
    best = ranked(question, _candidates(database, wanted(question)))
    slip = slipped(question)
    if not best and slip:
        best = nearest(question, _candidates(database, slip))
    return [_told(database, one) for one in best[:most]]


def _signed(note: Path, key: VerifierKey) -> Statement:
    try:
        read = read_note(note.read_text())
        vouched = key in signed_by(read, [key])
    except (Malformed, Forged, UnicodeDecodeError) as error:
        raise NotGenuine(str(error)) from error
    statement = read_statement(read.text)
    if not vouched:
        raise NotGenuine("The note is not signed with this key.")
    if statement is None:
        raise NotGenuine("The note speaks of something else.")
    return statement


def _candidates(database: sqlite3.Connection, sought: str | All | One) -> Sequence[Candidate]:
    rows = database.execute(
        "SELECT id, name, other_names FROM thing WHERE id IN"
        " (SELECT rowid FROM entry WHERE entry MATCH ? LIMIT ?)",
        (in_fts5(sought), _MOST),
    )
    found = []
    for number, name, others in rows:
        names = names_of(name, (others or "").split("\n"))
        found.append(Candidate(number, BETWEEN_NAMES.join(names), sounds(names), 1, 1, None))
    return found


def _told(database: sqlite3.Connection, number: int) -> Told:
    block, line = divmod(number, PER_BLOCK)
    (things,) = database.execute("SELECT things FROM block WHERE id = ?", (block,)).fetchone()
    return unpacked(things, line)

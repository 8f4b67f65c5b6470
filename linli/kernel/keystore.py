"""Where wrapped data keys are kept: a file of their own, outside the database and its dumps, so that a
key destroyed here is destroyed for every backup too. Only its lines say whether a key lives.

Each line is written in a transaction of its own, durable before the caller's commits. A line whose
caller rolled back, and one that was made in advance and not needed, opens nothing and goes on its day
like any other.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from linli.kernel import master_key
from linli.kernel.codes import new_row_code
from linli.kernel.sealing import Key, Keyring
from linli.kernel.turns import turn

_SCHEMA = """
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS keys (
        code TEXT NOT NULL PRIMARY KEY, wrapped BLOB, master INTEGER, purge_on TEXT NOT NULL,
        CHECK ((wrapped IS NULL) = (master IS NULL))
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS keys_due ON keys (purge_on) WHERE wrapped IS NOT NULL;
    CREATE TRIGGER IF NOT EXISTS keys_destroyed BEFORE UPDATE ON keys
        WHEN OLD.wrapped IS NULL AND NEW.wrapped IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a destroyed key never comes back'); END;
    CREATE TRIGGER IF NOT EXISTS keys_replaced BEFORE INSERT ON keys
        WHEN EXISTS (SELECT 1 FROM keys WHERE code = NEW.code)
        BEGIN SELECT RAISE(ABORT, 'a subject has one key, once'); END;
    CREATE TRIGGER IF NOT EXISTS keys_dated BEFORE UPDATE ON keys
        WHEN NEW.code <> OLD.code OR NEW.purge_on > OLD.purge_on
        BEGIN SELECT RAISE(ABORT, 'the day may only move earlier'); END;
    CREATE TRIGGER IF NOT EXISTS keys_removed BEFORE DELETE ON keys
        BEGIN SELECT RAISE(ABORT, 'a key is destroyed; its line stays'); END;
"""
# Under load keys are made many at a time: the disk is waited for once.
_SOON = 0.5  # seconds
_CALM = 8  # so many in a row, each soon after the other, are made singly
_AT_ONCE = 32
_DAYS = 64
_DESTROY = "UPDATE keys SET wrapped = NULL, master = NULL WHERE wrapped IS NOT NULL AND "


class KeyLost(LookupError):
    """The key store has never heard of a subject: it is not the store that belongs to the database."""


class KeyStore:
    """One key store: a file of wrapped keys in `folder`, and the master key that unwraps them."""

    def __init__(self, folder: Path, master: Path | None) -> None:
        self._file = folder / "subjects.sqlite3"
        self._makes_master = master is None
        self._master = master or folder / "master.json"
        self._local = threading.local()
        self._turn = threading.RLock()  # threads wait fairly here, processes on SQLite's lock
        self._spare: dict[date, list[tuple[str, Key]]] = {}
        self._hurry = (0, 0.0)  # so many in a row, the last at that moment

    def add(self, code: str, purge_on: date) -> Key:
        """Keep a new key for the subject of this code, and return it, open."""
        with self._writing() as db:
            return self._add(db, [code], purge_on)[0]

    def fresh(self, purge_on: date) -> tuple[str, Key]:
        """Keep a new key; return the code of the subject that it is for, and the key, open."""
        with self._turn:
            spare = self._spare.get(purge_on)
            if not spare:
                codes = [new_row_code() for _ in range(self._wanted())]
                with self._writing() as db:
                    spare = list(zip(codes, self._add(db, codes, purge_on), strict=True))
                # Of the days of one town's topics; what is dropped goes on its day.
                self._spare = {} if len(self._spare) > _DAYS else self._spare
                self._spare[purge_on] = spare
            return spare.pop()

    def key(self, code: str) -> Key | None:
        """Return the open key, or None when it was destroyed. Raises KeyLost, NoMasterKey, Misplaced."""
        wrapped, master = self._line(code)
        if wrapped is None:
            return None
        keyring = master_key.read(self._master)
        if master not in keyring.ids:
            # A rotation ended between the two reads: the line now names the newer master key.
            wrapped, master = self._line(code)
        return None if wrapped is None else keyring.unwrap(wrapped, code)

    def destroy(self, codes: Iterable[str]) -> int:
        """Destroy these keys for ever; return how many were alive."""
        with self._writing() as db:
            return db.executemany(_DESTROY + "code = ?", [(code,) for code in codes]).rowcount

    def destroy_due(self, today: date) -> int:
        """Destroy the keys whose own day has come, whatever the database says."""
        with self._writing() as db:
            # Those that were made and wait for a subject go too: nobody is given a key that is destroyed.
            self._spare = {day: keys for day, keys in self._spare.items() if day > today}
            return db.execute(_DESTROY + "purge_on <= ?", (today.isoformat(),)).rowcount

    def alive(self, after: str, limit: int) -> list[str]:
        """Return the next codes, in their order, whose keys are not destroyed."""
        said = self._open.execute(
            "SELECT code FROM keys WHERE code > ? AND wrapped IS NOT NULL ORDER BY code LIMIT ?",
            (after, limit),
        )
        return [code for (code,) in said]

    def scrub(self) -> bool:
        """Leave no trace of destroyed keys in the file or beside it. False: others are reading, try again."""
        self._open.execute("VACUUM")
        busy, *_ = self._open.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def begin_rotation(self) -> None:
        """Make a new master key, the primary one, unless an earlier rotation has yet to end."""
        with self._writing() as db:
            keyring = self._keyring(db, make=True)
            if len(keyring.ids) == 1:
                master_key.write(self._master, keyring.with_new_primary())

    def rewrap(self, after: str, limit: int) -> list[str]:
        """Wrap the next keys, by their codes, under the primary master key; return these codes."""
        with self._writing() as db:
            keyring = self._keyring(db)
            waiting = db.execute(
                "SELECT code, wrapped FROM keys WHERE code > ? AND wrapped IS NOT NULL"
                " AND master <> ? ORDER BY code LIMIT ?",
                (after, keyring.primary, limit),
            ).fetchall()
            db.executemany(
                "UPDATE keys SET wrapped = ?, master = ? WHERE code = ?",
                [
                    (keyring.rewrap(wrapped, code), keyring.primary, code)
                    for code, wrapped in waiting
                ],
            )
            return [code for code, _ in waiting]

    def end_rotation(self) -> bool:
        """Retire the older master keys. False, and nothing changes, while a key still needs one."""
        with self._writing() as db:
            keyring = self._keyring(db)
            needed = db.execute(
                "SELECT 1 FROM keys WHERE wrapped IS NOT NULL AND master <> ? LIMIT 1",
                (keyring.primary,),
            ).fetchone()
            if needed is None and len(keyring.ids) > 1:
                master_key.write(self._master, keyring.without_old())
            return needed is None

    def _wanted(self) -> int:
        """Say how many keys to make: one, unless they have been asked for in a hurry."""
        count, last = self._hurry
        now = time.monotonic()
        self._hurry = (count + 1 if now - last < _SOON else 1), now
        return 1 if self._hurry[0] <= _CALM else _AT_ONCE

    def _add(self, db: sqlite3.Connection, codes: list[str], purge_on: date) -> list[Key]:
        # Read under the lock: a rotation that ends meanwhile cannot retire this master key.
        keyring = self._keyring(db)
        made = [keyring.new_key(code) for code in codes]
        db.executemany(
            "INSERT INTO keys (code, wrapped, master, purge_on) VALUES (?, ?, ?, ?)",
            [
                (code, wrapped, keyring.primary, purge_on.isoformat())
                for code, (_key, wrapped) in zip(codes, made, strict=True)
            ],
        )
        return [key for key, _wrapped in made]

    def _line(self, code: str) -> tuple[bytes | None, int | None]:
        said = self._open.execute("SELECT wrapped, master FROM keys WHERE code = ?", (code,))
        line: tuple[bytes | None, int | None] | None = said.fetchone()
        if line is None:
            raise KeyLost(f"no key was ever kept for {code}")
        return line

    def _keyring(self, db: sqlite3.Connection, *, make: bool = False) -> Keyring:
        """Return the master keys; the very first time, when no key depends on one, make one.

        A file that was named to us is made by the rotation command only: a path mistyped is no new key.
        """
        try:
            return master_key.read(self._master)
        except master_key.NoMasterKey:
            if db.execute("SELECT 1 FROM keys LIMIT 1").fetchone():
                raise
            if not (make or self._makes_master):
                raise
            master_key.write(self._master, Keyring.fresh())
            return master_key.read(self._master)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            db = self._open
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @property
    def _open(self) -> sqlite3.Connection:
        """This thread's connection."""
        kept: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if kept is None:
            # Two processes cannot both turn a new file into one with a log beside it.
            with turn(self._file.with_suffix(".lock")):
                # Made before SQLite opens it, which gives the files beside it the same mode. Never opened
                # once it is there: closing would drop every lock that this process holds on it.
                with suppress(FileExistsError):
                    os.close(os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                kept = sqlite3.connect(self._file, timeout=30, isolation_level=None)
                kept.executescript(_SCHEMA)
            self._local.connection = kept
        return kept


@lru_cache(maxsize=8)
def _store(folder: Path, master: Path | None) -> KeyStore:
    return KeyStore(folder, master)


def store() -> KeyStore:
    """Return the key store that the settings name."""
    return _store(settings.KEYS, settings.MASTER_KEY_FILE)

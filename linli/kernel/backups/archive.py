"""The file of a backup: a tar of the database's copy, the kept files, and a list of both with their SHA-256.

No key is in it (docs/decisions/0010): without the key store nothing sealed opens, so that what was destroyed stays so.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import connection

import linli
from linli.kernel.backups.copying import MEMBER, copy_database, count_copy
from linli.kernel.backups.counted import Counted, differences
from linli.kernel.backups.unpacking import unpack

PREFIX: Final = "linli-"
_LIST: Final = "manifest.json"
_FILES: Final = "files/"
_ASIDE = "aside"  # files that nobody has decided about: gone in a day


class Damaged(Exception):
    """A file that is no whole backup: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says it holds."""

    made_at: datetime
    vendor: str
    version: str
    counted: Counted
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of putting a backup back into a scratch database: what it held, and what is not the same."""

    contents: Contents
    wrong: list[str]


def make(folder: Path, *, at: datetime) -> Path:
    """Write a backup of this moment into a folder and return its path. It is there whole, or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{PREFIX}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        copy = Path(aside) / MEMBER[connection.vendor]
        found = copy_database(copy)
        whole = Path(aside) / path.name
        with os.fdopen(os.open(whole, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            _write(out, copy, found, at)
            out.flush()
            os.fsync(out.fileno())
        whole.replace(path)
    return path


def tried(path: Path) -> Tried:
    """Put a backup back into a scratch database and compare: rows by table, the log's root, every file.

    Raises Damaged for what is no backup of this kind of database.
    """
    with opened(path) as (contents, aside):
        names = {*contents.digests}
        wrong = [name for name in sorted(names) if digest(aside / name) != contents.digests[name]]
        now = count_copy(aside / MEMBER[contents.vendor], contents.vendor)
    return Tried(contents, wrong + differences(contents.counted, now))


@contextmanager
def opened(path: Path) -> Iterator[tuple[Contents, Path]]:
    """Unpack a backup beside itself for a while. Raises Damaged."""
    with tempfile.TemporaryDirectory(dir=path.parent) as aside:
        folder = Path(aside)
        try:
            with tarfile.open(path) as packed:
                unpack(packed, folder)
            contents = _read(json.loads((folder / _LIST).read_text(encoding="utf-8")))
        except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(f"{path.name} is no whole backup ({type(error).__name__})") from None
        missing = [name for name in contents.digests if not (folder / name).is_file()]
        if missing or contents.vendor not in MEMBER:
            raise Damaged(f"{path.name} lacks {', '.join(missing[:3]) or 'its database'}")
        if contents.vendor != connection.vendor:
            raise Damaged(f"{path.name} is of {contents.vendor}, and this is {connection.vendor}")
        yield contents, folder


def kept_files() -> Iterator[Path]:
    """Yield the files that are kept for good, in order."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and path.relative_to(root).parts[0] != _ASIDE:
            yield path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(out: IO[bytes], copy: Path, found: Counted, at: datetime) -> None:
    root, digests = Path(settings.MEDIA_ROOT), {copy.name: digest(copy)}
    with tarfile.open(fileobj=out, mode="w") as packed:
        packed.add(copy, copy.name, filter=_nobodys)
        # After the database: whatever it names is there, and what came since does no harm.
        for path in kept_files():
            name = f"{_FILES}{path.relative_to(root).as_posix()}"
            digests[name] = digest(path)
            packed.add(path, name, filter=_nobodys)
        said = json.dumps(_told(found, digests, at)).encode()
        head = tarfile.TarInfo(_LIST)
        head.size, head.mode = len(said), 0o600
        packed.addfile(head, io.BytesIO(said))


def _told(found: Counted, digests: dict[str, str], at: datetime) -> dict[str, Any]:
    return {
        "linli-backup": 1,
        "made_at": at.isoformat(),
        "vendor": connection.vendor,
        "version": linli.__version__,
        "counted": found.told,
        "digests": digests,
    }


def _read(said: dict[str, Any]) -> Contents:
    if said["linli-backup"] != 1:
        raise ValueError("of another form")
    made_at = datetime.fromisoformat(said["made_at"])
    found = Counted.read(said["counted"])
    return Contents(made_at, said["vendor"], said["version"], found, dict(said["digests"]))


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose account made it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member

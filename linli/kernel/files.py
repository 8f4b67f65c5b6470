"""Files kept by what they contain: the name is the SHA-256 of the bytes, so that one file is one file
and a changed byte shows. Never under a web root; a view decides who may have one.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

A_DAY = 24 * 60 * 60
_ASIDE = "aside"


def digest_of(data: bytes) -> str:
    """Return the name under which `data` is or would be kept: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Keep `data` and return its SHA-256 in hex. Keeping the same bytes twice changes nothing."""
    digest = digest_of(data)
    _write(_path(digest), data)
    return digest


def fetch(digest: str) -> bytes:
    """Return the bytes kept under `digest`. Raises FileNotFoundError, or ValueError when damaged."""
    return _read(_path(digest), digest)


def remove(digest: str) -> None:
    """Remove what is kept under `digest`, when nothing names it any more; a second time changes nothing."""
    _path(digest).unlink(missing_ok=True)


def set_aside(data: bytes, *, at: datetime) -> str:
    """Hold `data` for a day, until somebody has decided about it, and return its SHA-256 in hex.

    What was set aside earlier and never decided about is gone with the first call after its day.
    """
    digest = digest_of(data)
    for path in Path(settings.MEDIA_ROOT).glob(f"{_ASIDE}/*"):
        if path.stat().st_mtime < at.timestamp() - A_DAY:
            path.unlink(missing_ok=True)
    path = _path(digest, _ASIDE)
    _write(path, data)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return digest


def fetch_aside(digest: str) -> bytes:
    """Return the bytes set aside under `digest`. Raises as `fetch` does."""
    return _read(_path(digest, _ASIDE), digest)


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed: a reader never sees half a file, whatever stops us.
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read(path: Path, digest: str) -> bytes:
    data = path.read_bytes()
    if digest_of(data) != digest:
        message = f"the file kept as {digest} has changed"
        raise ValueError(message)
    return data


def _path(digest: str, folder: str = "") -> Path:
    if len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest):
        message = "not a SHA-256"
        raise ValueError(message)
    return Path(settings.MEDIA_ROOT) / (folder or digest[:2]) / digest

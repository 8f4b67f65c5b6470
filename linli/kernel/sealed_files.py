"""Files that are sealed under a subject's key, outside the database: when the key is destroyed, what a disk
or a backup still holds of them is noise. The name is the SHA-256 of the sealed bytes and tells nothing.
"""

import os
from pathlib import Path

from django.conf import settings

from linli.kernel.files import digest_of
from linli.kernel.sealing import Key, Place


def keep_sealed(key: Key, place_code: str, data: bytes) -> str:
    """Keep `data`, sealed for the thing of this code, and return the name it opens by.

    It is on the disk before this returns; if the caller's transaction fails, noise is left behind, which
    the sweep removes after a day (sealed_sweep.py).
    """
    sealed = key.seal(data, _place(place_code))
    path = _path(digest_of(sealed))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written beside and renamed: a reader never sees half a file, whatever stops us.
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path.name


def open_sealed(key: Key, place_code: str, digest: str) -> bytes:
    """Return what was kept for the thing of this code. Raises FileNotFoundError, or Misplaced."""
    data = key.open(_path(digest).read_bytes(), _place(place_code))
    if not isinstance(data, bytes):
        message = f"{digest} holds no file"
        raise TypeError(message)
    return data


def remove_sealed(digest: str) -> None:
    """Remove the file; a second time changes nothing."""
    _path(digest).unlink(missing_ok=True)


def _place(code: str) -> Place:
    return Place("file", code, "data")


def _path(digest: str) -> Path:
    if len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest):
        message = "not a SHA-256"
        raise ValueError(message)
    return Path(settings.MEDIA_ROOT) / "sealed" / digest[:2] / digest

"""Files kept by what they contain: the name is the SHA-256 of the bytes, so that one file is one file
and a changed byte shows. Never under a web root; a view decides who may have one.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings


def digest_of(data: bytes) -> str:
    """Return the name under which `data` is or would be kept: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Keep `data` and return its SHA-256 in hex. Keeping the same bytes twice changes nothing."""
    digest = digest_of(data)
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: a reader never sees half a file, whatever stops us.
        aside = path.with_name(f"{digest}.{os.getpid()}")
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    return digest


def fetch(digest: str) -> bytes:
    """Return the bytes kept under `digest`. Raises FileNotFoundError, or ValueError when damaged."""
    data = _path(digest).read_bytes()
    if digest_of(data) != digest:
        message = f"the file kept as {digest} has changed"
        raise ValueError(message)
    return data


def _path(digest: str) -> Path:
    if len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest):
        message = "not a SHA-256"
        raise ValueError(message)
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest

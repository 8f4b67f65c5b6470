"""One at a time, among all processes of this machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the file at `path`, and hold it meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Our own account's alone: it may lie among keys, of which `linli check` wants just that.
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

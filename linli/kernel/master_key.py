"""The file of the master key. It is read anew when it changes, so that a running server follows a
rotation, and replaced in one step, so that a reader never sees half of it.

Writers take turns by the lock of the key store (see `keystore`); readers need none.
"""

from functools import lru_cache
from pathlib import Path

from linli.kernel.sealing import Keyring
from linli.kernel.whole import write_whole


class NoMasterKey(Exception):
    """The file that should hold the master key is not there."""


def read(path: Path) -> Keyring:
    """Return the keyring kept at `path`. Raises NoMasterKey."""
    try:
        state = path.stat()
        return _parsed(path, state.st_ino, state.st_mtime_ns)
    except FileNotFoundError:
        raise NoMasterKey(f"{path} is missing: without it no sealed value opens") from None


def write(path: Path, keyring: Keyring) -> None:
    """Put `keyring` at `path`, readable by us alone, in place of what is there."""
    write_whole(path, keyring.text)


@lru_cache(maxsize=4)
def _parsed(path: Path, inode: int, changed: int) -> Keyring:
    # Inode and time name a version of the file.
    return Keyring(path.read_text())

"""The key that signs the look log's checkpoints: a file beside the master key, made with the log itself.

The log keeps for ever the name under which its key was made; the settings name it that once.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from linli.kernel.note_keys import Kind, Signer, VerifierKey, new_signer, read_signer

KEY_FILE = "log.key"


class NoLogKey(Exception):
    """The key that signed the log so far is not where it should be."""


def signer(*, first: bool) -> Signer:
    """Return the log's key; make it when this is the log's first signature. Raises NoLogKey."""
    kept = Path(settings.KEYS) / KEY_FILE
    if first and not kept.exists():
        make_signer(kept, settings.LOG_ORIGIN)
    try:
        return read_signer(kept.read_text())
    except FileNotFoundError:
        raise NoLogKey(f"{kept} is missing: the log is signed by no other key") from None


def own_key() -> VerifierKey | None:
    """Return the public half, by which anybody verifies; None before the log's first signature."""
    try:
        return signer(first=False).key
    except NoLogKey:
        return None


def make_signer(kept: Path, name: str) -> None:
    """Make a key of this name and keep it in this file, unless somebody else has just done so."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written beside and linked: whoever comes second reads the first one's key, whole.
    beside = kept.with_name(f"{kept.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(new_signer(name, Kind.NOTE).secret() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        kept.hardlink_to(beside)
    beside.unlink()

"""The secret from which the noise of released figures is drawn: a file beside the master key, made when it is first
asked for, never in the database or its dumps. Whoever had it could take the noise away.
"""

import hashlib
import hmac
import secrets
from pathlib import Path

from django.conf import settings

from linli.kernel.turns import turn
from linli.kernel.whole import write_whole

_FILE = "records.key"
_BYTES = 32


def family_secret(family: str) -> bytes:
    """Return the secret of a family of records: two families tell nothing of each other."""
    return hmac.digest(_kept(), f"records {family}".encode(), hashlib.sha256)


def sealed_digest(data: bytes) -> str:
    """Return a digest that nobody without the secret can make: few numbers could be guessed from a bare one."""
    return hmac.digest(_kept(), b"table " + data, hashlib.sha256).hex()


def fingerprint() -> str:
    """Return a name of the secret that tells nothing about it."""
    return hmac.digest(_kept(), b"name", hashlib.sha256).hex()[:16]


def _kept() -> bytes:
    path = Path(settings.KEYS) / _FILE
    if not path.exists():
        with turn(path.with_suffix(".lock")):
            if not path.exists():  # two who ask first make one
                write_whole(path, secrets.token_hex(_BYTES))
    kept = bytes.fromhex(path.read_text())
    if len(kept) != _BYTES:
        message = f"{path} does not hold a secret"
        raise ValueError(message)
    return kept

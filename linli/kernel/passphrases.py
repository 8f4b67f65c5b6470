"""Passphrases: sixteen digits that open what somebody left with us. Of each only a keyed hash is kept.

Digits, because every telephone has them and every language reads them: fifteen at random (50 bits) and a
check digit, so that a slip in typing is told from a wrong one. The key stands outside the database.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet

from linli.kernel.codes import read_code

_LENGTH = 16
_GROUP = 4
_KEY_BYTES = 32


def new_passphrase() -> str:
    """Return a fresh passphrase such as `4821 0937 5512 6608`."""
    body = "".join(secrets.choice("0123456789") for _ in range(_LENGTH - 1))
    plain = body + _check(body)
    return " ".join(plain[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read_passphrase(typed: str) -> str | None:
    """Return the sixteen digits that were meant, in any script's digits, or None when there was a slip."""
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    rest = [c for c in typed if not c.isdecimal() and not c.isspace() and c not in "-·."]
    if rest or len(digits) != _LENGTH or _check(digits[:-1]) != digits[-1]:
        return None
    return digits


def keyed_hash(code: str, passphrase: str) -> str:
    """Return what is kept of a passphrase that `read_passphrase` has read, for the thing of this code."""
    return hmac.digest(_key(settings.KEYS), f"{code}\n{passphrase}".encode(), "sha256").hex()


def opens(code: str, typed: str, kept: str) -> bool:
    """Say whether what was typed is the passphrase of the thing of this code; takes as long when it is not."""
    digits = read_passphrase(typed) or "0" * _LENGTH
    return hmac.compare_digest(keyed_hash(code, digits), kept) and bool(read_passphrase(typed))


def opened_code(
    rows: QuerySet[Any], code: str, typed: str, *, by: str = "code", kept: str = "secret"
) -> str:
    """Return the code of the row that this code and passphrase open, "" for unknown and wrong: after the same work.

    What is kept of the passphrase is asked for alone and answered with one line, be there a row or none: to read a
    row with all that belongs to it takes so much longer that it tells that there is one.
    """
    read = read_code(code) or ""
    secret = rows.filter(**{by: read}).aggregate(kept=Max(kept))["kept"]
    return read if opens(read, typed, secret or "") else ""


def _check(body: str) -> str:
    # Luhn: notices every single wrong digit and nearly every swap of neighbours.
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


@lru_cache(maxsize=4)
def _key(folder: Path) -> bytes:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / "passphrases.key"
    # Written beside and linked: whoever comes second reads the first one's key, whole.
    beside = folder / f"passphrases.{secrets.token_hex(8)}"
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
    with suppress(FileExistsError):
        kept.hardlink_to(beside)
    beside.unlink()
    return kept.read_bytes()

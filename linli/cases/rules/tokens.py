"""Rating tokens: whoever holds one may give one grade to a unit, once, and nobody can tell whose it was. Pure.

A token says nothing but the unit, the kind of case and the month, and is told from a forged one by a keyed
mark. It is not kept when it is given: only when it is spent is its digest kept, until its time is over.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import NamedTuple

Mark = Callable[[str], str]  # the keyed mark of a text, in hex; the key stands outside the database
_NONCE_BYTES = 10  # 80 random bits
_MARK = 32
_SHAPE = re.compile(
    r"([0-9a-f]{20})\.([0-9A-Z-]{9})\.([a-z_]{1,12})\.(\d{4})(\d{2})\.([0-9a-f]{32})"
)


class Token(NamedTuple):
    """What a token says: the unit's code, the kind of case, the first day of the month it was given in."""

    unit: str
    kind: str
    month: date


def new_token(token: Token, mark: Mark) -> str:
    """Return a fresh token, different each time."""
    said = f"{secrets.token_hex(_NONCE_BYTES)}.{token.unit}.{token.kind}.{token.month:%Y%m}"
    return f"{said}.{mark(said)[:_MARK]}"


def read_token(text: str, mark: Mark) -> Token | None:
    """Return what a token says, or None when it was not given by us."""
    read = _SHAPE.fullmatch(text)
    if read is None or not 1 <= int(read[5]) <= 12 or int(read[4]) < 1:
        return None
    said, marked = text.rsplit(".", 1)
    if not hmac.compare_digest(mark(said)[:_MARK], marked):
        return None
    return Token(unit=read[2], kind=read[3], month=date(int(read[4]), int(read[5]), 1))


def digest_of(text: str) -> str:
    """Return what is kept of a spent token."""
    return sha256(text.encode()).hexdigest()


def lapses_on(month: date) -> date:
    """Return the day from which a token of this month is not taken any more: two months later."""
    months = month.month + 2
    return date(month.year + (months - 1) // 12, (months - 1) % 12 + 1, 1)

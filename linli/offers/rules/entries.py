"""Works sent in by nobody we know: a number drawn by chance, and a mark by which its maker is believed. Pure.

The mark is computed from the number under a key that stands outside the database. It is kept nowhere and
needs to be kept nowhere: whoever holds it is told from a guesser by computing it again.
"""

import hmac
from collections.abc import Callable, Iterable
from hashlib import sha256

Keyed = Callable[[str], str]  # the keyed hash of a text, in hex
FIRST, LAST = 10_000, 99_999  # numbers of five digits, so that none tells how many came before
_DIGITS = 16
_GROUP = 4


def mark_of(contest: str, number: int, keyed: Keyed) -> str:
    """Return the mark of one entry, such as `4821 0937 5512 6608`."""
    plain = _plain(contest, number, keyed)
    return " ".join(plain[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def is_mark(typed: str, contest: str, number: int, keyed: Keyed) -> bool:
    """Say whether what was typed, in any script's digits, is the mark of this entry."""
    digits = "".join(str(int(one)) for one in typed if one.isdecimal())
    return hmac.compare_digest(digits, _plain(contest, number, keyed))


def order_for(judge: str, numbers: Iterable[int]) -> list[int]:
    """Return in which order one judge sees the works: another for each judge, the same each time."""
    return sorted(numbers, key=lambda number: sha256(f"{judge}\n{number}".encode()).digest())


def _plain(contest: str, number: int, keyed: Keyed) -> str:
    return f"{int(keyed(f'{contest}.{number}'), 16) % 10**_DIGITS:0{_DIGITS}}"

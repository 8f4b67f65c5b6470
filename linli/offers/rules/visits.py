"""Visits to a quiz: which questions were drawn, told from forged ones by a keyed mark, counted once. Pure.

A visit says nothing but the quiz, the day and the questions. It is not kept when it is given; once it is
counted its digest is kept until its time is over, beside nothing.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from linli.offers.rules.retention import VISIT_DAYS

Keyed = Callable[[str], str]
_MARK = 32
_SHAPE = re.compile(
    r"([0-9a-f]{20})\.([0-9A-Z-]{9})\.(\d{4}-\d\d-\d\d)\.(\d+(?:-\d+){0,19})\.([0-9a-f]{32})", re.ASCII
)  # fmt: skip


class Visit(NamedTuple):
    """What a visit says: the quiz's code, the day, the questions in their order."""

    quiz: str
    on: date
    questions: tuple[int, ...]


def drawn(bank: Iterable[int], count: int) -> tuple[int, ...]:
    """Return so many of the questions, each as likely as any other, in an order of chance."""
    among = sorted(bank)
    return tuple(secrets.SystemRandom().sample(among, min(count, len(among))))


def written(visit: Visit, keyed: Keyed) -> str:
    """Return what the page carries, different each time."""
    listed = "-".join(map(str, visit.questions))
    said = f"{secrets.token_hex(10)}.{visit.quiz}.{visit.on.isoformat()}.{listed}"
    return f"{said}.{keyed(said)[:_MARK]}"


def read(text: str, keyed: Keyed) -> Visit | None:
    """Return what a visit says, or None when it was not given by us."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    said, marked = text.rsplit(".", 1)
    if not hmac.compare_digest(keyed(said)[:_MARK], marked):
        return None
    return Visit(found[2], date.fromisoformat(found[3]), tuple(map(int, found[4].split("-"))))


def digest_of(text: str) -> str:
    """Return what is kept of a visit that was counted."""
    return sha256(text.encode()).hexdigest()


def lapses_on(on: date) -> date:
    """Return the day from which a visit of this day is not counted any more."""
    return on + timedelta(days=VISIT_DAYS)


def rightly(given: Sequence[int], right: Sequence[int]) -> list[bool]:
    """Say of each answer whether it is the right one."""
    return [one == other for one, other in zip(given, right, strict=True)]

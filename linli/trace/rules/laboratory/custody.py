"""Through whose hands a sample went, under which seal, how cold: and where that chain breaks. Pure.

A result from a sample whose chain is broken is never held against anybody.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple


class Handing(NamedTuple):
    """One handing-over: when, from whom to whom (codes of posts, not names), the seal that was seen, was it whole.

    `new_seal`: put on at this handing, "" when the old one stays. `celsius`: measured then, None when it was not.
    """

    at: datetime
    giver: str
    taker: str
    seal: str
    whole: bool
    new_seal: str = ""
    celsius: Decimal | None = None


class Care(NamedTuple):
    """How a sample has to be kept: on the way for so long at most, between these temperatures where they are set."""

    longest: timedelta
    coldest: Decimal | None = None
    warmest: Decimal | None = None


class Break(NamedTuple):
    """Where a chain breaks: at which handing (from 0), and a code that never changes."""

    place: int
    code: str


def breaks(
    taken_at: datetime, taker: str, seal: str, chain: Sequence[Handing], care: Care
) -> list[Break]:
    """Return where a chain breaks that began with this taking under this seal; nothing when it is whole.

    Codes: before_the_last, another_giver, another_seal, seal_broken, too_long, temperature, not_measured.
    """
    found: list[Break] = []
    at, holder, on = taken_at, taker, seal
    for place, one in enumerate(chain):
        codes = [*_link(one, holder, on), *_way(one, at, care)]
        found += [Break(place, code) for code in codes]
        at, holder, on = one.at, one.taker, one.new_seal or one.seal
    return found


def holder(taker: str, chain: Sequence[Handing]) -> str:
    """Return who has the sample now."""
    return chain[-1].taker if chain else taker


def _link(one: Handing, holder: str, seal: str) -> Iterator[str]:
    if one.giver != holder:
        yield "another_giver"
    if one.seal != seal:
        yield "another_seal"
    if not one.whole:
        yield "seal_broken"


def _way(one: Handing, since: datetime, care: Care) -> Iterator[str]:
    if one.at < since:
        yield "before_the_last"
    if one.at - since > care.longest:
        yield "too_long"
    if care.coldest is None and care.warmest is None:
        return
    if one.celsius is None:
        yield "not_measured"
    elif not _between(care.coldest, one.celsius, care.warmest):
        yield "temperature"


def _between(low: Decimal | None, value: Decimal, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)

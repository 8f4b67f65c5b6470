"""Versions of a laboratory report: each amends the one before, says why, and is approved by a second person. Pure.

Nothing is overwritten: what was reported on a day can be told for ever.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple


class Version(NamedTuple):
    """One version of a report. `amends`: the number of the one before, 0 of none; `reason`: why, of an amendment.

    `by`, `approved_by`: who wrote and who approved it, as their codes; `approved_at`: None while nobody did.
    """

    number: int
    amends: int
    result: str
    reason: str
    by: str
    written_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None


class Fault(NamedTuple):
    """What is wrong with a version: its number, and a code that never changes."""

    number: int
    code: str


def faults(chain: Sequence[Version]) -> list[Fault]:
    """Return what is wrong with a chain of versions, oldest first; nothing when it holds.

    Codes: out_of_order, amends_another, no_reason, approved_by_author, approved_too_early, before_the_last,
    last_not_approved.
    """
    found = []
    before: Version | None = None
    for place, one in enumerate(chain, 1):
        found += [Fault(one.number, code) for code in _codes(place, one, before)]
        before = one
    return found


def _codes(place: int, one: Version, before: Version | None) -> Iterator[str]:
    if one.number != place:
        yield "out_of_order"
    if one.amends != (before.number if before else 0):
        yield "amends_another"
    yield from _approval(one)
    if before is None:
        return
    if not one.reason.strip():
        yield "no_reason"
    if before.approved_at is None:
        yield "last_not_approved"
    elif one.written_at < before.approved_at:
        yield "before_the_last"


def _approval(one: Version) -> Iterator[str]:
    if one.approved_at is None:
        return
    if one.approved_by in ("", one.by):
        yield "approved_by_author"
    if one.approved_at < one.written_at:
        yield "approved_too_early"


def standing(chain: Sequence[Version], at: datetime) -> Version | None:
    """Return the version that held at a moment: the last that was approved by then; None while there was none."""
    held = [one for one in chain if one.approved_at is not None and one.approved_at <= at]
    return held[-1] if held else None


def may_amend(chain: Sequence[Version]) -> bool:
    """Say whether a new version may be written: only when the last one was approved."""
    return bool(chain) and chain[-1].approved_at is not None


def may_approve(chain: Sequence[Version], who: str) -> bool:
    """Say whether this person may approve the last version: a second one, never who wrote it."""
    return bool(chain) and chain[-1].approved_at is None and who not in ("", chain[-1].by)

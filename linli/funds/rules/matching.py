"""Conditions of matched money: each side gives its part, and what is missing is said to both. Pure.

A release needs four things: the giver's money stands ready, the partner has posted its part, what it rests on has
been shown, and the last day has not passed. There is no other way to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: the giver gives `amount` fen when the partner gives `share` of it, shown by the last day."""

    amount: int
    share: Fraction
    needs_evidence: bool
    last_day: date

    @property
    def partner_amount(self) -> int:
        """The partner's part in fen, never less than its share."""
        return -(-self.amount * self.share.numerator // self.share.denominator)


@dataclass(frozen=True, slots=True)
class State:
    """How far it is: fen that stand ready, fen that the partner posted, whether evidence was shown, and released."""

    ready: int
    posted: int
    shown: bool
    released: bool
    today: date


class Missing(NamedTuple):
    """One thing that is missing, whose it is, and how many fen, if it is about money."""

    what: str
    whose: str
    amount: int = 0


def missing(terms: Terms, state: State) -> list[Missing]:
    """Return what is missing for the release, in the order in which it is said; nothing when it may be made."""
    return list(_missing(terms, state))


def may_release(terms: Terms, state: State) -> bool:
    """Say whether the giver's money may be released now, once."""
    return not state.released and not missing(terms, state)


def _missing(terms: Terms, state: State) -> Iterator[Missing]:
    if state.ready < terms.amount:
        yield Missing("money", "giver", terms.amount - state.ready)
    if state.posted < terms.partner_amount:
        yield Missing("money", "partner", terms.partner_amount - state.posted)
    if terms.needs_evidence and not state.shown:
        yield Missing("evidence", "partner")
    if state.today > terms.last_day:
        yield Missing("time", "both")

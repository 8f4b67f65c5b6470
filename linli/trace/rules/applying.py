"""The way to a permit: whose turn it is at each stage, and how many working days they have. Pure.

Nothing waits without a day: every stage says who must do what until when, and both sides see the same.
"""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

PAPERS, CHECKING, VISIT, DECISION = "papers", "checking", "visit", "decision"
OPEN: Final = (PAPERS, CHECKING, VISIT, DECISION)
DAYS: Final = {PAPERS: 10, CHECKING: 5, VISIT: 10, DECISION: 10}  # working days of each stage
OPERATOR, UNIT = "operator", "unit"


class Asked(NamedTuple):
    """One kind of paper: which activities ask for it, whether nothing goes on without it."""

    key: str
    activities: frozenset[str]
    needed: bool


class Handed(NamedTuple):
    """One paper that was handed in: of which kind, and whether it waits, was accepted or returned."""

    key: str
    state: str


def turn_of(stage: str) -> str:
    """Return whose turn it is: the operator's, the unit's, or nobody's ("")."""
    if stage == PAPERS:
        return OPERATOR
    return UNIT if stage in OPEN else ""


def asked_of(kinds: Iterable[Asked], scope: Collection[str]) -> list[Asked]:
    """Return the kinds of papers that an application for these activities is asked for."""
    return [one for one in kinds if one.activities & set(scope)]


def missing(kinds: Iterable[Asked], handed: Iterable[Handed]) -> list[str]:
    """Return the needed kinds of which nothing lies there that is in order or still to be looked at."""
    there = {one.key for one in handed if one.state != "returned"}
    return [one.key for one in kinds if one.needed and one.key not in there]

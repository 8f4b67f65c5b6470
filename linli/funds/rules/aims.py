"""How far something has changed between where it began and where it shall end. Pure.

Only what is certain counts: a value that is stated with fog meets a target when no reading of it could miss.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

RISE, FALL = "rise", "fall"

REACHED, UNDER_WAY, WORSE, OPEN, UNMEASURED = "reached", "under_way", "worse", "open", "unmeasured"
STATES: Final = (REACHED, UNDER_WAY, WORSE, OPEN, UNMEASURED)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Course:
    """Where it began, what was aimed at, what there is, and between which values that lies for certain."""

    sense: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


def state(course: Course) -> str:
    """Return where it stands: reached, under way, worse than at first, without a target, or not measured yet."""
    if course.actual is None:
        return UNMEASURED
    if course.target is not None and _met(course, course.target):
        return REACHED
    if course.baseline is not None and _ahead(course, course.baseline) < 0:
        return WORSE
    return UNDER_WAY if course.target is not None else OPEN


def progress(course: Course) -> Decimal | None:
    """Return how much of the way is behind, in whole percent from 0 to 100; None where there is no way to measure.

    Never a hundred before the target is met.
    """
    baseline, target, actual = course.baseline, course.target, course.actual
    if baseline is None or target is None or actual is None:
        return None
    if _met(course, target):
        return _HUNDRED
    way = _ahead(course, baseline, of=target)
    if way <= 0:
        return Decimal(0)
    share = (_ahead(course, baseline) / way * _HUNDRED).to_integral_value(ROUND_FLOOR)
    return min(max(share, Decimal(0)), _HUNDRED - 1)


def _met(course: Course, target: Decimal) -> bool:
    if course.sense == RISE:
        return course.low is not None and course.low >= target
    return course.high is not None and course.high <= target


def _ahead(course: Course, since: Decimal, of: Decimal | None = None) -> Decimal:
    """Return how far a value, else the actual one, lies ahead of where it began, the wished-for way."""
    value = course.actual if of is None else of
    gone = (value if value is not None else since) - since
    return gone if course.sense == RISE else -gone

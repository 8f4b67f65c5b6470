"""When two statements about the same thing cannot both be true. Pure.

Fair to both sides: only what is certain counts. Fog is respected (see `intervals`), and of what adds up
over time only whole periods are compared: a part may be anything up to its whole.
"""

from typing import NamedTuple

from linli.facts.rules.intervals import Interval, apart, exceeds
from linli.facts.rules.periods import Period, overlap, within


class Said(NamedTuple):
    """One statement: over which period, and between which values."""

    period: Period
    values: Interval


def contradict(a: Said, b: Said, *, adds_up: bool) -> bool:
    """Say whether both cannot be true of one indicator and area.

    adds_up: the indicator's values of parts of a period add up to the period's.
    """
    if not overlap(a.period, b.period):
        return False
    if not adds_up or a.period == b.period:
        return apart(a.values, b.values)
    if within(a.period, b.period):
        return _outgrows(a, b)
    return within(b.period, a.period) and _outgrows(b, a)


def _outgrows(part: Said, whole: Said) -> bool:
    """Say whether a part is larger than its whole. With losses (below nought) it may well be."""
    ends = (*part.values[:2], *whole.values[:2])
    return exceeds(part.values, whole.values) and not any(
        end < 0 for end in ends if end is not None
    )

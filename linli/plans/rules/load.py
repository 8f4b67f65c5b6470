"""How much falls on one unit in a month, and when that is too much to promise.

A unit that leads forty tasks promises none of them truly. A task that falls due takes an office about four
working days to close (figures, evidence, report, questions of the review), and a month has some
twenty: more than FALLING_DUE in one month is a conflict. A running task takes a day or two a month: more
than RUNNING at once is one too. Supporting another unit's task is not counted: its leader plans for it.
A conflict is shown when the plan is made. It forbids nothing: the planner decides, and can be asked why.
"""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

FALLING_DUE = 5
RUNNING = 12


class Span(NamedTuple):
    """The days of one open task: first and last."""

    since: date
    until: date


class MonthLoad(NamedTuple):
    """One month of one unit."""

    month: date  # its first day
    running: int  # tasks open at some time in it
    due: int  # tasks whose last day lies in it

    @property
    def heavy(self) -> bool:
        """Whether more falls here than one unit can keep."""
        return self.due > FALLING_DUE or self.running > RUNNING


def load(spans: Iterable[Span], first: date, months: int = 12) -> list[MonthLoad]:
    """Return the load by month, from the month of `first` on.

    A task that is overdue when `first` comes counts as running and as due in that month: it is still work.
    """
    starts = [_month(first, ahead) for ahead in range(months + 1)]
    begin = starts[0]
    known = [Span(min(s.since, max(s.until, begin)), max(s.until, begin)) for s in spans]
    return [
        MonthLoad(
            month=start,
            running=sum(span.since < end and span.until >= start for span in known),
            due=sum(start <= span.until < end for span in known),
        )
        for start, end in pairwise(starts)
    ]


def conflicts(before: list[MonthLoad], after: list[MonthLoad]) -> list[MonthLoad]:
    """Return the months that one more task makes heavier while they are, or become, too heavy."""
    return [now for was, now in zip(before, after, strict=True) if now.heavy and now != was]


def _month(first: date, ahead: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
    return date(years, month + 1, 1)

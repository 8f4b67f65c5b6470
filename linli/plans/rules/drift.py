"""How far promises have moved: days between the first promised due day and the one of now.

The median, because one task that waits for a railway says nothing about a unit; with the share of tasks
that moved at all, because a median of nought hides the half that did.
"""

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import NamedTuple


class Drift(NamedTuple):
    """How the promises of one unit have moved."""

    promised: int  # tasks that were promised with a due day
    moved: int  # those of them whose day is another one now
    median_days: float  # over all promised ones; later is positive

    @property
    def share(self) -> float:
        """The part that moved, 0 to 1."""
        return self.moved / self.promised if self.promised else 0.0


def drift(first_due_on: date | None, due_on: date | None) -> int | None:
    """Return by how many days a due day moved, later positive; None when no day was or is promised."""
    if first_due_on is None or due_on is None:
        return None
    return (due_on - first_due_on).days


def drifts(days: Iterable[tuple[date | None, date | None]]) -> Drift:
    """Return the drift of many tasks from their (first, present) due days; those without are left out."""
    known = [moved for first, now in days if (moved := drift(first, now)) is not None]
    return Drift(
        promised=len(known),
        moved=sum(moved != 0 for moved in known),
        median_days=float(median(known)) if known else 0.0,
    )

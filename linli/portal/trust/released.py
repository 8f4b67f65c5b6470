"""Which counts of looks may be shown. Pure.

Looks are counted by role and unit, never by person. A small count would tell when somebody's case was at
hand, so counts under ten stand together, and none can be found by subtraction from those beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 10

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Released(Generic[Who]):
    """Counts that may be shown, largest first; `others` are several small ones together, or 0."""

    shown: tuple[tuple[Who, int], ...]
    others: int

    @property
    def total(self) -> int:
        """All looks of the month; 0 when they are too few to be told."""
        return sum(count for _who, count in self.shown) + self.others


def released(counts: Mapping[Who, int]) -> Released[Who]:
    """Return what may be shown: every count, and every sum over some, is ten at least."""
    ranked = sorted(counts.items(), key=lambda counted: (-counted[1], str(counted[0])))
    shown = [counted for counted in ranked if counted[1] >= LEAST]
    others = sum(count for _who, count in ranked[len(shown) :])
    # Fewer than ten could be had as the difference from the log's own size: a larger one joins them.
    while 0 < others < LEAST and shown:
        others += shown.pop()[1]
    return Released(tuple(shown), others if others >= LEAST else 0)

"""What others may want to hear of offers: codes, times and counts, never who booked.

That a session was called off or changed stands among the steps of each booking, and in the letter that is
written with it (actions/telling.py).
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Collected:
    """A contest takes no more works: their numbers are ready to be judged."""

    contest: str
    at: datetime
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of a contest was told: numbers with their places, of those that have prizes."""

    contest: str
    at: datetime
    places: tuple[tuple[int, int], ...]

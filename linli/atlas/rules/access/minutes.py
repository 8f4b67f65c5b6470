"""How long each square's way to the nearest counter is that serves, and what that comes to for the town. Pure.

Squares are counted, never the people who live in them: a way that is too long is so for one person as for a thousand.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from linli.atlas.rules.access.buses import Journey, Network
from linli.atlas.rules.access.counters import Counter
from linli.atlas.rules.access.squares import Square

BANDS: Final = (10, 20, 30, 45)  # the last minute of each step of the map
WITHIN: Final = (15, 20, 30, 45, 60)  # what may be asked for as near enough


class Reached(NamedTuple):
    """The nearest counter from a square, and the way to it."""

    counter: Counter
    journey: Journey


class Summary(NamedTuple):
    """A town at one hour: squares in all and within the limit, the longest and the middle way (None: no counter serves)."""

    squares: int
    near: int
    longest: int | None
    middle: int | None


@dataclass(frozen=True)
class Reckoning:
    """Ways over one network, each goal reckoned once: many questions are asked of the same streets."""

    network: Network
    _known: dict[Square, dict[Square, Journey]] = field(default_factory=dict)

    def ways_to(self, goal: Square) -> Mapping[Square, Journey]:
        """Return the ways from every square to one."""
        if goal not in self._known:
            self._known[goal] = self.network.ways_to(goal)
        return self._known[goal]

    def nearest(self, counters: Iterable[Counter]) -> dict[Square, Reached]:
        """Return the nearest of these counters from each square; of two that are as near, the first by code."""
        found: dict[Square, Reached] = {}
        for counter in sorted(counters, key=lambda one: one.code):
            for square, journey in self.ways_to(counter.square).items():
                if square not in found or journey.minutes < found[square].journey.minutes:
                    found[square] = Reached(counter, journey)
        return found


def band(minutes: int) -> int:
    """Return which step of the map so many minutes are on, 0 being the nearest."""
    return bisect_left(BANDS, minutes)


def summary(squares: Sequence[Square], reached: Mapping[Square, Reached], within: int) -> Summary:
    """Return what the ways come to; the middle one is such that half of the squares have none that is longer."""
    ways = sorted(one.journey.minutes for one in reached.values())
    near = sum(minutes <= within for minutes in ways)
    longest = ways[-1] if ways else None
    return Summary(len(squares), near, longest, ways[(len(ways) - 1) // 2] if ways else None)

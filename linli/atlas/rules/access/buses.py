"""The shortest way to one square on foot and by bus, from everywhere at once. Pure.

Walked is to the first stop, between stops where one changes, and from the last; never further than
`MOST_WALK` minutes at a time, or one would not take the bus. One waits half of the time between two buses.
Legs are whole minutes and add up to what the page says.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from heapq import heappop, heappush
from typing import Final, NamedTuple

from linli.atlas.rules.access.squares import Ground, Square

WALK, WAIT, RIDE = "walk", "wait", "ride"
MOST_WALK: Final = 20
MOST_STOPS: Final = 200
MOST_RUNS: Final = 2_000
_NEVER: Final = 1 << 30


class Run(NamedTuple):
    """One bus from a stop to the next: how many minutes it rides, every how many minutes it comes, when.

    The first and the last bus both go; weekday 0 is Monday.
    """

    line: str
    start: str
    end: str
    minutes: int
    every: int
    first: time
    last: time
    weekdays: frozenset[int]

    def goes(self, weekday: int, hour: time) -> bool:
        """Say whether the line goes on that weekday at that hour."""
        return weekday in self.weekdays and self.first <= hour <= self.last


class Leg(NamedTuple):
    """One part of a way: what one does, for how many minutes, by which line, until which stop ("": the goal)."""

    does: str
    minutes: int
    line: str = ""
    to: str = ""


class Journey(NamedTuple):
    """One way: its minutes in all, and its parts in order."""

    minutes: int
    legs: tuple[Leg, ...]


# Where one is: in a bus that has come to a stop ("bus", stop, line), out of it ("out", stop, ""), waiting ("wait", stop, "").
_Where = tuple[str, str, str]
# What one does there, and where one is then; None at the goal.
_Step = tuple[tuple[Leg, ...], _Where | None]


@dataclass(frozen=True)
class Network:
    """The stops of a town and the buses that go at one hour; without any of them all ways are walks."""

    ground: Ground
    stops: Mapping[str, Square] = field(default_factory=dict)
    runs: Sequence[Run] = ()

    def ways_to(self, goal: Square) -> dict[Square, Journey]:
        """Return the shortest way from each square of the ground to `goal`; a walk where a bus is no quicker."""
        best, onward = self._from_stops(goal)
        ways = {}
        for square in self.ground.squares:
            minutes, stop, walked = self.ground.on_foot(square, goal), "", 0
            for name, there in self._near(square):
                if there + best.get(("wait", name, ""), _NEVER) < minutes:
                    minutes, stop, walked = there + best["wait", name, ""], name, there
            legs: tuple[Leg, ...] = (Leg(WALK, minutes),)
            if stop:
                legs = _joined((Leg(WALK, walked, "", stop), *_legs(("wait", stop, ""), onward)))
            ways[square] = Journey(minutes, legs)
        return ways

    def _from_stops(self, goal: Square) -> tuple[dict[_Where, int], dict[_Where, _Step]]:
        """Return the minutes from each stop to the goal, and what one does there: reckoned from the goal back."""
        best: dict[_Where, int] = {}
        onward: dict[_Where, _Step] = {}
        # Numbered, so that of equal ways the one found first stands, always the same.
        found: list[tuple[int, int, _Where, _Step]] = []
        for name, walked in self._near(goal):
            heappush(found, (walked, len(found), ("out", name, ""), ((Leg(WALK, walked),), None)))
        number = len(found)
        while found:
            minutes, _number, where, step = heappop(found)
            if where in best:
                continue
            best[where], onward[where] = minutes, step
            for before, took, legs in self._before(where):
                if before not in best:
                    number += 1
                    heappush(found, (minutes + took, number, before, (legs, where)))
        return best, onward

    def _before(self, where: _Where) -> Iterable[tuple[_Where, int, tuple[Leg, ...]]]:
        """Yield from where one comes to where one is, how long that takes, and what one does meanwhile."""
        kind, name, line = where
        if kind == "out":
            for said in sorted({run.line for run in self._arriving[name]}):
                yield ("bus", name, said), 0, ()
        elif kind == "wait":
            yield ("out", name, ""), 0, ()
            for other, walked in self._near(self.stops[name]):
                if other != name:
                    yield ("out", other, ""), walked, (Leg(WALK, walked, "", name),)
        else:
            for run in self._arriving[name]:
                if run.line == line:
                    wait, ride = -(-run.every // 2), Leg(RIDE, run.minutes, line, name)
                    yield ("bus", run.start, line), run.minutes, (ride,)
                    legs = (Leg(WAIT, wait, line), ride)
                    yield ("wait", run.start, ""), wait + run.minutes, legs

    def _near(self, square: Square) -> list[tuple[str, int]]:
        """Return the stops of this hour's buses that one walks to from a square, and how long."""
        if square not in self._near_known:
            self._near_known[square] = [
                (name, minutes)
                for name in self._used
                if (minutes := self.ground.on_foot(square, self.stops[name])) <= MOST_WALK
            ]
        return self._near_known[square]

    @cached_property
    def _near_known(self) -> dict[Square, list[tuple[str, int]]]:
        return {}

    @cached_property
    def _used(self) -> list[str]:
        return sorted({name for run in self.runs for name in (run.start, run.end)})

    @cached_property
    def _arriving(self) -> dict[str, list[Run]]:
        found = defaultdict(list)
        for run in self.runs:
            found[run.end].append(run)
        return found


def _legs(where: _Where | None, onward: Mapping[_Where, _Step]) -> Iterable[Leg]:
    while where is not None:
        legs, where = onward[where]
        yield from legs


def _joined(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Return legs with the rides of one line in one bus made one."""
    joined: list[Leg] = []
    for leg in legs:
        last = joined[-1] if joined else None
        if last and leg.does == last.does == RIDE and leg.line == last.line:
            joined[-1] = Leg(RIDE, last.minutes + leg.minutes, leg.line, leg.to)
        else:
            joined.append(leg)
    return tuple(joined)

"""The three clocks of a case: of the step, of the unit, of the whole case. Pure.

A town promises days and keeps count of them. What may move a promised day is short: an extension, typed,
shown and counted, twice at most; and the working days of a pause, typed, shown and counted. Nothing else:
no comment, no hand-over, no new step gives the whole case more time. A new step starts the step's clock,
a unit that accepts gets its own days, and whoever handed on answers until then.

Each function returns the clocks as they stand afterwards and what happened to each, so that the events,
folded, are the row again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

STEP, UNIT, CASE = "step", "unit", "case"
CLOCKS = (STEP, UNIT, CASE)
STARTED, PAUSED, RESUMED, MOVED, STOPPED, PASSED = (
    "started",
    "paused",
    "resumed",
    "moved",
    "stopped",
    "passed",
)
MOST_MOVES = 2
MOST_LEVEL = 3
# How many working days a clock must have passed before the case rises to this level.
WAITS = (0, 3, 10)


class Calendar(NamedTuple):
    """The working days of the place: `due(at, n)` closes the n-th after `at`; `between` counts them."""

    due: Callable[[datetime, int], datetime]
    between: Callable[[datetime, datetime], int]


class Days(NamedTuple):
    """How many working days a topic promises for one step, for a unit, for the whole case."""

    step: int
    unit: int
    case: int

    @property
    def most_more(self) -> int:
        """How many days one extension may add: half of what was promised."""
        return max(1, self.case // 2)


class Happened(NamedTuple):
    """One thing that happened to one clock, and when it is due from then on (None: it stands still)."""

    clock: str
    verb: str
    due_at: datetime | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one case. `running`: it waits for a unit, neither for the person nor for nobody."""

    step: datetime
    unit: datetime
    case: datetime
    running: bool = True
    paused_at: datetime | None = None
    pauses: int = 0
    moves: int = 0
    level: int = 0

    @property
    def next(self) -> datetime | None:
        """When the next of them is due; None while they stand still."""
        if not self.running or self.paused_at is not None:
            return None
        return min(self.step, self.unit, self.case)

    def due(self, clock: str) -> datetime:
        """Return when this clock is due."""
        return {STEP: self.step, UNIT: self.unit, CASE: self.case}[clock]


Turn = tuple[Clocks, list[Happened]]


def begun(at: datetime, days: Days, calendar: Calendar) -> Turn:
    """Start all three from the moment of asking, whether or not anybody has taken the case."""
    clocks = Clocks(
        step=calendar.due(at, days.step),
        unit=calendar.due(at, days.unit),
        case=calendar.due(at, days.case),
    )
    return clocks, [Happened(clock, STARTED, clocks.due(clock)) for clock in CLOCKS]


def next_step(clocks: Clocks, at: datetime, days: Days, calendar: Calendar) -> Turn:
    """Start the clock of a step that somebody must decide soon; the others run on."""
    return _stepped(clocks, at, calendar.due(at, days.step))


def working(clocks: Clocks, at: datetime) -> Turn:
    """Start the step of working on it: the unit has the days that it has, and no less."""
    return _stepped(clocks, at, clocks.unit)


def given_over(clocks: Clocks, at: datetime, days: Days, calendar: Calendar) -> Turn:
    """Start the clock of the unit that accepted, and its step; the whole case runs on."""
    unit = calendar.due(at, days.unit)
    after = _settled(replace(clocks, unit=unit, step=unit), at)
    return after, [Happened(UNIT, STARTED, unit), Happened(STEP, STARTED, unit)]


def paused(clocks: Clocks, at: datetime, kind: str) -> Turn:
    """Let all clocks stand still, for a typed reason; it is counted."""
    after = replace(clocks, paused_at=at, pauses=clocks.pauses + 1, level=0)
    return after, [Happened(clock, PAUSED, None, kind) for clock in CLOCKS]


def resumed(clocks: Clocks, at: datetime, calendar: Calendar, kind: str = "") -> Turn:
    """Let them run again, each later by exactly the working days that it stood still."""
    if clocks.paused_at is None:
        return clocks, []
    after = replace(
        _later(clocks, calendar.between(clocks.paused_at, at), calendar), paused_at=None
    )
    after = _settled(after, at)
    return after, [Happened(clock, RESUMED, after.due(clock), kind) for clock in CLOCKS]


def extended(clocks: Clocks, at: datetime, more: int, kind: str, calendar: Calendar) -> Turn:
    """Give the case and its unit `more` working days, for a typed reason; it is counted."""
    after = replace(_later(clocks, more, calendar), moves=clocks.moves + 1)
    after = _settled(after, at)
    return after, [Happened(clock, MOVED, after.due(clock), kind) for clock in CLOCKS]


def stopped(clocks: Clocks, at: datetime, calendar: Calendar, kind: str) -> Turn:
    """Stop them: it was answered, withdrawn or ended. A pause ends first, and is counted in."""
    clocks, before = resumed(clocks, at, calendar, kind)
    if not clocks.running:
        return clocks, before
    after = replace(clocks, running=False, level=0)
    return after, [*before, *(Happened(clock, STOPPED, None, kind) for clock in CLOCKS)]


def taken_up(clocks: Clocks, at: datetime, days: Days, calendar: Calendar) -> Turn:
    """Let them run again after an answer that did not solve it: the promised days are still the old ones."""
    after = _settled(replace(clocks, running=True, step=calendar.due(at, days.step)), at)
    run_on = [Happened(clock, RESUMED, after.due(clock), "objected") for clock in (UNIT, CASE)]
    return after, [Happened(STEP, STARTED, after.step), *run_on]


def risen(clocks: Clocks, level: int) -> Turn:
    """Raise the case to this level, because the clock that is due first has passed so long ago."""
    first = min(CLOCKS, key=lambda clock: (clocks.due(clock), CLOCKS.index(clock)))
    happened = Happened(first, PASSED, clocks.due(first), str(level))
    return replace(clocks, level=level), [happened]


def folded(events: Iterable[tuple[datetime, str, str, datetime | None, str]]) -> Clocks:
    """Return the clocks that these events (at, clock, verb, due_at, kind) make, in their order."""
    due: dict[str, datetime] = {}
    running, paused_at, counts, level = True, None, {PAUSED: 0, MOVED: 0}, 0
    for at, clock, verb, due_at, kind in events:
        if due_at is not None:
            due[clock] = due_at
        if verb == PASSED:
            level = int(kind)
            continue
        if clock == CASE and verb in counts:
            counts[verb] += 1
        if clock == CASE:
            paused_at = at if verb == PAUSED else None if verb == RESUMED else paused_at
            running = verb != STOPPED if verb in {STOPPED, RESUMED, STARTED} else running
        if len(due) < len(CLOCKS) or min(due.values()) > at or verb in {PAUSED, STOPPED}:
            level = 0
    return Clocks(
        step=due[STEP],
        unit=due[UNIT],
        case=due[CASE],
        running=running,
        paused_at=paused_at,
        pauses=counts[PAUSED],
        moves=counts[MOVED],
        level=level,
    )


def _stepped(clocks: Clocks, at: datetime, due: datetime) -> Turn:
    return _settled(replace(clocks, step=due), at), [Happened(STEP, STARTED, due)]


def _later(clocks: Clocks, days: int, calendar: Calendar) -> Clocks:
    if not days:
        return clocks
    return replace(
        clocks,
        step=calendar.due(clocks.step, days),
        unit=calendar.due(clocks.unit, days),
        case=calendar.due(clocks.case, days),
    )


def _settled(clocks: Clocks, at: datetime) -> Clocks:
    """A case of which no clock has passed is not overdue any more."""
    return replace(clocks, level=0) if min(clocks.step, clocks.unit, clocks.case) > at else clocks

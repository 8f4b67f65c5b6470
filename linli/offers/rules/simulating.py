"""The waiting list played through: a full session, groups that wait, places that come back day by day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from linli.offers.rules.places import DOORS, Places
from linli.offers.rules.waiting import Bound, Waiting, turn

_DAY = timedelta(days=1)
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # days are counted from here; which they are says nothing


class Group(NamedTuple):
    """One group that waits: its place in the queue from 1 on, for how many."""

    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Step:
    """One day: so many places came free, so many were free; who got in, and who was overtaken how often."""

    day: int
    freed: int
    free: int
    let_in: list[Group] = field(default_factory=list)
    overtaken: list[tuple[Group, int]] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one group: the day on which it got in (None: it still waits), how often it was overtaken."""

    group: Group
    day: int | None
    passed: int


def played(
    capacity: int, sizes: Sequence[int], freed: Sequence[int], bound: Bound
) -> tuple[list[Step], list[Fate]]:
    """Return what happens day by day, and what becomes of each group. All wait since day 0; none leaves."""
    groups = [Group(number, size) for number, size in enumerate(sizes, 1)]
    entered, passed = dict[Group, int](), dict.fromkeys(groups, 0)
    others, steps = capacity, list[Step]()
    for day, many in enumerate(freed, 1):
        back = min(many, others)
        others -= back
        free = capacity - others - sum(one.size for one in entered)
        queue = [one for one in groups if one not in entered]
        told = turn(
            [Waiting(one.size, _FIRST, passed[one]) for one in queue],
            Places(capacity, _all_at_one_door(capacity - free), dict.fromkeys(DOORS, 0)),
            _FIRST + day * _DAY,
            bound,
        )
        let_in = [queue[place] for place in told.let_in]
        overtaken = [(queue[place], often) for place, often in sorted(told.passed.items())]
        entered |= dict.fromkeys(let_in, day)
        passed |= {one: passed[one] + often for one, often in overtaken}
        left = free - sum(one.size for one in let_in)
        steps.append(Step(day, back, free, let_in, overtaken, left))
    return steps, [Fate(one, entered.get(one), passed[one]) for one in groups]


def _all_at_one_door(taken: int) -> dict[str, int]:
    return dict.fromkeys(DOORS, 0) | {DOORS[0]: taken}

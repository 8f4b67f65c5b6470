"""The waiting list: groups whole or not at all, the first first, and nobody overtaken for ever. Pure.

Places that come free are too few for the group that waits longest, while a smaller one behind it would
fit. It may go before: but each group is overtaken at most `passes` times, and only in its first
`days` days on the list. After that the places wait for it. So a group that fits into the session at
all gets in as soon as that many places have come free since.

A place that is kept for one door is nobody's at another: whoever gets it there overtakes nobody here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from linli.offers.rules.places import DOORS, Places

MOST_AT_ONCE = 100  # groups let in by one turn; the next turn goes on


@dataclass(frozen=True, slots=True)
class Waiting:
    """One group on the list: how many, since when, how often smaller ones went before, through which door."""

    size: int
    since: datetime
    passed: int = 0
    door: str = "web"


@dataclass(frozen=True, slots=True)
class Bound:
    """How often, and for how many days, a group may be overtaken."""

    passes: int
    days: int

    def may_pass(self, one: Waiting, at: datetime, since_passed: int = 0) -> bool:
        """Say whether a smaller group may go before this one, which was overtaken so often since it was read."""
        often = one.passed + since_passed
        return often < self.passes and at < one.since + timedelta(days=self.days)


@dataclass(slots=True)
class Turn:
    """What one turn brings, by place in the queue: who is let in, and how often who was overtaken."""

    let_in: list[int] = field(default_factory=list)
    passed: dict[int, int] = field(default_factory=dict)


def turn(queue: Iterable[Waiting], places: Places, at: datetime, bound: Bound) -> Turn:
    """Return who gets in now. Reads no further in the queue than it must.

    A group that has become larger than the session, because that was made smaller, holds up nobody.
    """
    said, overtakable = Turn(), list[tuple[int, Waiting]]()
    taken, waited_for = dict(places.taken), set[str]()  # the doors of those for whom places wait
    floors = any(places.kept[door] > taken[door] for door in DOORS)
    for place, one in enumerate(queue):
        now = Places(places.capacity, taken, places.kept)
        if not now.free or (waited_for and not floors) or len(said.let_in) == MOST_AT_ONCE:
            break
        if one.size > places.capacity:
            continue
        touched = _touched(now, one)
        if one.size > now.free_at(one.door) or waited_for & touched:
            overtakable.append((place, one))
            if not bound.may_pass(one, at):
                waited_for.add(one.door)
            continue
        taken[one.door] += one.size
        said.let_in.append(place)
        for other, behind in ((n, who) for n, who in overtakable if who.door in touched):
            said.passed[other] = said.passed.get(other, 0) + 1
            if not bound.may_pass(behind, at, said.passed[other]):
                waited_for.add(behind.door)
    return said


def _touched(places: Places, one: Waiting) -> set[str]:
    """Return the doors that have less room once this group is in: its own alone, while its floor is not used up."""
    within = places.taken[one.door] + one.size <= places.kept[one.door]
    return {one.door} if within else set(DOORS)

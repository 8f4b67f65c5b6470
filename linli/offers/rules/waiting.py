"""The waiting list: groups whole or not at all, the first first, and nobody overtaken for ever. Pure.

Places that come free are too few for the group that waits longest, while a smaller one behind it would
fit. It may go before: but each group is overtaken at most `passes` times, and only in its first
`days` days on the list. After that the places wait for it. So a group that fits into the session at
all gets in as soon as that many places have come free since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """One group on the list: how many, since when, and how often smaller ones went before."""

    size: int
    since: datetime
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """How often, and for how many days, a group may be overtaken."""

    passes: int
    days: int

    def may_pass(self, one: Waiting, at: datetime) -> bool:
        """Say whether a smaller group may go before this one."""
        return one.passed < self.passes and at < one.since + timedelta(days=self.days)


def next_in(queue: Sequence[Waiting], free: int, at: datetime, bound: Bound) -> int | None:
    """Return the place in the queue of the group that gets in next; all before it are overtaken by it.

    None while nobody fits, or the places wait for a group that may not be overtaken any more.
    """
    for place, one in enumerate(queue):
        if one.size <= free:
            return place
        if not bound.may_pass(one, at):
            return None
    return None

"""How premises stand by their permits at a moment: one word for everybody, whatever papers lie in the drawer. Pure.

A stopped permit counts against premises as long as nothing else allows what it allowed and what they still do: who
was stopped does not stand as valid by a paper for something else.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN

EXPIRED, NOT_YET, NONE = "expired", "not_yet", "none"
STATES: Final = (VALID, SUSPENDED, WITHDRAWN, EXPIRED, NONE)


class Turn(NamedTuple):
    """One turn of a permit: to which state, from when."""

    to: str
    from_at: datetime


class Held(NamedTuple):
    """One permit: for what, from when, until when (that moment does not count any more), and its turns in order."""

    code: str
    scope: frozenset[str]
    since: datetime
    until: datetime
    turns: tuple[Turn, ...] = ()


def state_of(held: Held, at: datetime) -> str:
    """Return how one permit stands at a moment: valid, suspended, withdrawn, expired or not_yet."""
    turned = [turn.to for turn in held.turns if turn.from_at <= at]
    state = turned[-1] if turned else VALID
    if state == WITHDRAWN:
        return WITHDRAWN
    if at >= held.until:
        return EXPIRED
    return NOT_YET if at < held.since else state


def stand_of(
    permits: Sequence[Held], activities: Collection[str], at: datetime
) -> tuple[str, Held | None]:
    """Return the word for premises with these permits and activities, and the permit that it goes back to."""
    states = [(state_of(one, at), one) for one in permits]
    valid = [one for state, one in states if state == VALID]
    covered = frozenset().union(*(one.scope for one in valid))
    missed = frozenset(activities) - covered
    for word in (WITHDRAWN, SUSPENDED):
        for state, one in reversed(states):
            if state == word and at < one.until and one.scope & missed:
                return word, one
    if valid:
        return VALID, max(valid, key=lambda one: one.until)
    over = [(one.until, state, one) for state, one in states if state != NOT_YET]
    if not over:
        return NONE, None
    _until, state, last = max(over, key=lambda one: one[0])
    return state, last

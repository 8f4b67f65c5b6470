"""Neighbours brought together: the same station, a time of the week that suits both, and who waits longest. Pure.

Nothing else is known here, so nothing else can decide. As many find somebody as can at all; and whoever wants
help and has waited longer is never left out for somebody who came later.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

PARTS = 3  # of a day: morning, afternoon, evening
TIMES = range(7 * PARTS)  # Monday's morning is 0, Sunday's evening is 20


class Free(NamedTuple):
    """One neighbour: a code, the station's number, times of the week, the day they began to wait."""

    code: str
    place: int
    times: frozenset[int]
    since: date


class Match(NamedTuple):
    """Two who could meet: the codes of who wants help and of who gives it, and when both can."""

    wanted: str
    offered: str
    times: tuple[int, ...]


def matches(
    wanted: Collection[Free],
    offered: Collection[Free],
    never: Collection[tuple[str, str]] = (),
) -> list[Match]:
    """Return whom to propose to whom, nobody twice. `never`: pairs that were proposed before.

    Who waits longest is placed first, and once placed stays so: others may only be moved to another who
    suits them as well (augmenting paths). So the number of pairs is the largest there is.
    """
    givers = {one.code: one for one in offered}
    seekers = {one.code: one for one in sorted(wanted, key=_longest)}
    ways = {
        code: [giver.code for giver in sorted(offered, key=_longest)
               if _suit(one, giver) and (code, giver.code) not in never]
        for code, one in seekers.items()
    }  # fmt: skip
    taken: dict[str, str] = {}
    for code in seekers:
        _place(code, ways, taken, set())
    return sorted(
        Match(seeker, giver, tuple(sorted(seekers[seeker].times & givers[giver].times)))
        for giver, seeker in taken.items()
    )


def _longest(one: Free) -> tuple[date, str]:
    return one.since, one.code


def _suit(one: Free, other: Free) -> bool:
    return one.place == other.place and bool(one.times & other.times)


def _place(seeker: str, ways: dict[str, list[str]], taken: dict[str, str], tried: set[str]) -> bool:
    for giver in ways[seeker]:
        if giver in tried:
            continue
        tried.add(giver)
        if giver not in taken or _place(taken[giver], ways, taken, tried):
            taken[giver] = seeker
            return True
    return False

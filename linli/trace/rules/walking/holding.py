"""What lies in one parent, from when until when, as events about it say in the order of time. Pure.

Who observes children in a parent says that they are in it; who empties it may name none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """One thing in a parent: since when, until when (None: still), and the event that put it in."""

    child: int
    begins: datetime
    ends: datetime | None
    event: int


@dataclass(frozen=True, slots=True)
class Packed:
    """One event about a parent: children put in or seen there, or taken out; all, where none are named."""

    event: int
    at: datetime
    out: bool
    children: tuple[int, ...]


def held(before: Iterable[Held], told: Iterable[Packed]) -> list[Held]:
    """Return what lay in a parent: what was in it `before`, and what the events say since, in their order.

    What is put in again while it is in goes on; what is taken out that nobody put in is nothing.
    """
    inside = {one.child: one for one in before}
    over: list[Held] = []
    for one in told:
        for child in (one.children or tuple(inside)) if one.out else one.children:
            if not one.out:
                inside.setdefault(child, Held(child, one.at, None, one.event))
            elif since := inside.pop(child, None):
                over.append(Held(child, since.begins, one.at, since.event))
    return [*over, *inside.values()]

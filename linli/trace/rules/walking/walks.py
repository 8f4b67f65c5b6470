"""Walks along links: what a thing went into, and what it came from, hop by hop and in the order of time. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from linli.trace.rules.walking.link_steps import (
    As,
    Links,
    Place,
    Step,
    backward_steps,
    forward_steps,
)

MOST_HOPS: Final = 12  # transformations: from the field to the plate there are fewer


class Reached(NamedTuple):
    """A thing that a walk came to: how, after how many transformations, and the moment that counts.

    Forwards that is the earliest moment since when it may be affected, backwards the latest until which what
    it gave could come along. `before` is where the walk came from on its shortest way, a thing or a
    transformation, and `event` the id of what linked the two.
    """

    thing: str
    how: As
    hops: int
    at: datetime
    before: str
    event: str
    until: datetime | None = None


def forward(links: Links, start: str, since: datetime, hops: int = MOST_HOPS) -> list[Reached]:
    """Return all that a thing went into, from a moment on, nearest first, and what carried it.

    A link that ended before a thing was affected leads nowhere. Cycles end: the way round reaches nothing
    earlier. Each thing is named once, with its fewest hops and its earliest moment; one that is both made of
    the start and carried it is named as made.
    """
    walk = _Walk(links, forward_steps, earlier=True, hops=hops)
    return walk.from_place(Place(start, "made"), since)


def backward(links: Links, start: str, until: datetime, hops: int = MOST_HOPS) -> list[Reached]:
    """Return all that a thing came from, up to a moment, nearest first, and what it lay in on the way.

    The mirror of `forward`: what is used after it was too late gave nothing.
    """
    walk = _Walk(links, backward_steps, earlier=False, hops=hops)
    return walk.from_place(Place(start, "used", until), until)


@dataclass(slots=True)
class _Walk:
    """Breadth first by transformations; a place is gone on from again only if reached at a better moment."""

    links: Links
    steps: Callable[[Links, Place, datetime], Iterator[Step]]
    earlier: bool
    hops: int
    best: dict[Place, datetime] = field(default_factory=dict)
    found: dict[Place, Reached] = field(default_factory=dict)

    def from_place(self, start: Place, at: datetime) -> list[Reached]:
        self.best[start] = at
        level = {start: at}
        for hop in range(self.hops + 1):
            level = self._level(level, hop)
        return self._told(start.thing)

    def _level(self, level: dict[Place, datetime], hop: int) -> dict[Place, datetime]:
        """Go on from all places of one level, and at once through what is no transformation; return the next."""
        waiting, following = level, dict[Place, datetime]()
        while waiting:
            self.links.learn(place.thing for place in waiting)
            now, waiting = waiting, {}
            for place, at in now.items():
                if self.best[place] != at:
                    continue  # reached at a better moment since
                for step in self.steps(self.links, place, at):
                    if hop + step.hop <= self.hops and self._better(step):
                        self._reach(place, step, hop + step.hop)
                        (following if step.hop else waiting)[step.to] = step.at
        return following

    def _better(self, step: Step) -> bool:
        known = self.best.get(step.to)
        if known is None:
            return True
        return step.at < known if self.earlier else step.at > known

    def _reach(self, place: Place, step: Step, hops: int) -> None:
        """Keep the first way, which has the fewest hops, and the best moment."""
        self.best[step.to] = step.at
        if place.thing == step.to.thing:
            return  # the same thing, seen otherwise: how it was reached is known
        known, to = self.found.get(step.to), step.to
        until = to.bound if self.earlier else None
        self.found[to] = (
            known._replace(at=step.at)
            if known
            else Reached(to.thing, to.how, hops, step.at, place.thing, step.event, until)
        )

    def _told(self, start: str) -> list[Reached]:
        told = dict[str, Reached]()
        for place, reached in self.found.items():
            if place.how == "step" or place.thing == start:
                continue
            one = reached._replace(how="made") if place.how == "used" else reached
            known = told.get(one.thing)
            told[one.thing] = one if known is None else self._nearest(known, one)
        found = sorted(told.values(), key=lambda one: one.thing)
        found.sort(key=lambda one: one.at, reverse=not self.earlier)
        return sorted(found, key=lambda one: one.hops)

    def _nearest(self, known: Reached, one: Reached) -> Reached:
        if known.how != one.how:
            return known if known.how == "made" else one
        moments = (known.at, one.at)
        at = min(moments) if self.earlier else max(moments)
        until = max(known.until, one.until) if known.until and one.until else None
        return (known if known.hops <= one.hops else one)._replace(at=at, until=until)

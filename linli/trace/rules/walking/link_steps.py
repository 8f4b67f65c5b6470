"""Steps along links: where a walk may go on to from a place, forwards and backwards, and when. Pure.

What is suspect is what a thing *is made of*, not what it lay beside: a pallet carries a bad lot to a shop, but
the good lots on it do not turn bad. So a thing is reached as `made` (it consists of it) or as `carried` (it had
a reached thing in it, for a while), and a carrier passes nothing on to its other contents.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from linli.trace.rules.walking.links import Link

As = Literal["made", "carried", "used", "step"]
Fetch = Callable[[Collection[str]], Iterable[Link]]
NO_SLACK: Final = timedelta(0)


class Place(NamedTuple):
    """Where a walk is: a thing or a transformation, and a moment that belongs to it.

    For a carrier that is until when it carried (backwards: since when); for a `used` thing when that was,
    with all that lay in it then.
    """

    thing: str
    how: As
    bound: datetime | None = None


class Step(NamedTuple):
    """One way on: where to, whether it is one transformation more, the moment there, and who says so."""

    to: Place
    hop: int
    at: datetime
    event: str


@dataclass(frozen=True, slots=True)
class Links:
    """Links, found by either end. `slack` forgives clocks that disagree by no more than that.

    With `fetch` they are asked for when a walk comes to them, many things at once. It returns all links that
    begin or end at the things; it may leave out what no walk in its direction goes along: forwards those of
    kind `used` and `made` that end there, backwards those that begin there.
    """

    out: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    into: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    slack: timedelta = NO_SLACK
    fetch: Fetch | None = None
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, links: Iterable[Link], slack: timedelta = NO_SLACK) -> "Links":
        """Index links that are all known."""
        found = cls(slack=slack)
        for link in links:
            found.out[link.source].append(link)
            found.into[link.target].append(link)
        return found

    def learn(self, things: Iterable[str]) -> None:
        """Ask for the links of things, once each."""
        if self.fetch is None:
            return
        new = set(things) - self.asked
        self.asked.update(new)
        for link in self.fetch(new) if new else ():
            if link.source in new:
                self.out[link.source].append(link)
            if link.target in new:
                self.into[link.target].append(link)


def forward_steps(links: Links, place: Place, at: datetime) -> Iterator[Step]:
    """Yield where what a place is affected with since a moment went from there.

    A suspect thing itself makes its contents suspect, those too that are put into it later.
    """
    early = at - links.slack
    for link in links.out.get(place.thing, ()):
        if link.kind == "held":
            since, until = max(link.begins, at), _earliest(link.ends, place.bound)
            if until is None or since <= until:
                yield Step(Place(link.target, "carried", until), 0, since, link.event)
        elif early <= link.begins and _by(link.begins, place.bound, links.slack):
            made = link.kind == "made"
            to = Place(link.target, "made" if made else "step")
            yield Step(to, int(made), link.begins, link.event)
    if place.how == "made":
        for link in links.into.get(place.thing, ()):
            if link.kind == "held" and (link.ends is None or link.ends >= early):
                yield Step(Place(link.source, "made"), 0, max(link.begins, at), link.event)


def backward_steps(links: Links, place: Place, at: datetime) -> Iterator[Step]:
    """Yield where what a place consists of at a moment came from, and what it lay in until then.

    Who uses a full crate uses what is in it.
    """
    if place.how == "used":
        yield Step(Place(place.thing, "made"), 0, at, "")
        yield from _contents(links, place.thing, at)
        return
    if place.how != "step":
        yield from _carriers(links, place, at)
    if place.how == "carried":
        return
    for link in links.into.get(place.thing, ()):
        if link.begins > at + links.slack or link.kind == "held":
            continue
        if link.kind == "made":
            yield Step(Place(link.source, "step"), 1, link.begins, link.event)
        else:
            yield Step(Place(link.source, "used", link.begins), 0, link.begins, link.event)


def _contents(links: Links, thing: str, at: datetime) -> Iterator[Step]:
    for link in links.into.get(thing, ()):
        inside = link.kind == "held" and link.begins <= at + links.slack
        if inside and _by(at, link.ends, links.slack):
            yield Step(Place(link.source, "used", at), 0, at, link.event)


def _carriers(links: Links, place: Place, at: datetime) -> Iterator[Step]:
    for link in links.out.get(place.thing, ()):
        until = _earliest(link.ends, at) or at
        since = max(link.begins, place.bound or link.begins)
        if link.kind == "held" and since <= until + links.slack:
            yield Step(Place(link.target, "carried", since), 0, until, link.event)


def _by(moment: datetime, bound: datetime | None, slack: timedelta) -> bool:
    return bound is None or moment <= bound + slack


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)

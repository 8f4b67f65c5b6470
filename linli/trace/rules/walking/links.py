"""Links between things, as events made them: what went into what, and what lay in what for how long. Pure.

A transformation links each of its inputs to each of its outputs through the transformation itself, so that
a hundred inputs and a hundred outputs are two hundred links and not ten thousand. Packing makes nothing: it
says only that a thing lay in another one from then until it was taken out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple

from linli.trace.rules.epcis.event_fields import Event, values_at
from linli.trace.rules.epcis.query_values import read_moment

PACKING: Final = frozenset(("AggregationEvent", "AssociationEvent"))
_INPUTS: Final = (("inputEPCList",), ("inputQuantityList", "epcClass"))
_OUTPUTS: Final = (("outputEPCList",), ("outputQuantityList", "epcClass"))
_CHILDREN: Final = (("childEPCs",), ("childQuantityList", "epcClass"))


class Link(NamedTuple):
    """One link: `used` by a transformation, `made` by one, or `held` by a parent.

    From `source` to `target`: input to transformation, transformation to output, child to parent. It was so
    at `begins`; what is held is held until `ends`, or still, with None. `event` is the id that says so.
    """

    kind: Literal["used", "made", "held"]
    source: str
    target: str
    begins: datetime
    ends: datetime | None
    event: str


@dataclass(slots=True)
class _Holding:
    """What lies in what now, while the events are read in their order, and the links so far."""

    links: list[Link] = field(default_factory=list)
    open: dict[str, dict[str, tuple[datetime, str]]] = field(default_factory=dict)

    def add(self, parent: str, child: str, at: datetime, event: str) -> None:
        """Let a child lie in a parent; one that does already goes on."""
        self.open.setdefault(parent, {}).setdefault(child, (at, event))

    def take(self, parent: str, child: str, at: datetime) -> None:
        """Take a child out; one of which nobody said that it was in is no link."""
        since = self.open.get(parent, {}).pop(child, None)
        if since:
            self.links.append(Link("held", child, parent, since[0], at, since[1]))

    def left(self) -> Iterator[Link]:
        """Yield what is still in."""
        for parent, children in self.open.items():
            for child, (at, event) in children.items():
                yield Link("held", child, parent, at, None, event)


def links_of(events: Iterable[Event]) -> list[Link]:
    """Return the links of all events, whatever order they come in.

    What was declared an error made no link: neither the declaration nor the event that it takes back, which
    has the same id. An event without a readable time makes none either; nor does a transaction.
    """
    events = list(events)
    wrong = {_id(event) for event in events if event.get("errorDeclaration")} - {""}
    timed = [
        (at, event)
        for event in events
        if (at := read_moment(event.get("eventTime"))) is not None
        and not event.get("errorDeclaration")
        and _id(event) not in wrong
    ]
    timed.sort(key=lambda pair: (pair[0], _id(pair[1])))
    holding, links = _Holding(), list[Link]()
    for at, event in timed:
        if event.get("type") == "TransformationEvent":
            links.extend(_transformed(at, event))
        elif event.get("type") in PACKING:
            _pack(holding, at, event)
    return [*links, *holding.links, *holding.left()]


def transformation(event: Event) -> str:
    """Return the name of the transformation that an event is of: several events may tell of one.

    It begins with `transformation:`, so that it is nobody's identifier.
    """
    own = event.get("transformationID")
    said = own if isinstance(own, str) and own else f"{_id(event)} {event.get('eventTime', '')}"
    return f"transformation:{said}"


def things(event: Event, paths: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the identifiers at some paths of an event, each once."""
    found = dict.fromkeys(one for path in paths for one in values_at(event, path))
    return (one for one in found if isinstance(one, str))


def _transformed(at: datetime, event: Event) -> Iterator[Link]:
    name = transformation(event)
    for one in things(event, _INPUTS):
        yield Link("used", one, name, at, None, _id(event))
    for one in things(event, _OUTPUTS):
        yield Link("made", name, one, at, None, _id(event))


def _pack(holding: _Holding, at: datetime, event: Mapping[str, object]) -> None:
    """Who observes children in a parent says that they are in it; who empties it may name none of them."""
    parent = event.get("parentID")
    if not isinstance(parent, str):
        return
    children = list(things(event, _CHILDREN))
    if event.get("action") == "DELETE":
        for child in children or list(holding.open.get(parent, {})):
            holding.take(parent, child, at)
        return
    for child in children:
        holding.add(parent, child, at, _id(event))


def _id(event: Event) -> str:
    said = event.get("eventID")
    return said if isinstance(said, str) else ""

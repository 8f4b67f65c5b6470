"""What lies in what, and how long: worked out again from the moment on at which something was told of a parent.

Events come in any order. What was put in before that moment stays as it is; what follows is read once more.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from linli.kernel.actors import Actor
from linli.trace.actions.event_rows import LINKS, THINGS
from linli.trace.models import EventLink, EventThing, Thing
from linli.trace.rules.epcis.canonical_uris import canonical_uri
from linli.trace.rules.readied import CHILD, PARENT, things
from linli.trace.rules.walking.holding import Held, Packed, held
from linli.trace.rules.walking.links import PACKING


@dataclass(frozen=True, slots=True)
class Touched:
    """A parent about which something was told: its thing's address, and since when."""

    uri: str
    since: datetime

    @classmethod
    def told(cls, event: Mapping[str, Any], at: datetime) -> "Touched":
        """Return the parent of an event, in the one spelling; without an address where none is named."""
        return cls(canonical_uri(event.get("parentID", "")), at)


def pack(*, by: Actor, at: datetime, touched: Iterable[Touched]) -> None:
    """Bring the links of kind held up to date, in the caller's transaction, whoever does it; the events are written.

    Refuses: nothing. Parents are locked: of two who pack into one at one time, one waits and sees what the other wrote.
    """
    early: dict[str, datetime] = {}
    for one in touched:
        if one.uri:
            early[one.uri] = min(one.since, early.get(one.uri, one.since))
    if not early:
        return
    locked = Thing.objects.select_for_update(no_key=True).filter(uri__in=early).order_by("pk")
    since = {thing.pk: early[thing.uri] for thing in locked}
    there, told = _links(since), _packed(since)
    gone: list[int] = []
    moved: list[EventLink] = []
    new: list[tuple[Any, ...]] = []
    for parent, begins in since.items():
        _compare(parent, begins, there[parent], told[parent], gone, moved, new)
    EventLink.objects.filter(pk__in=gone).delete()
    EventLink.objects.bulk_update(moved, ["ends"])
    LINKS.add(new)


def _compare(
    parent: int,
    since: datetime,
    there: Sequence[EventLink],
    told: Iterable[Packed],
    gone: list[int],
    moved: list[EventLink],
    new: list[tuple[Any, ...]],
) -> None:
    """Add to three lists what must be done so that the links of a parent say what was told."""
    before = [
        Held(one.source_id, one.begins, None, one.event_id) for one in there if one.begins < since
    ]
    after = {(one.child, one.begins, one.event): one for one in held(before, told)}
    for link in there:
        now = after.pop((link.source_id, link.begins, link.event_id), None)
        if now is None:
            gone.append(link.pk)
        elif now.ends != link.ends:
            link.ends = now.ends
            moved.append(link)
    new.extend(
        (
            EventLink.HELD,
            one.child,
            parent,
            LINKS.moment(one.begins),
            one.ends and LINKS.moment(one.ends),
            one.event,
        )
        for one in after.values()
    )


def _links(since: Mapping[int, datetime]) -> dict[int, list[EventLink]]:
    """Return the links of parents that were open at their moments, or began or ended later."""
    first = min(since.values())
    links = EventLink.objects.filter(kind=EventLink.HELD, target__in=since)
    found: dict[int, list[EventLink]] = defaultdict(list)
    for link in links.filter(Q(ends=None) | Q(ends__gte=first)):
        if link.ends is None or link.ends >= since[link.target_id]:
            found[link.target_id].append(link)
    return found


def _packed(since: Mapping[int, datetime]) -> dict[int, list[Packed]]:
    """Return what stands of each parent since its moment, in the order in which it happened."""
    named = EventThing.objects.filter(
        thing__in=since,
        role=PARENT,
        event__happened_at__gte=min(since.values()),
        event__mistaken_at=None,
        event__against="",
        event__kind__in=PACKING,
    ).order_by("event__happened_at", "event__digest")
    rows = [
        (thing, event, at, json.loads(body))
        for thing, event, at, body in named.values_list(
            "thing", "event", "event__happened_at", "event__body"
        )
        if at >= since[thing]
    ]
    uris = {uri for _thing, _event, _at, told in rows for uri in _children(told)}
    ids = THINGS.ids("uri", uris)
    found: dict[int, list[Packed]] = defaultdict(list)
    for thing, event, at, told in rows:
        children = tuple(ids[uri] for uri in _children(told))
        found[thing].append(Packed(event, at, told.get("action") == "DELETE", children))
    return found


def _children(told: dict[str, Any]) -> list[str]:
    return [uri for uri, role in things(told) if role == CHILD]

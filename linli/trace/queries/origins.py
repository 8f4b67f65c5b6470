"""Where a chain is broken: what somebody used, and nobody has told where it came from."""

import json
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from linli.trace.models import Event, EventLink, EventThing, Lot, Operator, Thing

_RECEIVED = ("receiving", "accepting")


class Unexplained(NamedTuple):
    """One thing that an operator used, of which nobody has told how it came to be."""

    thing: int
    uri: str
    operator: Operator


def unexplained(captures: Collection[int]) -> list[Unexplained]:
    """Return what the events of captures used without origin: each thing once."""
    used = EventLink.objects.filter(
        kind=EventLink.USED, event__capture__in=captures, event__operator__isnull=False
    ).select_related("source", "event__operator__unit")
    # Made or entered is asked in the same query: of most things nothing needs to be read.
    found = {link.source_id: link for link in used.exclude(_made("source")).order_by("id")}
    known = explained(found)
    return [
        Unexplained(thing, link.source.uri, link.event.operator)
        for thing, link in found.items()
        if thing not in known and link.event.operator is not None
    ]


def explained(things: Collection[int]) -> set[int]:
    """Return those of the things that have an origin.

    One has when an event brought it into being, when we know it as a lot, or when who received it told from whom:
    then the chain begins outside.
    """
    made = Thing.objects.filter(_made("pk", "uri"), pk__in=things)
    return {*made.values_list("pk", flat=True), *_received(things)}


def _made(thing: str, uri: str = "source__uri") -> Q:
    began = EventThing.objects.filter(
        thing=OuterRef(thing),
        role__in=[EventThing.ADDED, EventThing.OUTPUT],
        event__mistaken_at=None,
    )
    return Q(Exists(began)) | Q(Exists(Lot.objects.filter(uri=OuterRef(uri))))


def _received(things: Collection[int]) -> set[int]:
    """Return those of the things that somebody received from somebody who is named."""
    named = EventThing.objects.filter(
        thing__in=things, event__step__in=_RECEIVED, event__mistaken_at=None, event__against=""
    )
    events = dict(Event.objects.filter(things__in=named).values_list("id", "body"))
    said = {pk for pk, body in events.items() if json.loads(body).get("sourceList")}
    return set(named.filter(event__in=said).values_list("thing", flat=True))

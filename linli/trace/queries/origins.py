"""Where a chain is broken: what somebody used, and nobody has told where it came from."""

import json
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from linli.trace.models import Event, EventLink, EventThing, Lot, Operator

_RECEIVED = ("receiving", "accepting")


class Unexplained(NamedTuple):
    """One thing that an operator used, of which nobody has told how it came to be."""

    thing: int
    uri: str
    operator: Operator


def unexplained(captures: Collection[int]) -> list[Unexplained]:
    """Return what the events of captures used without origin: each thing once.

    A thing has one when an event brought it into being, when we know it as a lot, or when who received it told from whom:
    then the chain begins outside.
    """
    began = EventThing.objects.filter(
        thing=OuterRef("source"),
        role__in=[EventThing.ADDED, EventThing.OUTPUT],
        event__mistaken_at=None,
    )
    used = EventLink.objects.filter(
        ~Exists(began),
        ~Exists(Lot.objects.filter(uri=OuterRef("source__uri"))),
        kind=EventLink.USED,
        event__capture__in=captures,
        event__operator__isnull=False,
    ).select_related("source", "event__operator__unit")
    found = {link.source_id: link for link in used.order_by("id")}
    received = _received(found)
    return [
        Unexplained(thing, link.source.uri, link.event.operator)
        for thing, link in found.items()
        if thing not in received and link.event.operator is not None
    ]


def _received(things: Collection[int]) -> set[int]:
    """Return those of the things that somebody received from somebody who is named."""
    named = EventThing.objects.filter(
        thing__in=things, event__step__in=_RECEIVED, event__mistaken_at=None, event__against=""
    )
    events = dict(Event.objects.filter(things__in=named).values_list("id", "body"))
    said = {pk for pk, body in events.items() if json.loads(body).get("sourceList")}
    return set(named.filter(event__in=said).values_list("thing", flat=True))

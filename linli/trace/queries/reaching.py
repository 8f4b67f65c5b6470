"""Whom a recall reaches: the things walked to, and the businesses that had these then."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from linli.trace.models import Lot
from linli.trace.queries import tracing
from linli.trace.queries.places import premises_by_uris
from linli.trace.rules.epcis.event_fields import plain, values_at
from linli.trace.rules.walking.walks import Reached

_TO: Final = ("destinationList", "destination")


class Reach(NamedTuple):
    """What a lot went into and came from, the lots among these by thing, and what each business had of it."""

    thing: int | None
    ahead: list[Reached]
    back: list[Reached]
    lots: Mapping[int, int]
    had: Mapping[int, set[int]]  # things by operator


def reach_of(lot: Lot, since: datetime, at: datetime) -> Reach:
    """Return whom a lot reached since a moment, and what it came from until another.

    Those who told of a thing had it, and those to whom somebody says that it was sent: also if they never answered.
    """
    thing = tracing.thing_of(lot)
    if thing is None:
        return Reach(None, [], [], {}, {lot.product.operator_id: set()})
    ahead, back = tracing.ahead(thing, since), tracing.back(thing, at)
    spells = {int(one.thing): (one.at, one.until) for one in ahead} | {thing: (since, None)}
    lots = tracing.lots_of([*spells, *(int(one.thing) for one in back)])
    had: dict[int, set[int]] = {lot.product.operator_id: {thing}}
    for named, operator in _had(spells):
        had.setdefault(operator, set()).add(named)
    return Reach(thing, ahead, back, lots, had)


def _had(spells: Mapping[int, tuple[datetime, datetime | None]]) -> Iterator[tuple[int, int]]:
    """Yield which thing was with which operator while it was affected. Three queries."""
    for one in tracing.holders(spells):
        since, until = spells[one.thing]
        if one.last_at >= since and (until is None or one.first_at <= until):
            yield one.thing, one.operator
    to: list[tuple[int, str]] = []
    for thing, at, body in tracing.sent(spells):
        since, until = spells[thing]
        if at >= since and (until is None or at <= until):
            to += ((thing, str(plain(one))) for one in values_at(json.loads(body), _TO))
    places = premises_by_uris({uri for _thing, uri in to})
    yield from ((thing, places[uri].operator_id) for thing, uri in to if uri in places)

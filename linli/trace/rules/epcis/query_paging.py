"""Pages of an answer: an order without ties, and a token that says where the next page begins. Pure.

A page goes on behind the last event shown, not at a count: what is captured meanwhile is neither shown
twice nor pushes anything out. A token says nothing that its bearer has not seen, and only fits its query.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from linli.trace.rules.epcis.event_fields import Event, own_values
from linli.trace.rules.epcis.event_shapes import own
from linli.trace.rules.epcis.query_matching import NOTHING_KNOWN, Masters, means
from linli.trace.rules.epcis.query_reading import Query, QueryFault
from linli.trace.rules.epcis.query_values import read_moment, read_number

Key = tuple[int, float, str, str]  # the kind of value, a number, a text that sorts, the event's id


class Position(NamedTuple):
    """Behind which event a page begins, and how many events all pages before have shown."""

    key: Key
    shown: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, in order, and the token of the page behind them if there is one."""

    events: tuple[Event, ...]
    next_token: str = ""


def answer(
    events: Iterable[Event], query: Query, masters: Masters = NOTHING_KNOWN
) -> Page | QueryFault:
    """Return the page that a query asks, out of all events, or the one reason why there is none.

    Codes: not-a-token; too-many when there are more events than maxEventCount lets answer (the standard's
    QueryTooLargeException).
    """
    position = read_token(query.token, query) if query.token else None
    if query.token and position is None:
        return QueryFault("nextPageToken", "not-a-token")
    found = sorted(
        ((order_key(event, query), event) for event in events if means(query, event, masters)),
        key=lambda pair: pair[0],
        reverse=query.newest_first,
    )
    if query.max_event_count is not None and len(found) > query.max_event_count:
        return QueryFault("maxEventCount", "too-many")
    return _page(found, query, position)


def _page(found: list[tuple[Key, Event]], query: Query, position: Position | None) -> Page:
    shown = position.shown if position else 0
    if position:
        found = [pair for pair in found if is_behind(pair[0], position, query)]
    if query.event_count_limit is not None:
        found = found[: max(0, query.event_count_limit - shown)]
    page = found[: query.per_page]
    events = tuple(event for _, event in page)
    if len(found) <= len(page):
        return Page(events)
    return Page(events, write_token(Position(page[-1][0], shown + len(page)), query))


def order_key(event: Event, query: Query) -> Key:
    """Return what an event is sorted by: moments, then numbers, then words, then what has none of them.

    Equal values are told apart by the event's id, so that the order is one and the same each time.
    """
    value = _ordered_value(event, query.order_by or "recordTime")
    return *_sortable(value), str(event.get("eventID", ""))


def is_behind(key: Key, position: Position, query: Query) -> bool:
    """Say whether an event with this key comes after the position in the query's order."""
    return key < position.key if query.newest_first else key > position.key


def write_token(position: Position, query: Query) -> str:
    """Return a token of a position: text that an address may carry as it is."""
    said = json.dumps([*position.key, position.shown, _digest(query)], ensure_ascii=False)
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_token(token: str, query: Query) -> Position | None:
    """Return the position of a token, or None if it is no token of this query."""
    try:
        said = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        kind, number, text, event, shown, digest = said
    except (ValueError, TypeError, RecursionError):
        return None
    types = tuple(type(one) for one in said[:5])
    fits = types == (int, float, str, str, int) and digest == _digest(query) and shown >= 0
    return Position((kind, number, text, event), shown) if fits else None


def _digest(query: Query) -> str:
    said = repr((query.criteria, query.order_by, query.newest_first, query.event_count_limit))
    return sha256(said.encode()).hexdigest()[:16]


def _ordered_value(event: Event, name: str) -> object:
    if own(name):
        return next(own_values(event, "event", name, inner=False), None)
    return event.get(name)


def _sortable(value: object) -> tuple[int, float, str]:
    moment = read_moment(value)
    if moment is not None:
        return 3, 0.0, moment.isoformat(timespec="microseconds")
    number = read_number(value)
    if number is not None:
        return 2, float(number), ""
    return (1, 0.0, value) if isinstance(value, str) else (0, 0.0, "")

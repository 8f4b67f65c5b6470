"""The events that a question in the EPCIS query language means, of those that who asks may read, page by page.

An index brings windows of rows, columns and rights thin them out in the database, and the pure rule decides the rest.
So much and no more is looked at in one go; where that fills no page, the page is short and another one follows.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any, Final, NamedTuple

from linli.trace.models import Event
from linli.trace.queries.event_scope import Scope, visible
from linli.trace.queries.event_windows import (
    Order,
    Row,
    columns_of,
    named,
    windows,
)
from linli.trace.rules.epcis import query_paging
from linli.trace.rules.epcis.query_matching import means
from linli.trace.rules.epcis.query_paging import Page, Position, read_token, write_token
from linli.trace.rules.epcis.query_reading import Query, QueryFault
from linli.trace.rules.epcis.query_spelling import spelt_event, spelt_query

EXAMINED: Final = 40_000  # rows looked at for one answer
READ: Final = 4_000  # of them, events read whole
VALUES: Final = 500  # that a question may compare with
_NAMESAKES: Final = 50  # businesses that gave one id each to an event of theirs
_MOMENTS: Final = {"eventTime": "happened_at", "recordTime": "recorded_at"}


class Hit(NamedTuple):
    """One event that is meant, and where it stands; without an event: so far was looked, and no further."""

    row: Row
    digest: str
    event: dict[str, Any] | None


@dataclass(slots=True)
class _Left:
    """How much may still be looked at."""

    rows: int
    bodies: int


def search(query: Query, scope: Scope) -> Page | QueryFault:
    """Return the page that a query asks of what this one may read, or the one reason why there is none.

    Codes: not-a-token; too-many when there are more events than maxEventCount lets answer; too-complex when more
    must be looked at to compare, to count or to sort than one question may cost.
    """
    if sum(len(one.values) for one in query.criteria) > VALUES:
        return QueryFault("query", "too-complex")
    order = _order(query)
    if order is None:
        return _sorted_by_a_field(query, scope)
    if query.max_event_count is not None and (fault := _overfull(query, scope, order)):
        return fault
    after, shown = None, 0
    if query.token:
        position = read_token(query.token, query)
        after = _row_of(position, order) if position else None
        if position is None or after is None:
            return QueryFault("nextPageToken", "not-a-token")
        shown = position.shown
    return _page(query, shown, _hits(spelt_query(query), scope, order, after))


def event_of(name: str, scope: Scope) -> dict[str, Any] | None:
    """Return the event with an id, as it is answered; None where there is none that this one may read."""
    found = [row for events in named([name]) for row in visible(events, scope)[:_NAMESAKES]]
    return as_answered(min(found, key=lambda one: one.pk)) if found else None


def as_answered(row: Event) -> dict[str, Any]:
    """Return an event as its teller told it, with its id and when we recorded it."""
    event: dict[str, Any] = json.loads(row.body)
    event["eventID"] = event.get("eventID") or f"ni:///sha-256;{row.digest[:64]}?ver=CBV2.0"
    moment = row.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    event["recordTime"] = moment.replace("+00:00", "Z")
    return event


def _order(query: Query) -> Order | None:
    """Return the order in SQL; None for a field of users, which no index has.

    Where nobody says, events stand by the time that the question is about, else by when they happened.
    """
    field = query.order_by
    if not field:
        by_record = any(one.asked.field == "recordTime" for one in query.criteria)
        field = "recordTime" if by_record else "eventTime"
    return Order(_MOMENTS[field], query.newest_first) if field in _MOMENTS else None


def _page(query: Query, shown: int, hits: Iterator[Hit]) -> Page:
    most = query.per_page
    if query.event_count_limit is not None:
        most = min(most, max(0, query.event_count_limit - shown))
    page: list[Hit] = []
    for hit in hits if most else ():
        if hit.event is None or len(page) == most:
            ended = hit.event is not None and shown + most == query.event_count_limit
            last = hit if hit.event is None else page[-1]
            token = "" if ended else _token(query, last, shown + len(page))
            return Page(tuple(one.event for one in page if one.event is not None), token)
        page.append(hit)
    return Page(tuple(one.event for one in page if one.event is not None))


def _token(query: Query, last: Hit, shown: int) -> str:
    return write_token(Position((3, 0.0, last.digest, ""), shown), query)


def _row_of(position: Position, order: Order) -> Row | None:
    found = Event.objects.filter(digest=position.key[2]).values_list(order.field, "pk").first()
    return Row(*found) if found else None


def _overfull(query: Query, scope: Scope, order: Order) -> QueryFault | None:
    for found, hit in enumerate(_hits(spelt_query(query), scope, order, None), 1):
        if hit.event is None:
            return QueryFault("maxEventCount", "too-complex")
        if found > (query.max_event_count or 0):
            return QueryFault("maxEventCount", "too-many")
    return None


def _sorted_by_a_field(query: Query, scope: Scope) -> Page | QueryFault:
    hits = list(_hits(spelt_query(query), scope, Order("happened_at", newest_first=True), None))
    if hits and hits[-1].event is None:
        return QueryFault("orderBy", "too-complex")
    meant = [hit.event for hit in hits if hit.event is not None]
    # That they are meant is known; what is left is to sort them and to turn the pages.
    return _paged(meant, query)


def _paged(events: Sequence[dict[str, Any]], query: Query) -> Page | QueryFault:
    plain = replace(query, criteria=())
    position = read_token(query.token, query) if query.token else None
    if position:
        plain = replace(plain, token=write_token(position, plain))
    found = query_paging.answer(events, plain)
    if isinstance(found, QueryFault) or not found.next_token:
        return found
    behind = read_token(found.next_token, plain)
    return Page(found.events, write_token(behind, query) if behind else "")


def _hits(query: Query, scope: Scope, order: Order, after: Row | None) -> Iterator[Hit]:
    left = _Left(EXAMINED, READ)
    for window in windows(query, scope, order, after):
        rows = _thinned(window, query, scope)
        yield from _read(rows, query, left)
        left.rows -= len(window)
        if left.bodies <= 0:
            return
        if left.rows <= 0:
            yield _so_far(window[-1])
            return


def _thinned(window: Sequence[Row], query: Query, scope: Scope) -> list[Row]:
    """Return the rows of a window that columns and rights leave."""
    events = Event.objects.filter(columns_of(query), pk__in=[row.id for row in window])
    kept = set(visible(events, scope).order_by().values_list("pk", flat=True))
    return [row for row in window if row.id in kept]


def _read(rows: Sequence[Row], query: Query, left: _Left) -> Iterator[Hit]:
    """Yield the rows whose events are meant, reading some at a time; where no more may be read, how far it went."""
    size, start = query.per_page + 1, 0
    while start < len(rows):
        some = rows[start : start + min(size, left.bodies)]
        found = Event.objects.in_bulk([row.id for row in some])
        for row in some:
            event = as_answered(found[row.id])
            if means(query, spelt_event(event)):
                yield Hit(row, found[row.id].digest, event)
        left.bodies -= len(some)
        start += len(some)
        if left.bodies <= 0:
            yield Hit(some[-1], found[some[-1].id].digest, None)
            return


def _so_far(row: Row) -> Hit:
    return Hit(row, Event.objects.values_list("digest", flat=True).get(pk=row.id), None)

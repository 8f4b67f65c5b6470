"""Walks along the links in the database: what a thing went into, what it came from, and who had it.

The rule walks (`rules.walking`); here it is told the links of many things at once, two statements a hop. Things and
events go by their numbers, written out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from django.db import connection

from linli.trace.models import EventLink, Lot, Thing
from linli.trace.rules.walking.link_steps import Links
from linli.trace.rules.walking.links import Link
from linli.trace.rules.walking.walks import MOST_HOPS, Reached, backward, forward

_KINDS: Final[dict[int, Literal["used", "made", "held"]]] = {1: "used", 2: "made", 3: "held"}
_HELD: Final = EventLink.HELD
# Drivers make a moment of each row slowly: it comes as text, and the same text is read once.
_COLUMNS: Final = {
    "postgresql": "kind, source_id::text, target_id::text, begins::text, ends::text, event_id::text",
    "sqlite": "kind, source_id || '', target_id || '', begins || '', ends || '', event_id || ''",
}


class Holder(NamedTuple):
    """One business that told of a thing, and between which moments."""

    thing: int
    operator: int
    first_at: datetime
    last_at: datetime


def thing_of(lot: Lot) -> int | None:
    """Return the number of the thing that a lot is in events, None while no event names it. One query."""
    return Thing.objects.filter(uri=lot.uri).values_list("pk", flat=True).first()


def links_ahead() -> Links:
    """Return the links that lead on from things, asked for as a walk comes to them."""
    return Links(fetch=_fetching("source_id", "target_id"))


def links_back() -> Links:
    """Return the links that lead back from things, asked for as a walk comes to them."""
    return Links(fetch=_fetching("target_id", "source_id"))


def ahead(
    thing: int, since: datetime, links: Links | None = None, hops: int = MOST_HOPS
) -> list[Reached]:
    """Return all that a thing went into since a moment, and what carried it, nearest first."""
    return forward(links or links_ahead(), str(thing), since, hops)


def back(
    thing: int, until: datetime, links: Links | None = None, hops: int = MOST_HOPS
) -> list[Reached]:
    """Return all that a thing came from until a moment, nearest first."""
    return backward(links or links_back(), str(thing), until, hops)


def holders(things: Collection[int]) -> list[Holder]:
    """Return the businesses that told of things, each with the first and the last time. One query."""
    words = f"""
        SELECT n.thing_id, e.operator_id, MIN(e.happened_at), MAX(e.happened_at) FROM trace_eventthing n
        JOIN trace_event e ON e.id = n.event_id AND e.mistaken_at IS NULL AND e.against = ''
        WHERE n.thing_id {_among()} AND e.operator_id IS NOT NULL GROUP BY n.thing_id, e.operator_id
    """  # noqa: S608 - holes alone
    return [
        Holder(thing, operator, _moment(first), _moment(last))
        for thing, operator, first, last in _rows(words, things)
    ]


def sent(things: Collection[int]) -> list[tuple[int, datetime, str]]:
    """Return by thing the events that say to whom it went, as they were told, and when. One query."""
    words = f"""
        SELECT n.thing_id, e.happened_at, e.body FROM trace_eventthing n
        JOIN trace_event e ON e.id = n.event_id AND e.mistaken_at IS NULL AND e.against = ''
        WHERE n.thing_id {_among()} AND e.body LIKE %s
    """  # noqa: S608 - holes alone
    return [
        (thing, _moment(at), body)
        for thing, at, body in _rows(words, things, '%"destinationList"%')
    ]


def lots_of(things: Collection[int]) -> dict[int, int]:
    """Return by thing the lot that it is, where it is one that we know. One query."""
    words = f"""
        SELECT t.id, l.id FROM trace_thing t JOIN trace_lot l ON l.uri = t.uri WHERE t.id {_among()}
    """  # noqa: S608 - holes alone
    return dict(_rows(words, things))


def _fetching(here: str, there: str) -> Callable[[Collection[str]], Iterable[Link]]:
    """Return what asks for all links on one side of things, and for what is held on the other."""

    def fetch(names: Collection[str]) -> Iterator[Link]:
        asked = [int(one) for one in names]
        links = f"SELECT {_COLUMNS[connection.vendor]} FROM trace_eventlink"  # noqa: S608 - holes alone
        yield from map(_link, _rows(f"{links} WHERE {here} {_among()}", asked))
        held = f"{links} WHERE {there} {_among()} AND kind = {_HELD}"
        yield from map(_link, _rows(held, asked))

    return fetch


def _link(row: tuple[Any, ...]) -> Link:
    kind, source, target, begins, ends, event = row
    until = None if ends is None else _moment(ends)
    return Link(_KINDS[kind], source, target, _moment(begins), until, event)


def _rows(words: str, things: Collection[int], *more: str) -> list[tuple[Any, ...]]:
    """Ask about so many things in one statement, however many they are."""
    on_postgres = connection.vendor == "postgresql"
    asked = list(things) if on_postgres else f"[{','.join(map(str, things))}]"
    with connection.cursor() as cursor:
        cursor.execute(words, [asked, *more])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _among() -> str:
    if connection.vendor == "postgresql":
        return "= ANY(%s)"
    return "IN (SELECT value FROM json_each(%s))"


@lru_cache(maxsize=2**15)
def _moment(said: datetime | str) -> datetime:
    """Return a moment that the database gave: SQLite writes it out."""
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

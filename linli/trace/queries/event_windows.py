"""Events in their order, window by window, along the one index that narrows a question most.

What a window costs does not grow with the table: it is read off an index, or off a set of few events.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression, RawSQL

from linli.trace.models import Event, EventThing, ThingTold
from linli.trace.queries.event_scope import Scope
from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.query_reading import Criterion, Query
from linli.trace.rules.epcis.query_spelling import meant_things, spellings

FEW: Final = 4_000  # events that are looked at one by one, whatever their order
OWN: Final = 60_000  # namings of a business's things that the database sorts at once
_FIRST_WINDOW, _WINDOW = 128, 4_096
_WAYS: Final = 12  # walks along indexes, side by side
# The finest first: what a column's index narrows.
COLUMNS: Final = {
    "readPoint": "read_point",
    "bizLocation": "place",
    "disposition": "disposition",
    "bizStep": "step",
}
_HASH: Final = re.compile("[0-9a-f]{64}")
_KINDS: Final = {"disposition": vocabulary.DISPOSITION, "bizStep": vocabulary.BIZ_STEP}


class Row(NamedTuple):
    """Where an event stands in the order: its moment, and its row among those of the same moment."""

    moment: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Order:
    """The order of an answer: by `happened_at` or `recorded_at`."""

    field: str
    newest_first: bool

    def behind(self, row: Row) -> Q:
        """Return what comes after a row."""
        word = "lt" if self.newest_first else "gt"
        beyond = Q(**{f"{self.field}__{word}": row.moment}) | Q(**{f"pk__{word}": row.id})
        return Q(**{f"{self.field}__{word}e": row.moment}) & beyond

    def rows(self, source: "Source", most: int) -> list[Row]:
        """Return the first rows of these events in this order."""
        moment: F | CombinedExpression = F(self.field)
        if source.whole and connection.vendor == "postgresql":
            # No index has this: the few are found first, and not looked for among all events in their order.
            moment = F(self.field) + Value(timedelta(0))
        newest = (moment.desc(), "-pk") if self.newest_first else (moment.asc(), "pk")
        found = source.events.order_by(*newest).values_list(self.field, "pk")
        return [Row(*one) for one in found[:most]]


class Source(NamedTuple):
    """Events in which all are that can be meant: `whole`, few enough to be sorted, else as an index has them."""

    events: QuerySet[Event]
    whole: bool = False

    def filter(self, such: Q) -> "Source":
        """Return those of them for which this holds."""
        return Source(self.events.filter(such), self.whole)


def windows(query: Query, scope: Scope, order: Order, after: Row | None) -> Iterator[list[Row]]:
    """Yield rows behind `after` in which every event of a spelt query is that this one may read; others too."""
    bounds = bounds_of(query, order.field)
    sources = [one.filter(bounds) for one in _sources(query, scope, order)]
    size = _FIRST_WINDOW
    while True:
        behind = order.behind(after) if after else Q()
        found = [order.rows(one.filter(behind), size) for one in sources]
        window = list(islice(_merged(found, order), size))
        if window:
            yield window
        if len(window) < size:
            return
        after, size = window[-1], min(size * 4, _WINDOW)


def bounds_of(query: Query, field: str) -> Q:
    """Return from and until when the events of a query happened or were recorded."""
    asked = {"happened_at": "eventTime", "recorded_at": "recordTime"}[field]
    bounds = Q()
    for one in query.criteria:
        if one.asked.field == asked and one.asked.operator in {"GE", "LT"}:
            word = "gte" if one.asked.operator == "GE" else "lt"
            bounds &= Q(**{f"{field}__{word}": one.values[0]})
    return bounds


def kept_as(criterion: Criterion) -> list[str] | None:
    """Return the values of a column that a criterion of equality may mean; None where it is about no column."""
    asked = criterion.asked
    if asked.operator != "EQ" or asked.detail or asked.field not in COLUMNS:
        return None
    kind = _KINDS.get(asked.field)
    words = [str(one) for one in criterion.values]
    return [way for one in words for way in (spellings(kind, one) if kind else (one,))]


def beginning(field: str, text: str) -> Q:
    """Return those whose text begins so, in the words by which each database uses its index."""
    if connection.vendor == "postgresql" or not text:
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text[:-1] + chr(ord(text[-1]) + 1)})


def named(names: Sequence[str]) -> list[QuerySet[Event]]:
    """Return the events that ids mean: those that their tellers gave them to, and those of these hashes."""
    # Said in SQL itself, for else SQLite does not see that the index of given ids is meant.
    given = RawSQL("NOT (trace_event.given = '')", (), output_field=BooleanField())
    found = [Event.objects.filter(given, given__in=names).order_by()]
    digests = [one.removeprefix("ni:///sha-256;").partition("?")[0] for one in names]
    of_hashes = Q()
    for digest in (one for one in digests if _HASH.fullmatch(one)):
        of_hashes |= beginning("digest", digest)
    return [*found, Event.objects.filter(of_hashes).order_by()] if of_hashes else found


def _merged(found: Sequence[list[Row]], order: Order) -> Iterable[Row]:
    if len(found) == 1:
        return found[0]
    return dict.fromkeys(merge(*found, reverse=order.newest_first))


def _sources(query: Query, scope: Scope, order: Order) -> list[Source]:
    few = _few_rows(query)
    if few is not None:
        return [Source(Event.objects.filter(pk__in=few), whole=True)]
    if (own := read_by(scope)) is not None:
        return [Source(one.filter(columns_of(query)), whole=True) for one in own]
    if order.field == "happened_at":
        for field, column in COLUMNS.items():
            for one in query.criteria:
                values = kept_as(one) if one.asked.field == field else None
                if values is not None and len(values) <= _WAYS:
                    return [Source(Event.objects.filter(**{column: way})) for way in values]
    return [Source(Event.objects.all())]


def read_by(scope: Scope) -> list[QuerySet[Event]] | None:
    """Return what a business may read where that is not much: what it told, and all that names its things.

    Looked at as a whole, this grows with what the business tells and not with the table.
    """
    if scope.operator is None:
        return None
    told = ThingTold.objects.filter(operator=scope.operator).values("thing")
    naming = EventThing.objects.filter(thing__in=told).order_by().values_list("event", flat=True)
    if naming[: OWN + 1].count() > OWN:
        return None
    return [Event.objects.filter(operator=scope.operator), Event.objects.filter(pk__in=naming)]


def columns_of(query: Query) -> Q:
    """Return what a spelt query says of columns: an event that is meant is never left out."""
    such = Q()
    for one in query.criteria:
        if (values := kept_as(one)) is not None:
            such &= Q(**{f"{COLUMNS[one.asked.field]}__in": values})
        elif one.asked.operator == "EQ" and one.asked.field == "action":
            such &= Q(action__in=list(map(str, one.values)))
        elif one.asked.field == "eventType":
            such &= Q(kind__in=list(map(str, one.values)))
    return such & bounds_of(query, "happened_at") & bounds_of(query, "recorded_at")


def _few_rows(query: Query) -> set[int] | None:
    """Return the rows of all events that can be meant, where things or ids say so, and where these are few."""
    few: set[int] | None = None
    for one in query.criteria:
        found = _meant_rows(one)
        if found is not None:
            few = found if few is None else few & found
    return few


def _meant_rows(criterion: Criterion) -> set[int] | None:
    asked = criterion.asked
    if asked.operator == "EQ" and asked.field == "eventID":
        return _named_rows([str(one) for one in criterion.values])
    things = meant_things(criterion) if asked.operator == "MATCH" else None
    if things is None or len(things[1]) > _WAYS:
        return None
    such = Q(thing__uri__in=things[0])
    for one in things[1]:
        such |= beginning("thing__uri", one)
    naming = EventThing.objects.filter(such).order_by()
    return _all_of(naming.values_list("event", flat=True))


def _named_rows(names: Sequence[str]) -> set[int] | None:
    if len(names) > _WAYS:
        return None
    found = [_all_of(one.values_list("pk", flat=True)) for one in named(names)]
    return set().union(*(one for one in found if one is not None)) if None not in found else None


def _all_of(listed: QuerySet[Event, int] | QuerySet[EventThing, int]) -> set[int] | None:
    """Return what stands in a list that is not long; None for one that is too long to be looked at whole."""
    rows = list(listed[: FEW + 1])
    return set(rows) if len(rows) <= FEW else None

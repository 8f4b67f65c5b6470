"""What there are events about: steps, dispositions, places and things, each told in the order of its name."""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from linli.trace.models import Event, Thing, ThingTold
from linli.trace.queries.event_scope import Scope
from linli.trace.queries.event_search import search
from linli.trace.queries.event_windows import COLUMNS, read_by
from linli.trace.rules.epcis.query_paging import Page
from linli.trace.rules.epcis.query_parameters import asked
from linli.trace.rules.epcis.query_reading import Criterion, Query

_WINDOW: Final = 2_000  # things looked at for a page, where only some may be read


def things_seen(scope: Scope, after: str, most: int) -> list[str]:
    """Return the things behind `after` of which this one may read something, as many as asked."""
    things = Thing.objects.filter(uri__gt=after).order_by("uri")
    if scope.operator is not None:
        such = ThingTold.objects.filter(operator=scope.operator).values("thing")
        things = things.filter(pk__in=such)
    elif not scope.whole:
        near = things.values("pk")[:_WINDOW]
        told = ThingTold.objects.filter(operator__unit__name=scope.by.unit, thing=OuterRef("pk"))
        things = things.filter(Exists(told), pk__in=near)
    return list(things.values_list("uri", flat=True)[:most])


def values_seen(field: str, scope: Scope, after: str, most: int) -> list[str]:
    """Return the values of bizStep, disposition, readPoint or bizLocation behind `after`, as many as asked."""
    column = COLUMNS[field]
    if (own := read_by(scope)) is not None:
        return sorted({one for events in own for one in _distinct(column, events, after)})[:most]
    found: list[str] = []
    while len(found) < most:
        # One step along the index for each value, however many events have it.
        value = _next(column, after)
        if value is None:
            break
        after = value
        if scope.whole or _is_seen(field, value, scope):
            found.append(value)
    return found


def _next(column: str, after: str) -> str | None:
    behind = Event.objects.filter(**{f"{column}__gt": after}).order_by(column)
    return behind.values_list(column, flat=True).first()


def _distinct(column: str, events: QuerySet[Event], after: str) -> list[str]:
    found = events.filter(**{f"{column}__gt": after}).order_by(column).distinct()
    return list(found.values_list(column, flat=True))


def _is_seen(field: str, value: str, scope: Scope) -> bool:
    spec = asked(f"EQ_{field}")
    if spec is None:
        return False
    criterion = Criterion(f"EQ_{field}", spec, (value,))
    found = search(Query(criteria=(criterion,), per_page=1), scope)
    return isinstance(found, Page) and bool(found.events)

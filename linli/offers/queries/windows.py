"""What is free at windows, counted from the slots that were cut of their hours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Max, Min, Q, Sum

from linli.offers.models import Session

_TAKEN = F("taken_web") + F("taken_phone") + F("taken_station")


class Free(NamedTuple):
    """One window's appointments: the next that is free, free places of all, bookings that wait, days, the offer's code."""

    window: int
    next_at: datetime | None
    free: int
    places: int
    waiting: int
    days: int
    booked_by: str


def free_at_windows(at: datetime) -> Iterator[Free]:
    """Yield what can be booked at every window that has appointments: one query."""
    coming = Session.objects.open().filter(
        plan__isnull=False,
        booking_from__lte=at,
        booking_until__gt=at,
        starts_at__gt=at,
        offer__published_at__isnull=False,
        offer__withdrawn_at=None,
    )
    free = Q(queue=0, capacity__gt=_TAKEN)
    rows = coming.order_by().values("plan__window", "offer__code").annotate(
        next_at=Min("starts_at", filter=free),
        seats=Sum("capacity"),
        given=Sum(_TAKEN),
        waiting=Sum("queue"),
        days=Max("plan__days_ahead"),
    )  # fmt: skip
    by_window: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_window[row["plan__window"]].append({**row})
    for window, of_window in sorted(by_window.items()):
        yield _together(window, of_window)


def _together(window: int, rows: list[dict[str, Any]]) -> Free:
    soonest = [row for row in rows if row["next_at"] is not None]
    best = min(soonest or rows, key=lambda row: (row["next_at"] or row["days"], row["offer__code"]))
    places, given = (sum(row[name] for row in rows) for name in ("seats", "given"))
    return Free(
        window,
        best["next_at"],
        places - given,
        places,
        sum(row["waiting"] for row in rows),
        max(row["days"] for row in rows),
        best["offer__code"],
    )

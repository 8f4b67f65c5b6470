"""Searches of the calendar's ticks: each answers from a small index, however many cases there are."""

from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from itertools import islice

from linli.cases.models import Case, ClockEvent


def overdue(cuts: Sequence[datetime], limit: int) -> list[int]:
    """Return the cases to raise, the most overdue first: of level n those due before `cuts[n]`.

    One query a level, each from the index alone; taken or not makes no difference.
    """
    found = [
        Case.objects.filter(level=level, next_due_at__lt=cut)
        .order_by("next_due_at", "id")
        .values_list("next_due_at", "id")[:limit]
        for level, cut in enumerate(cuts)
    ]
    return [pk for _due, pk in islice(merge(*found), limit)]


def answered_until(cut: datetime, limit: int) -> list[int]:
    """Return the cases whose answer nobody objected to since `cut`, the oldest first."""
    waiting = Case.objects.open().filter(answered_at__lt=cut, state=Case.ANSWERED)
    return list(waiting.order_by("answered_at", "id").values_list("id", flat=True)[:limit])


def paused_until(kind: str, cut: datetime, limit: int) -> list[int]:
    """Return the cases that stand still for this reason since before `cut`, the longest first."""
    paused = Case.objects.filter(paused_at__lt=cut, state=Case.WORKING).order_by("paused_at", "id")
    since = dict(paused.values_list("id", "paused_at"))
    events = ClockEvent.objects.filter(case__in=since, clock="case", verb="paused", kind=kind)
    now = [(at, pk) for pk, at in events.values_list("case", "at") if since[pk] == at]
    return [pk for _at, pk in sorted(now)[:limit]]

"""Free appointments at windows: what others counted from what is booked."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from linli.directory.models import FreeTimes, ServiceAtLocation
from linli.directory.queries.standing import APPOINTMENTS
from linli.kernel.actors import Actor, allow
from linli.kernel.editions import new_edition

_TOLD = ("next_at", "free", "places", "waiting", "days", "booked_by")


class WindowTimes(NamedTuple):
    """What is free at one window, by its key: when next, how many of how many places, who waits, booked by what."""

    window: int
    next_at: datetime | None
    free: int
    places: int
    waiting: int
    days: int
    booked_by: str


@transaction.atomic
def tell_free_times(*, by: Actor, at: datetime, times: Iterable[WindowTimes]) -> int:
    """Write what is free at all windows; what is not counted any more goes. Return how many rows changed.

    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    counted = {one.window: one for one in times}
    known = {row.offer_id: row for row in FreeTimes.objects.select_for_update(no_key=True)}
    windows = ServiceAtLocation.objects.filter(pk__in=counted).values_list("pk", flat=True)
    changed = [
        FreeTimes(offer_id=pk, counted_at=at, **_said(counted[pk]))
        for pk in windows
        if pk not in known or _as_told(known[pk]) != _said(counted[pk])
    ]
    FreeTimes.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["offer"],
        update_fields=[*_TOLD, "counted_at"],
    )
    gone = FreeTimes.objects.filter(offer__in=known.keys() - counted.keys())
    removed, _each = gone.delete()
    if changed or removed:
        new_edition(APPOINTMENTS)
    return len(changed) + removed


def _said(one: WindowTimes) -> dict[str, object]:
    return {name: getattr(one, name) for name in _TOLD}


def _as_told(row: FreeTimes) -> dict[str, object]:
    return {name: getattr(row, name) for name in _TOLD}

"""Units in the ledger: how much they carry by month, and how far their promises have moved."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from linli.directory.models import Area, Unit
from linli.plans.models import Share, Task
from linli.plans.rules.drift import Drift, drifts
from linli.plans.rules.lamp import window
from linli.plans.rules.load import MonthLoad, Span, conflicts, load


class UnitDrift(NamedTuple):
    """How far the promises that one unit leads have moved."""

    unit: str
    drift: Drift


def unit_load(unit: Unit, at: datetime, months: int = 12) -> list[MonthLoad]:
    """Return what a unit leads or answers for by month, from this month on. One query."""
    return load(_spans(unit, without=()), localdate(at), months)


def load_conflicts(
    unit: Unit,
    given: Iterable[tuple[date | None, date | None]],
    at: datetime,
    *,
    without: Iterable[Task] = (),
) -> list[MonthLoad]:
    """Return the months in which a unit would carry too much, were it given tasks with these (start, due)
    days. `without`: tasks that are being changed, so that they do not count twice. One query.
    """
    today = localdate(at)
    spans = _spans(unit, without=[task.pk for task in without])
    more = [Span(min(start or today, due), due) for start, due in given if due]
    if not more:
        return []
    reach = max(span.until for span in more)
    months = max(1, (reach.year - today.year) * 12 + reach.month - today.month + 1)
    return conflicts(load(spans, today, months), load([*spans, *more], today, months))


def unit_drift(*, area: str = "", published_only: bool = False) -> list[UnitDrift]:
    """Return the drift of each lead unit's promises, the furthest moved first. One query.

    Tasks that were given up are left out: their days mean nothing any more.
    """
    tasks = Task.objects.filter(promised_at__isnull=False, lead__isnull=False)
    tasks = tasks.exclude(state=Task.DROPPED)
    if area:
        tasks = tasks.filter(measure__programme__area__in=Area.objects.within(area))
    if published_only:
        tasks = tasks.published()
    days: dict[str, list[tuple[date | None, date | None]]] = defaultdict(list)
    for unit, first, now in tasks.order_by().values_list("lead__name", "first_due_on", "due_on"):
        days[unit].append((first, now))
    found = [UnitDrift(unit, drifts(moved)) for unit, moved in days.items()]
    return sorted(found, key=lambda one: (-one.drift.median_days, -one.drift.share, one.unit))


def _spans(unit: Unit, *, without: Iterable[int]) -> list[Span]:
    """Return the days of the open tasks that a unit leads or answers for; those without a due day are none."""
    answers = Share.objects.filter(unit=unit, part=Share.RESPONSIBLE)
    tasks = (
        Task.objects.filter(Q(lead=unit) | Q(pk__in=answers.values("task")))
        .filter(due_on__isnull=False, state__in=[Task.OPEN, Task.REPORTED, Task.SENT_BACK])
        .exclude(pk__in=list(without))
    )
    columns = (
        "starts_on",
        "due_on",
        "measure__programme__starts_on",
        "measure__programme__ends_on",
    )
    return [
        Span(min(window(start, due, (begins, ends))[0], due), due)
        for start, due, begins, ends in tasks.order_by().values_list(*columns)
    ]

"""Reads of the programme pages: lists with counts, measures with their tasks and lamps, what is promised."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from linli.plans.models import Measure, Programme, Task
from linli.plans.queries.standings import Lit, lit


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with its lamp."""

    task: Task
    lit: Lit


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with its tasks in their order."""

    measure: Measure
    tasks: list[TaskRow] = field(default_factory=list)


def listed_programmes(words: str = "") -> QuerySet[Programme]:
    """Return programmes for a list, with how many tasks they have and how many of these are closed."""
    found = Programme.objects.select_related("area").annotate(
        tasks=Count("measures__tasks"),
        accepted=Count("measures__tasks", filter=Q(measures__tasks__state=Task.ACCEPTED)),
    )
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(area__name__icontains=word))
    return found.order_by("-starts_on", "-id")


def measures(programme: Programme) -> QuerySet[Measure]:
    """Return the measures of a programme, with the sentences that promise them."""
    return programme.measures.select_related("evidence").order_by("position", "id")


def with_tasks(shown: Iterable[Measure], today: date) -> list[MeasureRow]:
    """Return measures with their tasks and lamps: three queries."""
    rows = {measure.pk: MeasureRow(measure) for measure in shown}
    tasks = Task.objects.filter(measure__in=rows).order_by("position", "id")
    lamps = {one.task: one for one in lit(tasks, today)}
    for task in tasks.select_related("lead", "indicator"):
        rows[task.measure_id].tasks.append(TaskRow(task, lamps[task.pk]))
    return list(rows.values())


def promises(programme: Programme) -> dict[str, Any]:
    """Return what publishing fixes or has fixed: how many tasks, days and targets, and what lacks them."""
    tasks = Task.objects.filter(measure__programme=programme).exclude(state=Task.DROPPED)
    return tasks.aggregate(
        tasks=Count("pk"),
        days=Count("due_on"),
        targets=Count("target"),
        without_day=Count("pk", filter=Q(due_on__isnull=True)),
        without_lead=Count("pk", filter=Q(lead__isnull=True)),
        moved=Count("pk", filter=Q(first_due_on__isnull=False) & ~Q(due_on=F("first_due_on"))),
    )

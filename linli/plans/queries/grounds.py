"""What was asked of the plans from outside, and what became of it."""

from collections.abc import Iterable

from django.db.models import Sum

from linli.plans.events import Became
from linli.plans.models import Ground, Task

_ENDS = {Task.ACCEPTED: "done", Task.DROPPED: "dropped"}


FEWEST = 10  # cases: of fewer nothing is said outside


def asked_in_tens(task: Task) -> int:
    """Return how many cases asked for a task, in full tens: who looks twice learns of no single one. One query."""
    cases = task.grounds.aggregate(cases=Sum("cases"))["cases"] or 0
    return int(cases) // FEWEST * FEWEST


def became(abouts: Iterable[str]) -> list[Became]:
    """Return how the tasks stand that these things asked for, by their codes. One query."""
    grounds = Ground.objects.filter(about__in=list(abouts)).select_related("task")
    return [_told(ground) for ground in grounds.order_by("pk")]


def _told(ground: Ground) -> Became:
    task = ground.task
    state = _ENDS.get(task.state) or ("promised" if task.promised_at else "asked")
    return Became(ground.about, task.code, task.title, state, task.due_on)

"""What waits for somebody: reports and moves for supervision, tasks and letters for a unit."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from linli.kernel.actors import Actor, Role
from linli.plans.models import Move, Notice, Progress, Task
from linli.plans.queries.ledger import Row, rows_of
from linli.plans.queries.standings import lit
from linli.plans.rules.lamp import SOON


def due_soon(
    *, unit: str = "", at: datetime, within: timedelta = SOON, most: int = 50
) -> list[Row]:
    """Return promised tasks that are overdue or due within a month and not accepted, the earliest first.

    unit: a full name, for the tasks it leads or answers for; "" for all. Five queries.
    """
    today = localdate(at)
    tasks = Task.objects.filter(promised_at__isnull=False, due_on__lte=today + within)
    tasks = tasks.exclude(state__in=[Task.ACCEPTED, Task.DROPPED])
    if unit:
        owner = Actor(name="", role=Role.OFFICER, unit=unit)
        tasks = tasks.filter(pk__in=Task.objects.owned_by(owner).order_by().values("pk"))
    return rows_of(lit(tasks.order_by("due_on", "pk")[:most], today))


def waiting_for_review(by: Actor | None = None) -> QuerySet[Progress]:
    """Return reports that nobody answered yet, the oldest first; with `by`, those that this supervisor may
    answer: not the own unit's.
    """
    waiting = Progress.objects.filter(review__isnull=True, task__state=Task.REPORTED)
    if by is not None and by.unit:
        own = Task.objects.owned_by(by).order_by().values("pk")
        waiting = waiting.exclude(task__in=own).exclude(by_unit=by.unit)
    return waiting.select_related(
        "task__measure__programme__area", "task__lead", "task__indicator", "evidence", "fact"
    ).order_by("at", "pk")


def waiting_moves(by: Actor | None = None) -> QuerySet[Move]:
    """Return wishes to move that nobody answered yet, the oldest first; with `by`, those that this
    supervisor may answer.
    """
    waiting = Move.objects.filter(decision__isnull=True)
    waiting = waiting.exclude(task__state__in=[Task.ACCEPTED, Task.DROPPED])
    if by is not None and by.unit:
        own = Task.objects.owned_by(by).order_by().values("pk")
        waiting = waiting.exclude(task__in=own).exclude(by_unit=by.unit)
    return waiting.select_related(
        "task__measure__programme__area", "task__lead", "task__indicator"
    ).order_by("at", "pk")


def notices(*, unit: str = "", task: Task | None = None) -> QuerySet[Notice]:
    """Return supervision letters, the newest first, each with `answered_at`: the unit's first report on the
    task after it, None while there is none.
    """
    answers = Progress.objects.filter(
        task=OuterRef("task"), by_unit=OuterRef("unit__name"), at__gt=OuterRef("at")
    )
    first = answers.order_by("at").values("at")[:1]
    found = Notice.objects.annotate(answered_at=Subquery(first, output_field=DateTimeField()))
    if unit:
        found = found.filter(unit__name=unit)
    if task is not None:
        found = found.filter(task=task)
    return found.select_related("task__measure__programme__area", "unit")


def open_notices(*, unit: str = "") -> QuerySet[Notice]:
    """Return the letters that wait for an answer, of tasks that are still open, the most urgent first."""
    waiting = notices(unit=unit).filter(Q(answered_at=None))
    waiting = waiting.exclude(task__state__in=[Task.ACCEPTED, Task.DROPPED])
    return waiting.order_by("due_on", "pk")

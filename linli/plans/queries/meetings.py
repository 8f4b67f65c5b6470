"""What a body has not finished: points of its agendas, and tasks that it decided."""

from django.db.models import Q, QuerySet

from linli.plans.models import AgendaItem, Body, Meeting, Task, TaskQuerySet

_DONE = (Task.ACCEPTED, Task.DROPPED)


def open_items(body: Body) -> QuerySet[AgendaItem]:
    """Return the points that come back: not settled, on no later agenda, their task not accepted or dropped."""
    items = AgendaItem.objects.filter(meeting__body=body, settled=False, carried_to__isnull=True)
    items = items.filter(Q(task__isnull=True) | ~Q(task__state__in=_DONE))
    return items.select_related("task", "meeting").order_by("meeting__starts_at", "position", "pk")


def decided_tasks(body: Body, *, finished: bool = False) -> TaskQuerySet:
    """Return the tasks that the body decided and nobody has accepted or dropped yet (or all of them)."""
    tasks = Task.objects.filter(decision__item__meeting__body=body)
    if not finished:
        tasks = tasks.exclude(state__in=_DONE)
    return tasks.order_by("due_on", "pk")


def meetings_of(body: Body | None = None) -> QuerySet[Meeting]:
    """Return meetings, the newest first, their bodies joined."""
    meetings = Meeting.objects.select_related("body__area").order_by("-starts_at", "-pk")
    return meetings if body is None else meetings.filter(body=body)

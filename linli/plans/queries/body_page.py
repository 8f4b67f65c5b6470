"""Reads of bodies and meetings: the tree of bodies, and a meeting with its agenda and decisions."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from linli.plans.models import AgendaItem, Attendance, Body, Decision, Meeting, Seat, Task
from linli.plans.queries.standings import Lit, lit


@dataclass(slots=True)
class Branch:
    """One body and those one level under it."""

    body: Body
    chair: str
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda, and the lamp of the task that it is about."""

    item: AgendaItem
    lit: Lit | None


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with its task's lamp."""

    decision: Decision
    words: str
    lit: Lit | None


def body_tree() -> list[Branch]:
    """Return the bodies as trees, each under the one that it stands under: two queries."""
    bodies = Body.objects.select_related("area").annotate(
        members=Count("seats", distinct=True), met=Count("meetings", distinct=True)
    )
    chairs = Prefetch("seats", Seat.objects.filter(chairs=True).select_related("unit"))
    branches = {}
    for body in bodies.prefetch_related(chairs).order_by("area__code", "name"):
        chair = next((seat.unit.name for seat in body.seats.all()), "")
        branches[body.pk] = Branch(body, chair)
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.body.above_id or 0)
        (above.below if above else roots).append(branch)
    return roots


def listed_meetings(body: Body, at: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """Return the meetings to come, soonest first, and those past, newest first."""
    meetings = list(
        body.meetings.annotate(
            points=Count("agenda", distinct=True),
            left_open=Count(
                "agenda",
                filter=Q(agenda__settled=False, agenda__carried_to__isnull=True),
                distinct=True,
            ),
            decided=Count("agenda__decisions", distinct=True),
        ).order_by("-starts_at", "-id")
    )
    ahead: list[Meeting] = [one for one in reversed(meetings) if one.starts_at >= at]
    return ahead, [one for one in meetings if one.starts_at < at]


def agenda(meeting: Meeting, today: date) -> list[Point]:
    """Return the points of a meeting in order, with where they come from and how their tasks stand."""
    items = list(
        meeting.agenda.select_related("task", "carried_from__meeting", "carried_to__meeting")
    )
    lamps = _lamps([item.task_id for item in items if item.task_id], today)
    return [Point(item, lamps.get(item.task_id or 0)) for item in items]


def decisions(meeting: Meeting, today: date) -> list[Decided]:
    """Return what a meeting decided, in the order of its minutes."""
    found = Decision.objects.filter(item__meeting=meeting).select_related("item", "task__lead")
    rows = list(found.order_by("start"))
    lamps = _lamps([one.task_id for one in rows if one.task_id], today)
    return [
        Decided(one, meeting.minutes[one.start : one.end], lamps.get(one.task_id or 0))
        for one in rows
    ]


def attendance(meeting: Meeting) -> QuerySet[Attendance]:
    """Return the units that were called, the chair first."""
    return meeting.attendance.select_related("unit").order_by("unit__name")


def _lamps(keys: list[int], today: date) -> dict[int, Lit]:
    if not keys:
        return {}
    return {one.task: one for one in lit(Task.objects.filter(pk__in=keys), today)}

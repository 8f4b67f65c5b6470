"""The days of one's unit: what is due in the next fourteen days and what is over, out of every engine, day by day.

Of cases only how many are due on a day: which they are stands in the queue, where every look is written down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.assessments.models import CorrectionOrder
from linli.assessments.queries.inspections import inspections_seen
from linli.assessments.queries.round_lists import tasks_of
from linli.cases.models import Case
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.plans.models import Milestone, Task
from linli.plans.queries import open_notices
from linli.reports.models import FormAsked
from linli.trace.models import Application
from linli.trace.queries.applications import applications_seen

AHEAD = timedelta(days=14)
MOST = 30  # of one kind on one page
_HANDLERS = (Role.OFFICER, Role.CLERK)
_FILLERS = (Role.PLANNER, Role.OFFICER)
_CHECKERS = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with its day: what kind of thing, its words, where it stands."""

    on: date
    kind: Words
    words: str
    address: str
    ours: bool = False  # whether the words are the page's own language


@dataclass(frozen=True, slots=True)
class Day:
    """One day with what is due on it."""

    on: date
    state: str
    things: list[Due]


def days(by: Actor, at: datetime) -> list[Day]:
    """Return the days of the unit of `by` that have something, overdue ones first. Eight queries at most."""
    today = localdate(at)
    found = sorted(_found(by, today + AHEAD), key=lambda due: due.on)
    return [
        Day(on, _state(on, today), list(things))
        for on, things in groupby(found, lambda due: due.on)
    ]


def open_tasks(unit: str, until: date) -> QuerySet[Task]:
    """Return the promised tasks of a unit that are due until a day and not accepted."""
    officer = Actor(name="", role=Role.OFFICER, unit=unit)
    promised = Task.objects.owned_by(officer).filter(promised_at__isnull=False, due_on__lte=until)
    return promised.exclude(state__in=[Task.ACCEPTED, Task.DROPPED]).order_by("due_on", "pk")


def cases_by_day(unit: str) -> dict[date, int]:
    """Count the cases of a unit whose clock runs, by the day on which it runs out."""
    counted = (
        Case.objects.filter(unit__name=unit, next_due_at__isnull=False)
        .order_by()
        .annotate(day=TruncDate("next_due_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
    )
    return dict(counted)


def _state(on: date, today: date) -> str:
    if on < today:
        return "late"
    return "soon" if on <= today + timedelta(days=3) else "plain"


def _found(by: Actor, until: date) -> Iterator[Due]:
    if by.role != Role.ADMINISTRATOR:
        yield from _promises(by, until)
    if by.role in _HANDLERS:
        yield from _cases(by, until)
    if by.role in _CHECKERS:
        yield from _checks(by, until)
        yield from _permits(by, until)
    if by.role in _FILLERS:
        yield from _forms(by, until)


def _promises(by: Actor, until: date) -> Iterator[Due]:
    for task in open_tasks(by.unit, until)[:MOST]:
        yield _due(task.due_on, _("Task"), task.title, "plans:task", task.code)
    steps = Milestone.objects.filter(
        task__in=open_tasks(by.unit, date.max).order_by().values("pk"),
        due_on__lte=until, reached_on=None,
    )  # fmt: skip
    for step in steps.select_related("task")[:MOST]:
        yield _due(step.due_on, _("Milestone"), step.title, "plans:task", step.task.code)
    for letter in open_notices(unit=by.unit).filter(due_on__lte=until)[:MOST]:
        yield _due(
            letter.due_on, _("Letter from supervision"), letter.task.title, "plans:task", letter.task.code
        )  # fmt: skip


def _cases(by: Actor, until: date) -> Iterator[Due]:
    for on, number in cases_by_day(by.unit).items():
        if on <= until:
            words = ngettext("%(n)d case", "%(n)d cases", number) % {"n": number}
            yield Due(on, _("Cases"), words, reverse("cases:queue"), ours=True)


def _checks(by: Actor, until: date) -> Iterator[Due]:
    for asked in tasks_of(by.unit).filter(due_on__lte=until)[:MOST]:
        yield _due(asked.due_on, _("Check to fill in"), asked.subject.name, "assessments:task", asked.code)  # fmt: skip
    orders: QuerySet[CorrectionOrder] = CorrectionOrder.objects.filter(
        finding__inspection__in=inspections_seen(by).filter(assessment__unit__name=by.unit).order_by().values("pk"),
        finding__state="open", check_made=None, due_on__lte=until,
    )  # fmt: skip
    joined = orders.select_related("finding__inspection__assessment__subject")
    for order in joined.order_by("due_on", "pk")[:MOST]:
        seen = order.finding.inspection.assessment
        yield _due(
            order.due_on, _("To be put right"), seen.subject.name, "assessments:console_inspection", seen.code
        )  # fmt: skip


def _permits(by: Actor, until: date) -> Iterator[Due]:
    waiting: Iterable[Application] = applications_seen(by).filter(
        premises__operator__unit__name=by.unit, due_on__lte=until
    ).order_by("due_on", "pk")[:MOST]  # fmt: skip
    for one in waiting:
        yield _due(one.due_on, _("Application for a permit"), one.premises.name, "trace:application", one.code)  # fmt: skip


def _forms(by: Actor, until: date) -> Iterator[Due]:
    asked = FormAsked.objects.open().filter(unit__name=by.unit, due_on__lte=until).defer("grid")
    for one in asked.order_by("due_on", "pk")[:MOST]:
        yield _due(one.due_on, _("Form to fill"), one.title, "reports:form_asked", one.code)


def _due(on: Any, kind: Words, words: str, name: str, code: str) -> Due:  # noqa: ANN401 - a day that may be None for the type checker alone
    return Due(on, kind, words, reverse(name, args=[code]))

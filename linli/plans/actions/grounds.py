"""Grounds of a task: what asked for it from outside the plans, and how many cases stand behind that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.tasks import locked
from linli.plans.models import Ground, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundDraft:
    """What asks for a task: its code, whose it is, how many cases stand behind it."""

    about: str
    unit: str
    cases: int


@transaction.atomic
def ground(*, by: Actor, at: datetime, task: Task, draft: GroundDraft) -> Ground:
    """Say what a task answers to. What asked for a task that was given up may ask for another one.

    Refuses: not_allowed unless a planner asks; task_closed when the task is accepted or dropped;
    grounded_already when another task answers to it.
    """
    allow(by, Role.PLANNER)
    task = locked(by=by, at=at, task=task)
    known = Ground.objects.select_related("task").filter(about=draft.about).first()
    if known and known.task.state != Task.DROPPED:
        raise Refused("grounded_already", _("Another task answers to this already."))
    made = known or Ground(about=draft.about)
    made.task, made.unit, made.cases = task, draft.unit, draft.cases
    made.save()
    becomes = {"about": draft.about, "unit": draft.unit, "cases": draft.cases}
    steps.note(by=by, at=at, subject=task.code, verb="grounded", becomes=becomes)
    return made


@transaction.atomic
def count_cases(*, by: Actor, at: datetime, cases: Mapping[str, int]) -> int:
    """Say how many cases stand behind each ground, by its code, as of `at`; return how many changed.

    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    found = list(Ground.objects.filter(about__in=list(cases)))
    changed = [one for one in found if one.cases != cases[one.about]]
    for one in changed:
        one.cases = cases[one.about]
    Ground.objects.bulk_update(changed, ["cases"])
    return len(changed)

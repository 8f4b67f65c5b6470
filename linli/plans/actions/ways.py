"""What delivers a task and what pays for it: said once, taken back by another line, never rubbed out.

The lines stand in the record of changes, under the task and under what it is linked with, so that each finds the other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.tasks import own
from linli.plans.models import Task
from linli.plans.queries.ways import ENDED, LINKED, Way, ways_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WayDraft:
    """What a task is linked with: its kind and code, how it is called, and what of it counts towards the target."""

    kind: str
    code: str
    name: str
    counts: str = ""


@transaction.atomic
def link(*, by: Actor, at: datetime, task: Task, draft: WayDraft) -> None:
    """Say what delivers a task, or what pays for it.

    Refuses: not_allowed unless a planner or an officer says so; not_own_task for another unit's officer; task_dropped;
    linked_already; nothing_to_count when the task has no indicator; counts_people when its indicator does: people are
    told through the release gate alone.
    """
    task = _held(by, at, task)
    if any(way.is_(draft.kind, draft.code) for way in ways_of(task.code)):
        raise Refused("linked_already", _("This stands there already."))
    indicator = task.indicator
    if draft.counts and indicator is None:
        raise Refused("nothing_to_count", _("This task has no indicator that could be counted."))
    if draft.counts and indicator and indicator.about_people:
        sentence = _("Figures about people pass the release gate: they are never counted here.")
        raise Refused("counts_people", sentence)
    said = {"kind": draft.kind, "code": draft.code, "way": draft.name, "counts": draft.counts}
    _note(by, at, LINKED, task, said)


@transaction.atomic
def unlink(*, by: Actor, at: datetime, task: Task, way: Way) -> None:
    """Say that something delivers a task, or pays for it, no more.

    Refuses: not_allowed unless a planner or an officer says so; not_own_task for another unit's officer; task_dropped;
    not_linked when it does not.
    """
    task = _held(by, at, task)
    if not any(one.is_(way.kind, way.code) for one in ways_of(task.code)):
        raise Refused("not_linked", _("This does not stand there any more."))
    _note(by, at, ENDED, task, {"kind": way.kind, "code": way.code, "way": way.name})


def _held(by: Actor, at: datetime, task: Task) -> Task:
    """Return the task, held: two who link at once wait here for each other."""
    allow(by, Role.PLANNER, Role.OFFICER)
    found = Task.objects.select_for_update(of=("self",)).select_related("indicator")
    task = found.get(pk=task.pk)
    own(by=by, at=at, task=task)
    if task.state == Task.DROPPED:
        raise Refused("task_dropped", _("This task was given up."))
    return task


def _note(by: Actor, at: datetime, verb: str, task: Task, said: dict[str, str]) -> None:
    steps.note(by=by, at=at, subject=task.code, verb=verb, becomes=said)
    steps.note(by=by, at=at, subject=said["code"], verb=verb, becomes={"task": task.code})

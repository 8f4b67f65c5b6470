"""Taking back what was given away together. It is a deed of its own: nothing of the history goes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.tasks import CLOSED
from linli.plans.models import Share, Task
from linli.plans.queries.undoable import assigned_lately, changed_since


@transaction.atomic
def undo_assign(*, by: Actor, at: datetime) -> tuple[int, int]:
    """Give the tasks of one's last act back to the units that led them. Returns how many went back, and how many
    stay because something was done with them since, or because their unit no longer works.

    Refuses: not_allowed unless a planner asks; nothing_to_undo when none was given away in the last ten minutes.
    """
    allow(by, Role.PLANNER)
    given = assigned_lately(by, at)
    was = {step.subject: (step.was.get("lead", ""), step.becomes["lead"]) for step in given}
    if not was:
        raise Refused("nothing_to_undo", _("You gave no task away in the last ten minutes."))
    touched = changed_since(given)
    units = {
        unit.name: unit for unit in Unit.objects.filter(name__in=[w for w, _b in was.values()])
    }
    # Held one by one in one order, so that two who undo take turns.
    tasks = Task.objects.select_for_update(of=("self",)).filter(code__in=was).select_related("lead")
    changes = []
    for task in tasks.order_by("pk"):
        before, after = was[task.code]
        unit = units.get(before)
        if task.code in touched or task.state in CLOSED or _may_not(task, unit, before, after):
            continue
        Task.objects.filter(pk=task.pk).update(lead=unit)
        changes.append((task.code, {"lead": after}, {"lead": before}))
    steps.note_each(by=by, at=at, verb="given_back", changes=changes)
    return len(changes), len(was) - len(changes)


def _may_not(task: Task, unit: Unit | None, before: str, after: str) -> bool:
    """Say whether a task is no longer where it was given, or cannot go back."""
    gone = bool(before) and (unit is None or unit.closed_on is not None)
    shares = unit is not None and Share.objects.filter(task=task, unit=unit).exists()
    return gone or shares or task.lead is None or task.lead.name != after

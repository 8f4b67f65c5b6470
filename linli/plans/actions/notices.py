"""Supervision letters: remind, warn, demand. A report made after one answers it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.plans.actions import steps
from linli.plans.actions.moves import impartial
from linli.plans.actions.tasks import locked
from linli.plans.models import Notice, Task
from linli.plans.rules.letters import About, letter


@transaction.atomic
def send_notice(
    *,
    by: Actor,
    at: datetime,
    task: Task,
    unit: Unit,
    kind: str,
    due_on: date,
    words: str = "",
) -> Notice:
    """Send a letter to a unit about its task; without words, the kind's template speaks.

    Refuses: not_allowed unless a supervisor sends it; own_task when the supervisor's unit leads the task or
    answers for it; task_closed when it is accepted or dropped; not_promised before the programme is
    published; unknown_kind; not_their_task when the unit has no part in it; deadline_passed when the day
    to answer is not ahead.
    """
    allow(by, Role.SUPERVISOR)
    impartial(by=by, at=at, task=task)
    task = locked(by=by, at=at, task=task)
    _check(task, unit, kind)
    if due_on <= localdate(at):
        raise Refused("deadline_passed", _("Give the unit at least a day to answer."))
    about = About(unit.name, task.title, task.code, task.due_on, answer_by=due_on)
    notice = Notice.objects.create(
        task=task,
        unit=unit,
        kind=kind,
        words=words.strip() or letter(kind, about),
        due_on=due_on,
        **signed(by, at),
    )
    becomes = {"kind": kind, "unit": unit.name, "due_on": due_on}
    steps.note(by=by, at=at, subject=task.code, verb="notice_sent", becomes=becomes)
    return notice


def _check(task: Task, unit: Unit, kind: str) -> None:
    if not task.promised_at:
        raise Refused("not_promised", _("This task is not promised yet."))
    if kind not in dict(Notice.KINDS):
        raise Refused("unknown_kind", _("A letter reminds, warns or demands."))
    if task.lead_id != unit.pk and not task.shares.filter(unit=unit).exists():
        raise Refused("not_their_task", _("This unit has no part in the task."))

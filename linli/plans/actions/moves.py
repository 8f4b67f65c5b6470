"""Moves: a promised day or target changes only when supervision agrees, and the reason stays.

The database holds the same (migration 0002): without an approved move that says exactly this change, no
program can write it.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.plans.actions import steps
from linli.plans.actions.tasks import locked
from linli.plans.models import Move, MoveDecision, Task


@transaction.atomic
def ask_move(
    *,
    by: Actor,
    at: datetime,
    task: Task,
    due_on: date | None,
    target: Decimal | None,
    reason: str,
) -> Move:
    """Ask that a promised task be due on another day, or reach another target. Give both as they should be.

    Refuses: not_allowed for a supervisor; not_lead when an officer's unit does not lead the task;
    not_promised before the programme is published: edit it; task_closed when it is accepted or dropped;
    no_reason without one; nothing_moves when both are as they are; already_asked while another wish
    waits; days_out_of_order when it would be due before it starts; target_without_indicator.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    task = locked(by=by, at=at, task=task)
    if by.role == Role.OFFICER and (task.lead is None or task.lead.name != by.unit):
        raise Refused("not_lead", _("The unit that leads a task asks for its move."), status=403)
    _check_move(task, due_on, target)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why: it stays on record, and everybody can read it."))
    if task.moves.filter(decision__isnull=True).exists():
        raise Refused("already_asked", _("Another wish to move this task waits for an answer."))
    move = Move.objects.create(
        task=task,
        was_due_on=task.due_on,
        now_due_on=due_on,
        was_target=task.target,
        now_target=target,
        reason=reason[:300],
        **signed(by, at),
    )
    was = {"due_on": task.due_on, "target": task.target}
    becomes = {"due_on": due_on, "target": target, "reason": reason}
    steps.note(by=by, at=at, subject=task.code, verb="move_asked", was=was, becomes=becomes)
    return move


@transaction.atomic
def decide_move(
    *, by: Actor, at: datetime, move: Move, approved: bool, words: str = ""
) -> MoveDecision:
    """Answer a wish to move. What is approved is done to the task in the same moment.

    Refuses: not_allowed unless a supervisor decides; own_move when the supervisor or the supervisor's
    unit asked for it; own_task when that unit leads the task or answers for it; task_closed when the task is
    accepted or dropped; already_decided the second time; stale_move when the task has changed since;
    no_reason when a refusal has no words.
    """
    allow(by, Role.SUPERVISOR)
    if by.unit and by.unit == move.by_unit:
        raise Refused("own_move", _("Your unit asked for this move."), status=403)
    impartial(by=by, at=at, task=move.task)
    task, words = locked(by=by, at=at, task=move.task), words.strip()
    _check_decision(task, move, approved=approved, words=words)
    try:
        with transaction.atomic():
            decision = MoveDecision.objects.create(
                move=move, approved=approved, words=words[:300], **signed(by, at)
            )
    except IntegrityError as error:
        # Two supervisors at the same moment: one decision a move, the database sees to it.
        raise _decided() from error
    if approved:
        task.due_on, task.target = move.now_due_on, move.now_target
        task.save(update_fields=["due_on", "target"])
    verb = "moved" if approved else "move_refused"
    was = {"due_on": move.was_due_on, "target": move.was_target}
    becomes: steps.Facts = {"due_on": move.now_due_on, "target": move.now_target}
    becomes |= {"reason": move.reason, "words": words}
    steps.note(by=by, at=at, subject=task.code, verb=verb, was=was, becomes=becomes)
    return decision


def impartial(*, by: Actor, at: datetime, task: Task) -> None:
    """Let supervision go on only with tasks of other units, whatever `at`.

    Refuses: own_task when the actor's unit leads the task or answers for it.
    """
    if by.unit and Task.objects.owned_by(by).filter(pk=task.pk).exists():
        raise Refused(
            "own_task", _("Your unit answers for this task: somebody else checks it."), status=403
        )


def _check_move(task: Task, due_on: date | None, target: Decimal | None) -> None:
    if not task.promised_at:
        raise Refused("not_promised", _("This is not promised yet: edit the task itself."))
    if (due_on, target) == (task.due_on, task.target):
        raise Refused("nothing_moves", _("The day and the target are as they were."))
    if due_on and task.starts_on and due_on < task.starts_on:
        raise Refused("days_out_of_order", _("It would be due before it starts."))
    if target is not None and task.indicator_id is None:
        raise Refused("target_without_indicator", _("Say which indicator the target is of."))


def _check_decision(task: Task, move: Move, *, approved: bool, words: str) -> None:
    if MoveDecision.objects.filter(move=move).exists():
        raise _decided()
    if not approved and not words:
        raise Refused("no_reason", _("Say why not."))
    if approved and (task.due_on, task.target) != (move.was_due_on, move.was_target):
        raise Refused("stale_move", _("The task has changed since this was asked: ask again."))


def _decided() -> Refused:
    return Refused("already_decided", _("This wish was answered already."))

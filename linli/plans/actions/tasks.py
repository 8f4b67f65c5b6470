"""Tasks: add, edit, assign, drop. What is promised changes only through `moves`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.watching import refuse_watching
from linli.plans.actions import steps
from linli.plans.actions.drafts import TaskDraft
from linli.plans.models import Measure, Programme, Share, Task

# What belongs to the promise: a published task keeps these.
PROMISED = ("starts_on", "due_on", "indicator", "target", "target_sense")
CLOSED = (Task.ACCEPTED, Task.DROPPED)


@transaction.atomic
def add_task(*, by: Actor, at: datetime, measure: Measure, draft: TaskDraft) -> Task:
    """Add a task at the end of a measure. In a published programme it is promised at once.

    Refuses: not_allowed unless a planner asks; no_title without one; out_of_scope for the watching of
    people; days_out_of_order when it would be due before it starts; target_without_indicator;
    unknown_sense; unit_closed when a unit no longer works; unit_twice when one unit has two parts.
    """
    allow(by, Role.PLANNER)
    _check(draft)
    # Locked, so that no task slips into a programme unpromised while it is being published.
    programme = Programme.objects.select_for_update().get(pk=measure.programme_id)
    last = measure.tasks.aggregate(last=Max("position"))["last"]
    task = Task(measure=measure, position=0 if last is None else last + 1, evidence=draft.evidence)
    _fill(task, draft)
    if programme.published_at:
        task.promised_at, task.first_due_on, task.first_target = at, task.due_on, task.target
    task.save()
    _share(task, draft)
    becomes = _facts(draft) | {"measure": measure.code}
    steps.note(by=by, at=at, subject=task.code, verb="added", becomes=becomes)
    return task


@transaction.atomic
def edit_task(*, by: Actor, at: datetime, task: Task, draft: TaskDraft) -> Task:
    """Make a task what the draft says. A promised day, target or figure is not edited but moved.

    Refuses: not_allowed unless a planner asks; task_closed when it is accepted or dropped; promised when
    start, due day, indicator or target of a promised task would change; no_title; out_of_scope;
    days_out_of_order; target_without_indicator; unknown_sense; unit_closed; unit_twice as in add_task.
    """
    allow(by, Role.PLANNER)
    task = locked(by=by, at=at, task=task)
    before = TaskDraft.of(task)
    if task.promised_at and any(getattr(before, f) != getattr(draft, f) for f in PROMISED):
        raise Refused(
            "promised",
            _("This was promised. Ask for a move of its due day or target, with a reason."),
        )
    _check(draft, kept=_units(before))
    _fill(task, draft)
    task.evidence = draft.evidence or task.evidence
    task.save()
    _share(task, draft)
    was, becomes = _facts(before), _facts(draft)
    changed = [name for name in becomes if was[name] != becomes[name]]
    if changed:
        was, becomes = {n: was[n] for n in changed}, {n: becomes[n] for n in changed}
        steps.note(by=by, at=at, subject=task.code, verb="edited", was=was, becomes=becomes)
    return task


@transaction.atomic
def assign(*, by: Actor, at: datetime, tasks: Iterable[Task], lead: Unit) -> int:
    """Give tasks a lead unit, many at once. Returns how many changed.

    Refuses: not_allowed unless a planner asks; unit_closed when the unit no longer works; task_closed
    when one of them is accepted or dropped; unit_twice when the unit shares in one already. Then none changes.
    """
    allow(by, Role.PLANNER)
    _check_units((lead,))
    ids = [task.pk for task in tasks]
    found = Task.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("lead")
    changed = [task for task in found if task.lead_id != lead.pk]
    if any(task.state in CLOSED for task in changed):
        raise _closed()
    if Share.objects.filter(task__in=changed, unit=lead).exists():
        raise _twice()
    notes = [(t.code, {"lead": str(t.lead or "")}, {"lead": lead.name}) for t in changed]
    Task.objects.filter(pk__in=[task.pk for task in changed]).update(lead=lead)
    steps.note_each(by=by, at=at, verb="assigned", changes=notes)
    return len(changed)


@transaction.atomic
def drop_task(*, by: Actor, at: datetime, task: Task, reason: str) -> Task:
    """Give a task up. It stays in the ledger, grey, with the reason.

    Refuses: not_allowed unless a planner asks; no_reason without one; task_closed when it is accepted or
    dropped already.
    """
    allow(by, Role.PLANNER)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why: it stays on record."))
    task = locked(by=by, at=at, task=task)
    was, task.state = task.state, Task.DROPPED
    task.save(update_fields=["state"])
    becomes = {"state": Task.DROPPED, "reason": reason}
    steps.note(by=by, at=at, subject=task.code, verb="dropped", was={"state": was}, becomes=becomes)
    return task


def locked(*, by: Actor, at: datetime, task: Task) -> Task:
    """Return the task as it is now, held until the transaction ends, so that no two change it at once.

    Refuses: task_closed when it is accepted or dropped: what `by` would do at `at` comes too late.
    """
    found = Task.objects.select_for_update().get(pk=task.pk)
    if found.state in CLOSED:
        raise _closed()
    return found


def own(*, by: Actor, at: datetime, task: Task) -> None:
    """Let an officer go on only with a task that the own unit leads or answers for, whatever `at`.

    Refuses: not_own_task for every other unit's officer.
    """
    if by.role == Role.OFFICER and not Task.objects.owned_by(by).filter(pk=task.pk).exists():
        raise Refused(
            "not_own_task", _("Your unit neither leads this task nor answers for it."), status=403
        )


def _check(draft: TaskDraft, *, kept: tuple[Unit, ...] = ()) -> None:
    if not draft.title.strip():
        raise _untitled()
    refuse_watching(draft.title)
    if draft.starts_on and draft.due_on and draft.due_on < draft.starts_on:
        raise Refused("days_out_of_order", _("It would be due before it starts."))
    if draft.target is not None and draft.indicator is None:
        raise Refused("target_without_indicator", _("Say which indicator the target is of."))
    if draft.target_sense not in dict(Task.SENSES):
        raise Refused("unknown_sense", _("A target is reached at least or at most."))
    units = _units(draft)
    if len({unit.pk for unit in units}) < len(units):
        raise _twice()
    _check_units(tuple(unit for unit in units if unit not in kept))


def _check_units(units: tuple[Unit, ...]) -> None:
    if closed := [unit for unit in units if unit.closed_on]:
        words = _("%(unit)s no longer works: choose its heir.") % {"unit": closed[0].name}
        raise Refused("unit_closed", words)


def _units(draft: TaskDraft) -> tuple[Unit, ...]:
    lead = (draft.lead,) if draft.lead else ()
    return lead + draft.responsible + draft.supporting


def _fill(task: Task, draft: TaskDraft) -> None:
    task.title, task.lead = draft.title.strip(), draft.lead
    task.starts_on, task.due_on = draft.starts_on, draft.due_on
    task.indicator, task.target = draft.indicator, draft.target
    task.target_sense = draft.target_sense


def _share(task: Task, draft: TaskDraft) -> None:
    """Write the shares of a task when they are not so already."""
    wanted = {unit.pk: Share.SUPPORTING for unit in draft.supporting}
    wanted |= {unit.pk: Share.RESPONSIBLE for unit in draft.responsible}
    there = dict(task.shares.values_list("unit", "part"))
    if there == wanted:
        return
    task.shares.all().delete()
    Share.objects.bulk_create(
        Share(task=task, unit_id=unit, part=part) for unit, part in wanted.items()
    )


def _facts(draft: TaskDraft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "lead": draft.lead.name if draft.lead else "",
        "responsible": sorted(unit.name for unit in draft.responsible),
        "supporting": sorted(unit.name for unit in draft.supporting),
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "indicator": draft.indicator.code if draft.indicator else "",
        "target": draft.target,
        "target_sense": draft.target_sense,
    }


def _untitled() -> Refused:
    return Refused("no_title", _("Give it a title."))


def _closed() -> Refused:
    return Refused("task_closed", _("This task is accepted or dropped: it stays as it is."))


def _twice() -> Refused:
    return Refused(
        "unit_twice", _("A unit has one part in a task: lead, responsible or supporting.")
    )

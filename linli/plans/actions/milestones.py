"""Milestones: the steps on the way of a task. One that is late turns the lamp amber."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.watching import refuse_watching
from linli.plans.actions import steps
from linli.plans.actions.tasks import locked, own
from linli.plans.models import Milestone, Task


@transaction.atomic
def add_milestone(*, by: Actor, at: datetime, task: Task, title: str, due_on: date) -> Milestone:
    """Add a step on the way of a task, with its own day.

    Refuses: not_allowed unless a planner asks; no_title without one; out_of_scope for the watching of
    people; task_closed when the task is accepted or dropped; days_out_of_order when it would lie outside the task's days.
    """
    allow(by, Role.PLANNER)
    task = locked(by=by, at=at, task=task)
    if not (title := title.strip()):
        raise Refused("no_title", _("Give it a title."))
    refuse_watching(title)
    if (task.due_on and due_on > task.due_on) or (task.starts_on and due_on < task.starts_on):
        raise Refused("days_out_of_order", _("A milestone lies within the days of its task."))
    milestone = Milestone.objects.create(task=task, title=title, due_on=due_on)
    becomes = {"milestone": title, "due_on": due_on}
    steps.note(by=by, at=at, subject=task.code, verb="milestone_added", becomes=becomes)
    return milestone


@transaction.atomic
def reach_milestone(
    *, by: Actor, at: datetime, milestone: Milestone, reached_on: date
) -> Milestone:
    """Note that a milestone was reached, and when. A unit notes those of its own tasks.

    Refuses: not_allowed for a supervisor; not_own_task when an officer's unit neither leads the task nor
    answers for it; task_closed when the task is accepted or dropped; already_reached the second time;
    not_yet when the day has not come.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    task = locked(by=by, at=at, task=milestone.task)
    own(by=by, at=at, task=task)
    if reached_on > localdate(at):
        raise Refused("not_yet", _("This day has not come yet."))
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.reached_on:
        raise Refused("already_reached", _("This milestone was reached already."))
    milestone.reached_on = reached_on
    milestone.save(update_fields=["reached_on"])
    becomes = {"milestone": milestone.title, "reached_on": reached_on}
    steps.note(by=by, at=at, subject=task.code, verb="milestone_reached", becomes=becomes)
    return milestone

"""Decisions: a sentence of approved minutes becomes a task that rests on it. Settling a point ends it."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts import actions as facts
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.drafts import TaskDraft
from linli.plans.actions.tasks import add_task
from linli.plans.models import AgendaItem, Decision, Measure, Meeting


@transaction.atomic
def decide(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    start: int,
    end: int,
    task_draft: TaskDraft | None = None,
    measure: Measure | None = None,
) -> Decision:
    """Mark characters [start, end) of the approved minutes as a decision on this point; with a draft and a
    measure it becomes a task, whose evidence is these words.

    Refuses: not_allowed unless a planner asks; minutes_not_approved while they can still change;
    outside_minutes when the span is empty or not within them; decided_already when it overlaps another
    decision of the meeting; no_measure when a task has none; what add_task refuses of a task.
    """
    allow(by, Role.PLANNER)
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    meeting = meetings.get(pk=item.meeting_id)
    words = _words(meeting, start, end)
    task = None
    if task_draft is not None:
        if measure is None:
            raise Refused("no_measure", _("Say to which measure the task belongs."))
        evidence = facts.cite_span(
            by=by,
            at=at,
            source=meeting.body.name,
            digest=hashlib.sha256(meeting.minutes.encode()).hexdigest(),
            start=start,
            end=end,
            words=words,
            address=f"/console/meetings/{meeting.code}/",
        )
        task = add_task(by=by, at=at, measure=measure, draft=replace(task_draft, evidence=evidence))
    decision = Decision.objects.create(item=item, start=start, end=end, task=task)
    becomes = {"words": words, "task": task.code if task else ""}
    steps.note(by=by, at=at, subject=meeting.code, verb="decided", becomes=becomes)
    return decision


@transaction.atomic
def settle_item(*, by: Actor, at: datetime, item: AgendaItem) -> AgendaItem:
    """Settle a point of an agenda: it does not come back.

    Refuses: not_allowed unless a planner asks; already_settled the second time; carried_on when it stands
    on a later agenda: settle it there.
    """
    allow(by, Role.PLANNER)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.settled:
        raise Refused("already_settled", _("This point is settled."))
    if AgendaItem.objects.filter(carried_from=item).exists():
        raise Refused("carried_on", _("This point stands on a later agenda: settle it there."))
    item.settled = True
    item.save(update_fields=["settled"])
    steps.note(
        by=by, at=at, subject=item.meeting.code, verb="settled", becomes={"title": item.title}
    )
    return item


def _words(meeting: Meeting, start: int, end: int) -> str:
    if meeting.approved_at is None:
        raise Refused("minutes_not_approved", _("Approve the minutes first: then words stand."))
    if not 0 <= start < end <= len(meeting.minutes):
        raise Refused("outside_minutes", _("Mark the words of the decision in the minutes."))
    taken = Decision.objects.filter(item__meeting=meeting, start__lt=end, end__gt=start)
    if taken.exists():
        raise Refused("decided_already", _("These words are a decision already."))
    return meeting.minutes[start:end]

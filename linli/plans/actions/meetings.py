"""Meetings of a body: call, note who came, write the minutes, approve them. Approved minutes stand.

What was not settled comes back on the next agenda by itself, and so does every task that the body
decided and nobody has accepted yet.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.models import AgendaItem, Attendance, Body, Meeting, Task
from linli.plans.queries import decided_tasks, open_items


@transaction.atomic
def call_meeting(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    title: str,
    starts_at: datetime,
    venue: str = "",
    agenda: Iterable[str] = (),
) -> Meeting:
    """Plan a meeting. Its agenda begins with what is not settled yet, each point once.

    Refuses: not_allowed unless a planner asks; no_title without one; already_begun when the moment lies
    in the past.
    """
    allow(by, Role.PLANNER)
    if not (title := title.strip()):
        raise Refused("no_title", _("Give it a title."))
    if starts_at <= at:
        raise Refused("already_begun", _("This moment has passed."))
    # Locked: of two meetings called at once, one takes the open points.
    body = Body.objects.select_for_update().get(pk=body.pk)
    meeting = Meeting.objects.create(
        body=body, title=title, starts_at=starts_at, venue=venue.strip()
    )
    carried = list(open_items(body).exclude(meeting=meeting))
    known = {item.task_id for item in carried if item.task_id}
    points = [
        AgendaItem(title=i.title, task=i.task, about=i.about, carried_from=i) for i in carried
    ]
    points += [AgendaItem(title=t.title, task=t) for t in decided_tasks(body) if t.pk not in known]
    points += [AgendaItem(title=said.strip()[:300]) for said in agenda if said.strip()]
    for position, point in enumerate(points, 1):
        point.meeting, point.position = meeting, position
    AgendaItem.objects.bulk_create(points)
    becomes = {"title": title, "body": body.code, "starts_at": starts_at, "points": len(points)}
    becomes |= {"carried": len(carried)}
    steps.note(by=by, at=at, subject=meeting.code, verb="planned", becomes=becomes)
    return meeting


@transaction.atomic
def add_item(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    title: str,
    task: Task | None = None,
    about: str = "",
) -> AgendaItem:
    """Add a point to the agenda: about a task, about what another engine knows by its code, or neither.

    Refuses: not_allowed unless a planner asks; no_title without one; minutes_stand when they are approved;
    on_agenda when the task, or what it is about, has a point already.
    """
    allow(by, Role.PLANNER)
    meeting = _writable(meeting)
    if not (title := title.strip()[:300] or (task.title if task else "")):
        raise Refused("no_title", _("Give it a title."))
    if task and meeting.agenda.filter(task=task).exists():
        raise Refused("on_agenda", _("This task is on the agenda already."))
    if about and meeting.agenda.filter(about=about).exists():
        raise Refused("on_agenda", _("This is on the agenda already."))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, position=last + 1, title=title, task=task, about=about
    )
    steps.note(by=by, at=at, subject=meeting.code, verb="item_added", becomes={"title": title})
    return item


@transaction.atomic
def send_call(*, by: Actor, at: datetime, meeting: Meeting) -> Meeting:
    """Mark that the notice went out, to all units with a seat.

    Refuses: not_allowed unless a planner asks; already_called the second time; no_units when nobody sits
    in the body; minutes_stand when they are approved.
    """
    allow(by, Role.PLANNER)
    meeting = _writable(meeting)
    if meeting.called_at:
        raise Refused("already_called", _("The notice went out already."))
    seated = list(meeting.body.seats.values_list("unit", flat=True))
    if not seated:
        raise Refused("no_units", _("No unit sits in this body yet."))
    meeting.called_at = at
    meeting.save(update_fields=["called_at"])
    there = set(meeting.attendance.values_list("unit", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, unit_id=unit) for unit in seated if unit not in there
    )
    steps.note(by=by, at=at, subject=meeting.code, verb="called", becomes={"units": len(seated)})
    return meeting


@transaction.atomic
def note_attendance(
    *, by: Actor, at: datetime, meeting: Meeting, unit: Unit, present: bool | None
) -> Attendance:
    """Note whether a unit came. Units, never who came for them.

    Refuses: not_allowed unless a planner asks; not_invited when the unit has no seat in the body;
    minutes_stand when they are approved.
    """
    allow(by, Role.PLANNER)
    meeting = _writable(meeting)
    noted = meeting.attendance.filter(unit=unit).first()
    if noted is None and not meeting.body.seats.filter(unit=unit).exists():
        raise Refused("not_invited", _("This unit has no seat in the body."))
    was = noted.present if noted else None
    noted = noted or Attendance(meeting=meeting, unit=unit)
    noted.present = present
    noted.save()
    steps.note(
        by=by,
        at=at,
        subject=meeting.code,
        verb="attendance",
        was={"unit": unit.name, "present": was},
        becomes={"unit": unit.name, "present": present},
    )
    return noted


@transaction.atomic
def write_minutes(*, by: Actor, at: datetime, meeting: Meeting, minutes: str) -> Meeting:
    """Write the minutes, or write them anew, until they are approved. Line ends become single ones.

    Refuses: not_allowed unless a planner asks; minutes_stand when they are approved.
    """
    allow(by, Role.PLANNER)
    meeting = _writable(meeting)
    was = meeting.minutes
    meeting.minutes = minutes.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    meeting.save(update_fields=["minutes"])
    steps.note(
        by=by,
        at=at,
        subject=meeting.code,
        verb="minutes_written",
        was={"length": len(was)},
        becomes={"length": len(meeting.minutes)},
    )
    return meeting


@transaction.atomic
def approve_minutes(*, by: Actor, at: datetime, meeting: Meeting) -> Meeting:
    """Let the minutes stand, letter by letter: decisions point into them.

    Refuses: not_allowed unless a planner asks; no_minutes when none are written; not_yet before the
    meeting begins; minutes_stand the second time.
    """
    allow(by, Role.PLANNER)
    meeting = _writable(meeting)
    if not meeting.minutes:
        raise Refused("no_minutes", _("Write the minutes first."))
    if at < meeting.starts_at:
        raise Refused("not_yet", _("This meeting has not begun."))
    meeting.approved_at = at
    meeting.save(update_fields=["approved_at"])
    steps.note(by=by, at=at, subject=meeting.code, verb="minutes_approved")
    return meeting


def _writable(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    meeting = found.get(pk=meeting.pk)
    if meeting.approved_at:
        raise Refused("minutes_stand", _("The minutes are approved: they stand as they are."))
    return meeting

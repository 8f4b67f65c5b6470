"""The order of an agenda, until the minutes stand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.models import AgendaItem, Meeting


@transaction.atomic
def place_item(*, by: Actor, at: datetime, item: AgendaItem, position: int) -> list[AgendaItem]:
    """Put a point at `position`, counted from 1, and move the others down; beyond the end is the end.

    Refuses: not_allowed unless a planner asks; minutes_stand when they are approved.
    """
    allow(by, Role.PLANNER)
    # Locked, so that of two points placed at once neither loses its number.
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    if meeting.approved_at:
        raise Refused("minutes_stand", _("The minutes are approved: they stand as they are."))
    points = list(meeting.agenda.all())
    was = next(n for n, point in enumerate(points, start=1) if point.pk == item.pk)
    points.insert(max(1, position) - 1, points.pop(was - 1))
    for number, point in enumerate(points, start=1):
        point.position = number
    AgendaItem.objects.bulk_update(points, ["position"])
    now = next(point.position for point in points if point.pk == item.pk)
    becomes = {"title": item.title, "position": now}
    steps.note(
        by=by,
        at=at,
        subject=meeting.code,
        verb="item_placed",
        was={"position": was},
        becomes=becomes,
    )
    return points

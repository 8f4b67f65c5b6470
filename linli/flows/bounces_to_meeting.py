"""From bounces to the joint meeting: a case that was handed on three times is a question of competence.

Units that could not agree who answers hear it at their next joint meeting, by code and topic alone: not a
word of what was asked leaves the case.
"""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from linli.cases.events import Bounced
from linli.cases.queries import bounced_for_meeting
from linli.directory.rules.areas import ladder_of
from linli.kernel.actors import system
from linli.plans.actions import add_item
from linli.plans.models import AgendaItem, Meeting


def put_on_agenda(at: datetime) -> int:
    """Put every case that waits for a joint meeting on the agenda of the next one; return how many.

    A case is put there once: what the meeting leaves open returns on the next agenda by itself. Where no
    joint meeting is planned the case waits.
    """
    cases = bounced_for_meeting()
    known = AgendaItem.objects.filter(about__in=[case.code for case in cases])
    there = set(known.values_list("about", flat=True))
    placed = 0
    for case in cases:
        meeting = None if case.code in there else _next_meeting(case, at)
        if meeting is not None:
            _place(case, meeting, at)
            placed += 1
    return placed


def _next_meeting(case: Bounced, at: datetime) -> Meeting | None:
    """Return the next joint meeting of the case's place, or of the nearest place above that has one."""
    planned = Meeting.objects.filter(
        body__kind="joint_meeting", starts_at__gt=at, approved_at=None
    ).order_by("starts_at", "id")
    for code in ladder_of(case.area):
        if meeting := planned.filter(body__area=code).first():
            return meeting
    return None


def _place(case: Bounced, meeting: Meeting, at: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        title = _(
            "Case %(code)s (%(topic)s) was handed on %(times)s times: which unit answers?"
        ) % {
            "code": case.code,
            "topic": case.topic,
            "times": case.bounces,
        }
    add_item(by=system("joint meeting"), at=at, meeting=meeting, title=title, about=case.code)

"""From a decision that goes ahead to tasks: what is done against its hazards stands in the plans, led by who promised it.

It waits for a planner there, in a programme that nobody outside sees, with the day that was promised. How it stands
is told back, beside the hazard, for everybody.
"""

from datetime import date, datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.assessments.actions.impact_hazards import note_tasks
from linli.assessments.events import Mitigated, Planned
from linli.assessments.queries.impacts import mitigated
from linli.directory.models import Area, Unit
from linli.kernel.actors import system
from linli.kernel.refusals import Refused
from linli.plans.actions import (
    ProgrammeDraft,
    TaskDraft,
    add_measure,
    add_task,
    start_programme,
)
from linli.plans.actions.grounds import GroundDraft, ground
from linli.plans.models import Ground, Measure, Programme
from linli.plans.queries.grounds import became

_FLOW = system("impact to tasks")
_log = structlog.stdlib.get_logger("linli.impacts")


def plan_mitigations(at: datetime) -> int:
    """Plan what decisions that go ahead promised, once each, and tell how it stands; return how many changed.

    Three queries while nothing has changed.
    """
    waiting = mitigated()
    codes = [one.code for one in waiting]
    there = set(Ground.objects.filter(about__in=codes).values_list("about", flat=True))
    for one in waiting:
        if one.code not in there:
            _planned(one, at)
    tasks = {one.about: Planned(one.task, one.state, one.due_on) for one in became(codes)}
    return note_tasks(by=_FLOW, at=at, tasks=tasks)


def _planned(one: Mitigated, at: datetime) -> None:
    """Plan one; what the plans refuse waits, and is said to who runs the platform."""
    try:
        with transaction.atomic():
            lead = Unit.objects.working().filter(name=one.unit).first()
            draft = TaskDraft(title=one.title, lead=lead, due_on=one.due_on)
            task = add_task(by=_FLOW, at=at, measure=_measure(one, at), draft=draft)
            said = GroundDraft(about=one.code, unit=one.unit, cases=0)
            ground(by=_FLOW, at=at, task=task, draft=said)
    except Refused as refused:
        _log.warning("mitigation not planned", code=one.code, refused=refused.code)


def _measure(one: Mitigated, at: datetime) -> Measure:
    """Return the measure of this decision in the programme of its place and year, or begin both."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Decision %(code)s") % {"code": one.impact}
    programme = _programme(one.area, at)
    found = programme.measures.filter(title=title).first()
    return found or add_measure(by=_FLOW, at=at, programme=programme, title=title)


def _programme(area: str, at: datetime) -> Programme:
    year = localdate(at).year
    with translation.override(settings.LANGUAGE_CODE):
        title = _("What decisions promised, %(year)s") % {"year": year}
    waiting = Programme.objects.filter(area=area, title=title, published_at=None)
    draft = ProgrammeDraft(
        title=title,
        area=Area.objects.get(pk=area),
        starts_on=date(year, 1, 1),
        ends_on=date(year + 1, 12, 31),
    )
    return waiting.first() or start_programme(by=_FLOW, at=at, draft=draft)

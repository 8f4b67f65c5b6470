"""From many cases with one cause to one measure: asked for once, and all who reported hear what becomes of it.

What is asked for stands in a programme that nobody outside sees. A planner gives it its day and publishes
it: then it is a promise, and only then is anybody told.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.actions import causes
from linli.cases.actions.cause_news import tell_news
from linli.cases.events import Caused
from linli.cases.models import Cause
from linli.cases.queries.causes import awaited, caused
from linli.cases.rules.news import LastHeard, TaskNews, to_tell
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.codes import read_code
from linli.kernel.refusals import Refused
from linli.plans.actions import (
    ProgrammeDraft,
    TaskDraft,
    add_measure,
    add_task,
    start_programme,
)
from linli.plans.actions.grounds import GroundDraft, count_cases, ground
from linli.plans.models import Programme, Task
from linli.plans.queries.grounds import became

_FLOW = system("cause to measure")


@transaction.atomic
def ask_measure(*, by: Actor, at: datetime, cause: Cause, code: str = "") -> Task:
    """Ask that something be planned against a cause: a new task, or the one of `code` that stands already.

    Who asks again, or at the same moment, gets the same task.
    Refuses: not_allowed for who neither handles cases nor plans nor checks; not_own_cause for a handler of
    another unit; cause_settled; unknown_task; task_closed when the task is accepted or dropped;
    out_of_scope when the title asks for the watching of people.
    """
    allow(by, Role.PLANNER, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    # Held before it is asked whether a task stands: two who ask at once wait here for each other.
    cause = causes.held(by=by, at=at, cause=cause)
    if causes.met(by=by, at=at, cause=cause):
        return Task.objects.get(code=cause.measure)
    event = caused(cause)
    task = _known(code) if code.strip() else _planned(event, at)
    draft = GroundDraft(about=event.code, unit=event.unit, cases=event.cases)
    ground(by=_FLOW, at=at, task=task, draft=draft)
    causes.meet_by(by=by, at=at, cause=cause, measure=task.code)
    return task


def tell_of_tasks(at: datetime) -> int:
    """Tell all who reported what became of the tasks that their causes asked for; return how many heard.

    Three queries while nothing has changed.
    """
    waiting = {one.code: one for one in awaited()}
    count_cases(by=_FLOW, at=at, cases={one.code: one.cases for one in waiting.values()})
    told = 0
    for one in became(waiting):
        event = waiting[one.about]
        news = TaskNews(one.task, one.title, one.state, one.due_on)
        if to_tell(LastHeard(event.state, event.due_on), news):
            cause = Cause.objects.get(code=event.code)
            told += tell_news(by=_FLOW, at=at, cause=cause, news=news)
    return told


def _known(code: str) -> Task:
    found = Task.objects.filter(code=read_code(code) or "").first()
    if found is None:
        raise Refused("unknown_task", gettext_lazy("The plans have no task of this code."))
    return found


def _planned(event: Caused, at: datetime) -> Task:
    measure = add_measure(by=_FLOW, at=at, programme=_programme(event, at), title=event.title)
    lead = Unit.objects.filter(name=event.unit, closed_on=None).first()
    draft = TaskDraft(title=event.title, lead=lead)
    return add_task(by=_FLOW, at=at, measure=measure, draft=draft)


def _programme(event: Caused, at: datetime) -> Programme:
    """Return the programme of this place and year that still waits for a planner, or begin it."""
    year = localdate(at).year
    with translation.override(settings.LANGUAGE_CODE):
        title = _("What cases ask for, %(year)s") % {"year": year}
    waiting = Programme.objects.filter(area=event.area, title=title, published_at=None)
    draft = ProgrammeDraft(
        title=title,
        area=Area.objects.get(pk=event.area),
        starts_on=date(year, 1, 1),
        ends_on=date(year + 1, 12, 31),
    )
    return waiting.first() or start_programme(by=_FLOW, at=at, draft=draft)

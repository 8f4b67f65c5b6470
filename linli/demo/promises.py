"""What the demo's first town promises beyond its plans: languages at its counters, and a measure that cases asked for."""

from datetime import datetime, time, timedelta

from linli.cases.actions import causes
from linli.cases.models import Case, Cause
from linli.demo.people import officer
from linli.demo.units import JIAYUGUAN
from linli.directory.actions.guarantees import GuaranteeDraft, promise_language
from linli.directory.models import LanguageGuarantee
from linli.directory.rules.languages import WORKING_WEEK
from linli.flows.cause_to_measure import ask_measure
from linli.kernel.actors import Actor
from linli.plans.models import Task

_SINCE = timedelta(days=60)
_CAUSE = "培训报名后的回音太慢（示例）"


def guarantee_languages(*, by: Actor, at: datetime) -> None:
    """Promise two languages, one of them on a day that nobody keeps: what is broken shows, too."""
    for language, weekdays, until in (("ug", WORKING_WEEK, 17), ("bo", (0, 1, 2, 3, 4), 12)):
        there = LanguageGuarantee.objects.filter(area=JIAYUGUAN.code, language=language)
        if not there.exists():
            draft = GuaranteeDraft(
                area=JIAYUGUAN.code,
                language=language,
                weekdays=weekdays,
                opens_at=time(9, 30),
                closes_at=time(until),
                begins_on=(at - _SINCE).date(),
            )
            promise_language(by=by, at=at - _SINCE, draft=draft)


def ask_for_a_measure(*, at: datetime) -> None:
    """Join what waits for the same office to one cause, and let a promise of that office answer to it."""
    if Cause.objects.exists():
        return
    waiting = Case.objects.open().filter(topic__code="jobs", area=JIAYUGUAN.code, cause=None)
    cases = list(waiting.select_related("unit").order_by("pk")[:4])
    promised = Task.objects.published().filter(state=Task.OPEN)
    if cases and (task := promised.filter(lead=cases[0].unit).order_by("-pk").first()):
        unit = officer(cases[0].unit.name)
        cause = causes.merge(by=unit, at=at, cases=cases, title=_CAUSE)
        ask_measure(by=unit, at=at, cause=cause, code=task.code)

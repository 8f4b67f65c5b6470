"""Tell all who share a cause what became of the task that meets it, each in their own case, once."""

from datetime import datetime

from django.db import transaction

from linli.cases.actions import steps
from linli.cases.actions.causes import held
from linli.cases.actions.telling import tell
from linli.cases.models import Case, Cause, CauseNews
from linli.cases.rules.news import LastHeard, TaskNews, concerns_all, in_words, to_tell
from linli.kernel.actors import Actor, allow
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, key_of


@transaction.atomic
def tell_news(*, by: Actor, at: datetime, cause: Cause, news: TaskNews) -> int:
    """Tell everybody whose case has this cause how its task stands, unless they know; return how many heard.

    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    # Locked before what was told last is read: of two calendars at once, one tells.
    cause = held(by=by, at=at, cause=cause)
    last = last_heard(by=by, at=at, cause=cause)
    kind = to_tell(last, news) if cause.measure == news.task else ""
    if not kind:
        return 0
    told = 0
    if concerns_all(last, kind):
        cases = cause.cases.filter(purged_at=None).select_related("subject").order_by("pk")
        told = sum(_tell(by, at, case, kind, in_words(news)) for case in cases)
    CauseNews.objects.create(
        cause=cause, task=news.task, state=kind, due_on=news.due_on, told=told, **signed(by, at)
    )
    return told


def last_heard(*, by: Actor, at: datetime, cause: Cause) -> LastHeard:
    """Return what was told of the cause's task last, whoever asks and whenever.

    Refuses: nothing.
    """
    last = cause.news.filter(task=cause.measure).last()
    return LastHeard(last.state, last.due_on) if last else LastHeard(CauseNews.ASKED)


def _tell(by: Actor, at: datetime, case: Case, kind: str, words: str) -> bool:
    try:
        key = key_of(case.subject, at=at)
    except Gone:
        return False
    step = steps.note(by=by, at=at, case=case, verb="met", kind=kind, words=words, key=key)
    tell(by=by, at=at, case=case, step=step, key=key)
    return True

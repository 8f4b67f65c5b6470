"""Many cases, one cause: each keeps its own clocks, and everybody hears when the cause is settled."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.actions.telling import tell
from linli.cases.models import Case, Cause, CauseNews
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, key_of


@transaction.atomic
def merge(
    *,
    by: Actor,
    at: datetime,
    cases: Iterable[Case],
    title: str = "",
    cause: Cause | None = None,
) -> Cause:
    """Say that cases have one cause, a new one by its title or one that is known; no clock moves.

    Refuses: not_allowed; no_cases; not_own_case; case_closed; no_title for a new cause; title_too_long;
    not_own_cause when another unit's; cause_settled; already_merged.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    # In one order for everybody, so that two who merge wait for each other and never for ever.
    own = [steps.own(by=by, at=at, case=case) for case in sorted(cases, key=lambda case: case.pk)]
    if not own:
        raise Refused("no_cases", _("Choose at least one case."))
    if any(case.cause_id for case in own):
        raise Refused("already_merged", _("One of these cases has a known cause already."))
    if cause is None:
        cause = _found(own[0], title.strip(), at)
    cause = Cause.objects.select_for_update(no_key=True).get(pk=cause.pk)
    if cause.unit_id != own[0].unit_id:
        raise Refused("not_own_cause", _("There is no such cause at your unit."), status=404)
    if cause.settled_at is not None:
        raise Refused("cause_settled", _("This cause is settled."))
    for case in own:
        case.cause = cause
        case.save(update_fields=["cause"])
        steps.note(by=by, at=at, case=case, verb="merged", kind=cause.code)
    return cause


@transaction.atomic
def settle(*, by: Actor, at: datetime, cause: Cause, words: str) -> int:
    """Say what was done about a cause: everybody whose case had it hears it; return how many cases.

    Refuses: not_allowed; not_own_cause; cause_settled; no_words; words_too_long.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    if not (words := words.strip()):
        raise Refused("no_words", _("Write something."))
    kept = Cause.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    cause = kept.get(pk=cause.pk)
    if by.role != Role.SYSTEM and cause.unit.name != by.unit:
        raise Refused("not_own_cause", _("There is no such cause at your unit."), status=404)
    if cause.settled_at is not None:
        raise Refused("cause_settled", _("This cause is settled."))
    cause.settled_at, cause.settled_words = at, words
    cause.save(update_fields=["settled_at", "settled_words"])
    cases = cause.cases.filter(purged_at=None).select_related("subject").order_by("pk")
    return sum(_tell(by, at, case, words) for case in cases)


@transaction.atomic
def meet_by(*, by: Actor, at: datetime, cause: Cause, measure: str) -> Cause:
    """Say which task of the plans meets a cause, by its code; nobody is told before that is promised.

    Refuses: not_allowed for who neither handles cases nor plans nor checks; not_own_cause for a handler of
    another unit; cause_settled; already_met while another task is to meet it.
    """
    allow(by, Role.PLANNER, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    kept = held(by=by, at=at, cause=cause)
    if kept.settled_at is not None:
        raise Refused("cause_settled", _("This cause is settled."))
    if met(by=by, at=at, cause=kept):
        raise Refused("already_met", _("A task for this cause is planned already."))
    kept.measure = measure
    kept.save(update_fields=["measure"])
    CauseNews.objects.create(
        cause=kept, task=measure, state=CauseNews.ASKED, told=0, **signed(by, at)
    )
    return kept


def held(*, by: Actor, at: datetime, cause: Cause) -> Cause:
    """Return the cause as it stands, locked until the transaction ends, whatever `at`.

    Refuses: not_own_cause for a handler of another unit.
    """
    kept = Cause.objects.select_for_update(of=("self",), no_key=True)
    found = kept.select_related("unit", "topic", "area").get(pk=cause.pk)
    if by.role in {Role.OFFICER, Role.CLERK} and found.unit.name != by.unit:
        raise Refused("not_own_cause", _("There is no such cause at your unit."), status=404)
    return found


def met(*, by: Actor, at: datetime, cause: Cause) -> bool:
    """Say whether a task stands for this cause that was not given up, whoever asks and whenever.

    Refuses: nothing.
    """
    ended = cause.news.filter(task=cause.measure, state=CauseNews.DROPPED)
    return bool(cause.measure) and not ended.exists()


def _found(case: Case, title: str, at: datetime) -> Cause:
    if not title:
        raise Refused("no_title", _("Give the cause a title, or choose one that is known."))
    if len(title) > 120:
        raise Refused("title_too_long", _("A title has at most 120 characters."))
    return Cause.objects.create(
        code=new_code(), title=title, topic=case.topic, area=case.area, unit=case.unit, found_at=at
    )


def _tell(by: Actor, at: datetime, case: Case, words: str) -> bool:
    try:
        key = key_of(case.subject, at=at)
    except Gone:
        return False
    step = steps.note(by=by, at=at, case=case, verb="settled", words=words, key=key)
    tell(by=by, at=at, case=case, step=step, key=key)
    return True

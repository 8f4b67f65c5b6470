"""What the person does who holds code and passphrase: add, urge, withdraw, object, close, grant, ask why."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import handing, steps
from linli.cases.actions.asking import Asked, Receipt, ask, attach
from linli.cases.actions.rating import offer_rating, rate
from linli.cases.models import Case, HandOver, Topic
from linli.cases.rules import clocks, reasons, retention
from linli.directory.models import Unit
from linli.kernel import grants, subjects
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.fields import unseal_text
from linli.kernel.models import Grant, Look
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from linli.kernel.working_days import working_days_between

__all__ = [
    "add",
    "ask_why",
    "close",
    "give_grant",
    "object_to",
    "offer_rating",
    "rate",
    "revoke_grant",
    "urge",
    "withdraw",
]

LOOKS = "looks"  # the topic of "why did somebody look?", where a town has one
REOPEN_DAYS = 10  # working days in which a case that the calendar closed may still be objected to


@transaction.atomic
def add(
    *, by: Actor = HOLDER, at: datetime, case: Case, words: str, photos: tuple[Rebuilt, ...] = ()
) -> Case:
    """Say more, or bring papers. No clock moves; only what was waited for lets the clocks run again.

    Refuses: not_allowed for everybody but the person; case_closed; no_words without words or papers;
    words_too_long; too_many_photos; gone when it was purged.
    """
    case = steps.theirs(by=by, at=at, case=case)
    if not (words := words.strip()) and not photos:
        raise _no_words()
    key = subjects.key_of(case.subject, at=at)
    attach(by=by, at=at, case=case, photos=photos, key=key)
    steps.note(by=by, at=at, case=case, verb="added", words=words, key=key)
    if case.paused_at is not None:
        last = case.steps.filter(verb="paused").order_by("at", "pk").last()
        if last is not None and last.kind in reasons.ENDED_BY_WORDS:
            now = steps.clocks_of(by=by, at=at, case=case)
            turned = clocks.resumed(now, at, steps.CALENDAR, "added")
            steps.turn(by=by, at=at, case=case, turned=turned)
            steps.note(by=by, at=at, case=case, verb="resumed", kind="added")
    return case


@transaction.atomic
def urge(*, by: Actor = HOLDER, at: datetime, case: Case) -> Case:
    """Ask to hurry; the unit sees it, no clock moves.

    Refuses: not_allowed for everybody but the person; case_closed; already_answered; urged_today.
    """
    case = steps.theirs(by=by, at=at, case=case)
    if case.state == Case.ANSWERED:
        raise Refused("already_answered", _("It is answered, and waits for you."))
    last = case.steps.filter(verb="urged").order_by("at", "pk").last()
    if last is not None and localdate(last.at) == localdate(at):
        raise Refused("urged_today", _("You have asked to hurry today already."))
    case.urged += 1
    case.save(update_fields=["urged"])
    steps.note(by=by, at=at, case=case, verb="urged")
    return case


@transaction.atomic
def withdraw(*, by: Actor = HOLDER, at: datetime, case: Case) -> Case:
    """Take back what was asked: nobody reads it any more, and it goes sooner.

    Refuses: not_allowed for everybody but the person; case_closed.
    """
    case = steps.theirs(by=by, at=at, case=case)
    handing.overtake(by=by, at=at, case=case)
    _end(by, at, case, Case.WITHDRAWN)
    grants.revoke_all(subject=case.subject, about=case.code, at=at)
    steps.note(by=by, at=at, case=case, verb="withdrew")
    return case


@transaction.atomic
def object_to(*, by: Actor = HOLDER, at: datetime, case: Case, words: str) -> Case:
    """Say that the answer did not solve it: it is open again, and the promised day is still the old one.

    Refuses: not_allowed for everybody but the person; no_words; words_too_long; not_answered while there is
    nothing to object to; case_closed when the person closed it, or the calendar did too long ago; gone.
    """
    allow(by, Role.HOLDER)
    if not (words := words.strip()):
        raise _no_words()
    case = steps.held(by=by, at=at, case=case)
    if case.state in {Case.RECEIVED, Case.WORKING}:
        raise Refused("not_answered", _("There is no answer yet."))
    if case.state != Case.ANSWERED and not _may_reopen(case, at):
        raise Refused("case_closed", _("This case is closed."))
    now = steps.clocks_of(by=by, at=at, case=case)
    days = steps.days_of(by=by, at=at, case=case)
    case.state, case.closed_at, case.closed_how = Case.WORKING, None, ""
    case.news_at = None  # who objects has heard the answer
    case.reopened += 1
    turned = clocks.taken_up(now, at, days, steps.CALENDAR)
    saved = ["state", "closed_at", "closed_how", "reopened", "news_at"]
    steps.turn(by=by, at=at, case=case, turned=turned, saved=saved)
    steps.note(by=by, at=at, case=case, verb="objected", words=words)
    return case


@transaction.atomic
def close(*, by: Actor = HOLDER, at: datetime, case: Case) -> Case:
    """Close an answered case: it is well, or well enough.

    Refuses: not_allowed for everybody but the person; case_closed; not_answered: then one withdraws.
    """
    case = steps.theirs(by=by, at=at, case=case)
    if case.state != Case.ANSWERED:
        raise Refused("not_answered", _("There is no answer yet."))
    _end(by, at, case, Case.CLOSED)
    steps.note(by=by, at=at, case=case, verb="closed")
    return case


@transaction.atomic
def revoke_grant(*, by: Actor = HOLDER, at: datetime, case: Case, grant: Grant) -> None:
    """Take back the leave to read: the next read finds nothing, and what was on its way to the unit ends.

    Refuses: not_allowed for everybody but the person; no_grant when it is not of this case.
    """
    allow(by, Role.HOLDER)
    case = steps.held(by=by, at=at, case=case)
    if (grant.subject_id, grant.about) != (case.subject_id, case.code):
        raise Refused("no_grant", _("There is no such leave."), status=404)
    grants.revoke(grant, at)
    if case.hand_overs.filter(grant=grant, state=HandOver.PROPOSED).exists():
        handing.overtake(by=by, at=at, case=case)
    steps.note(by=by, at=at, case=case, verb="grant_ended", to_unit=grant.to_unit)


@transaction.atomic
def give_grant(
    *,
    by: Actor = HOLDER,
    at: datetime,
    case: Case,
    unit: Unit,
    fields: Iterable[str],
    days: int,
    how: str = "follow_up",
) -> Grant:
    """Let one more unit read these fields for so many days.

    Refuses: not_allowed for everybody but the person; case_closed; unknown_field; unit_closed; no_fields;
    no_days; gone when the case is over.
    """
    case, listed = steps.theirs(by=by, at=at, case=case), set(fields)
    if listed - set(reasons.FIELDS):
        raise Refused("unknown_field", _("This cannot be given to read."))
    if unit.closed_on is not None:
        raise Refused("unit_closed", _("This unit does not work any more."))
    grant = grants.give(
        subject=case.subject,
        about=case.code,
        to_unit=unit.name,
        fields=listed,
        purpose="handle",
        how=how,
        at=at,
        days=days,
    )
    steps.note(by=by, at=at, case=case, verb="granted", to_unit=unit.name)
    return grant


@transaction.atomic
def ask_why(
    *, by: Actor = HOLDER, at: datetime, case: Case, look: Look, words: str = ""
) -> Receipt:
    """Ask why somebody looked: a complaint of its own about that look, with its own code and clocks.

    Refuses: not_allowed for everybody but the person; no_look when it was not at this case; asked_already;
    no_topic; words_too_long; gone when the case is over.
    """
    allow(by, Role.HOLDER)
    case = steps.held(by=by, at=at, case=case)
    if look.subject_id != case.subject_id:
        raise Refused("no_look", _("There is no such look."), status=404)
    if case.steps.filter(verb="asked_why", kind=look.code).exists():
        raise Refused("asked_already", _("You have asked about this look already."))
    key = subjects.key_of(case.subject, at=at)
    told = gettext(
        "Why did %(unit)s look at case %(case)s on %(day)s? Entry %(look)s of the log."
    ) % {
        "unit": look.by_unit,
        "case": case.code,
        "day": localdate(look.at).isoformat(),
        "look": look.code,
    }
    asked = Asked(
        topic=Topic.objects.asked_for().select_related("unit").filter(code=LOOKS).first(),
        area=case.area,
        words=f"{told}\n{words}".strip(),
        reply_language=unseal_text(case, key, "reply_language"),
        channel=case.channel,
    )
    receipt = ask(by=by, at=at, asked=asked, kind=Topic.COMPLAINT)
    steps.note(by=by, at=at, case=case, verb="asked_why", kind=look.code)
    return receipt


def _end(by: Actor, at: datetime, case: Case, state: str) -> None:
    now = steps.clocks_of(by=by, at=at, case=case)
    case.state, case.closed_at = state, at
    case.closed_how = "holder" if state == Case.CLOSED else ""
    case.news_at = None  # who ends it knows
    turned = clocks.stopped(now, at, steps.CALENDAR, state)
    saved = ["state", "closed_at", "closed_how", "news_at"]
    saved += steps.seal_location(by=by, at=at, case=case)
    steps.turn(by=by, at=at, case=case, turned=turned, saved=saved)
    until = retention.after_closing(localdate(at), case.topic.kept_days)
    if until < case.subject.purge_on:
        subjects.shorten(subject=case.subject, purge_on=until, at=at)


def _may_reopen(case: Case, at: datetime) -> bool:
    if case.closed_how != "timeout" or case.closed_at is None or case.rating_offered:
        return False
    if case.purged_at is not None:
        return False
    return working_days_between(localdate(case.closed_at), localdate(at)) <= REOPEN_DAYS


def _no_words() -> Refused:
    return Refused("no_words", _("Write something."))

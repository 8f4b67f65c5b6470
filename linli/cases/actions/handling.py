"""Handle a case: take it, answer it, note, pause, extend, name who is responsible, work on it together."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import handing, passing, steps
from linli.cases.actions.telling import tell
from linli.cases.models import Case, HandOver, JointUnit, Leader, Topic
from linli.cases.rules import clocks, reasons
from linli.directory.models import Unit
from linli.kernel import grants
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import key_of


@transaction.atomic
def take(*, by: Actor, at: datetime, case: Case) -> Case:
    """Take a case in hand for one's unit; what another unit proposed to hand over is accepted so.

    Refuses: not_allowed; not_own_case when another unit answers for it; already_taken; on_its_way while
    another unit decides about it; case_closed; paused.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    coming = handing.on_the_way.first(case.pk)
    offered = coming is not None and coming.state == HandOver.PROPOSED
    if coming and offered and coming.to_unit.name == by.unit:
        return handing.accept(by=by, at=at, hand_over=coming).case
    case = steps.own(by=by, at=at, case=case)
    if case.state != Case.RECEIVED:
        raise Refused("already_taken", _("Somebody has taken this case already."), status=409)
    if offered:
        raise Refused("on_its_way", _("Another unit decides about this case."))
    _not_paused(case)
    case.state = Case.WORKING
    now = steps.clocks_of(by=by, at=at, case=case)
    steps.turn(by=by, at=at, case=case, turned=clocks.working(now, at), saved=["state"])
    steps.note(by=by, at=at, case=case, verb="taken", to_unit=case.unit.name)
    return case


@transaction.atomic
def assign(*, by: Actor, at: datetime, case: Case, topic: Topic) -> HandOver | None:
    """Say what a case is really about; when another unit answers that, hand it on to that unit.

    Refuses: not_allowed; not_own_case; case_closed; paused; topic_closed; same_topic; and what `hand_on`
    refuses.
    """
    case = steps.own(by=by, at=at, case=case)
    if topic.closed_on is not None:
        raise Refused("topic_closed", _("This is not asked for here any more."))
    if topic.pk == case.topic_id:
        raise Refused("same_topic", _("That is its topic already."))
    _not_paused(case)
    case.topic, case.kind = topic, topic.kind
    case.public = case.public and not topic.sensitive
    case.save(update_fields=["topic", "kind", "public"])
    steps.note(by=by, at=at, case=case, verb="assigned")
    if topic.unit_id == case.unit_id:
        return None
    return handing.hand_on(
        by=by, at=at, case=case, unit=topic.unit, kind="assigned", words="", fields=reasons.FIELDS
    )


@transaction.atomic
def reply(*, by: Actor, at: datetime, case: Case, words: str) -> Case:
    """Answer: the clocks stop, and the case waits for the person to close it or object.

    Refuses: not_allowed; not_own_case; case_closed; not_taken before somebody took it; already_answered;
    no_words; words_too_long; gone when it was purged.
    """
    words = _said(words)
    case = steps.own(by=by, at=at, case=case)
    if case.state == Case.RECEIVED:
        raise Refused("not_taken", _("Take the case first."))
    if case.state == Case.ANSWERED:
        raise Refused("already_answered", _("It is answered, and waits for the person."))
    key = key_of(case.subject, at=at)
    handing.overtake(by=by, at=at, case=case)
    now = steps.clocks_of(by=by, at=at, case=case)
    case.state, case.answered_at = Case.ANSWERED, at
    turned = clocks.stopped(now, at, steps.CALENDAR, "answered")
    steps.turn(by=by, at=at, case=case, turned=turned, saved=["state", "answered_at"])
    step = steps.note(by=by, at=at, case=case, verb="replied", words=words, key=key)
    tell(by=by, at=at, case=case, step=step, key=key)
    return case


@transaction.atomic
def note(*, by: Actor, at: datetime, case: Case, words: str) -> None:
    """Write a note for the units that handle the case; no clock moves.

    Refuses: not_allowed; not_own_case unless the unit answers or helps; case_closed; no_words;
    words_too_long; gone when it was purged.
    """
    words = _said(words)
    if not _helps(by, case):
        case = steps.own(by=by, at=at, case=case)
    steps.note(by=by, at=at, case=case, verb="noted", words=words, shown=False)


@transaction.atomic
def pause(*, by: Actor, at: datetime, case: Case, kind: str, words: str) -> Case:
    """Let the clocks stand still for a typed reason, which the person reads; counted, and not for ever.

    Refuses: not_allowed; not_own_case; case_closed; not_taken; paused already; on_its_way while another
    unit decides; unknown_kind; no_words; words_too_long; gone when it was purged.
    """
    if kind not in reasons.PAUSES:
        raise _unknown_kind()
    words = _said(words)
    case = _in_hand(by=by, at=at, case=case)
    if case.hand_overs.filter(state=HandOver.PROPOSED).exists():
        raise Refused("on_its_way", _("Another unit decides about this case."))
    now = steps.clocks_of(by=by, at=at, case=case)
    steps.turn(by=by, at=at, case=case, turned=clocks.paused(now, at, kind))
    key = key_of(case.subject, at=at)
    step = steps.note(by=by, at=at, case=case, verb="paused", kind=kind, words=words, key=key)
    tell(by=by, at=at, case=case, step=step, key=key)
    return case


@transaction.atomic
def resume(*, by: Actor, at: datetime, case: Case) -> Case:
    """Let the clocks run again, later by exactly the working days that they stood still.

    Refuses: not_allowed; not_own_case; case_closed; not_paused.
    """
    case = steps.own(by=by, at=at, case=case)
    if case.paused_at is None:
        raise Refused("not_paused", _("The clocks are running."))
    now = steps.clocks_of(by=by, at=at, case=case)
    steps.turn(by=by, at=at, case=case, turned=clocks.resumed(now, at, steps.CALENDAR))
    steps.note(by=by, at=at, case=case, verb="resumed")
    return case


@transaction.atomic
def extend(*, by: Actor, at: datetime, case: Case, days: int, kind: str, words: str) -> Case:
    """Give the case more working days, for a typed reason that the person reads; twice at most.

    Refuses: not_allowed; not_own_case; case_closed; not_taken; paused; unknown_kind; no_words;
    words_too_long; too_many_days beyond half of what the topic promises; no_more_moves the third time;
    overdue when the promised day has passed; gone when it was purged.
    """
    if kind not in reasons.EXTENSIONS:
        raise _unknown_kind()
    words = _said(words)
    case = _in_hand(by=by, at=at, case=case)
    promised = steps.days_of(by=by, at=at, case=case)
    if not 1 <= days <= promised.most_more:
        raise Refused("too_many_days", _("At most half of the promised days more at a time."))
    if case.moves >= clocks.MOST_MOVES:
        raise Refused("no_more_moves", _("The day was moved twice: now it stands."))
    if at > case.due_at:
        raise Refused("overdue", _("The promised day has passed: it cannot be moved any more."))
    now = steps.clocks_of(by=by, at=at, case=case)
    turned = clocks.extended(now, at, days, kind, steps.CALENDAR)
    steps.turn(by=by, at=at, case=case, turned=turned)
    key = key_of(case.subject, at=at)
    step = steps.note(by=by, at=at, case=case, verb="extended", kind=kind, words=words, key=key)
    tell(by=by, at=at, case=case, step=step, key=key)
    return case


@transaction.atomic
def name_leader(*, by: Actor, at: datetime, case: Case, leader: Leader) -> Case:
    """Name the official who answers for a petition, by office and name as published.

    Refuses: not_allowed; not_own_case; case_closed; not_petition; not_in_office when the official is of
    another unit or no longer there.
    """
    case = steps.own(by=by, at=at, case=case)
    if case.kind != Topic.PETITION:
        raise Refused("not_petition", _("Only a petition has an official who answers for it."))
    if leader.unit_id != case.unit_id or (leader.until_on and leader.until_on <= at.date()):
        raise Refused("not_in_office", _("This official does not hold office in your unit."))
    case.leader = leader
    case.save(update_fields=["leader"])
    steps.note(by=by, at=at, case=case, verb="leader_named")
    return case


@transaction.atomic
def join(*, by: Actor, at: datetime, case: Case, unit: Unit, words: str) -> JointUnit:
    """Ask another unit to help; it reads what we may read, and we still answer.

    Refuses: not_allowed; not_own_case; case_closed; not_taken; paused; own_unit; unit_closed;
    already_joined; needs_leave when the topic is sensitive or the person did not let us hand on; no_grant
    when they took ours back; no_words; words_too_long; gone when it was purged.
    """
    words = _said(words)
    case = _in_hand(by=by, at=at, case=case)
    passing.elsewhere(by=by, at=at, case=case, unit=unit)
    if JointUnit.objects.filter(case=case, unit=unit).exists():
        raise Refused("already_joined", _("This unit helps already."))
    fields = passing.fields_to_pass(by=by, at=at, case=case, fields=reasons.FIELDS)
    if passing.needs_leave(by=by, at=at, case=case, fields=fields):
        raise Refused("needs_leave", _("Ask the person first: they can let another unit read."))
    grant = passing.grant_to(
        by=by, at=at, case=case, unit=unit, fields=fields - {reasons.PASSING_ON}
    )
    joint = JointUnit.objects.create(case=case, unit=unit, grant=grant, **signed(by, at))
    steps.note(by=by, at=at, case=case, verb="joined", to_unit=unit.name, words=words)
    return joint


@transaction.atomic
def finish_joint(*, by: Actor, at: datetime, case: Case, words: str) -> None:
    """Say what the helping unit did; from then on it reads no more.

    Refuses: not_allowed; not_joined when the unit does not help, or has finished; no_words;
    words_too_long; gone when it was purged.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    words = _said(words)
    joint = (
        JointUnit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("grant")
        .filter(case=case, unit__name=by.unit, done_at=None)
        .first()
    )
    if joint is None:
        raise Refused("not_joined", _("Your unit does not help with this case."), status=404)
    joint.done_at = at
    joint.save(update_fields=["done_at"])
    steps.note(by=by, at=at, case=case, verb="joined_done", from_unit=by.unit, words=words)
    grants.revoke(joint.grant, at)


def _in_hand(*, by: Actor, at: datetime, case: Case) -> Case:
    case = steps.own(by=by, at=at, case=case)
    if case.state != Case.WORKING:
        raise Refused("not_taken", _("Take the case first."))
    _not_paused(case)
    return case


def _not_paused(case: Case) -> None:
    if case.paused_at is not None:
        raise Refused("paused", _("The clocks stand still: let them run first."))


def _helps(by: Actor, case: Case) -> bool:
    joint = JointUnit.objects.filter(case=case, unit__name=by.unit, done_at=None)
    return bool(by.unit) and by.role in {Role.OFFICER, Role.CLERK} and joint.exists()


def _said(words: str) -> str:
    if not (words := words.strip()):
        raise Refused("no_words", _("Write something."))
    return words


def _unknown_kind() -> Refused:
    return Refused("unknown_kind", _("Choose one of the reasons."))

"""Hand a case on: typed, under the person's leave, and the first unit answers until the other accepts.

A hand-over that the other declines is a bounce, and so is one that passes on what was handed over.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import passing, steps
from linli.cases.actions.telling import tell
from linli.cases.models import Case, HandOver
from linli.cases.rules import clocks, reasons
from linli.directory.models import Unit
from linli.kernel import grants
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import key_of

# At most one at a time: the database says so.
on_the_way = Prepared(
    lambda case: HandOver.objects.select_related("to_unit", "grant").filter(
        case_id=case, state__in=[HandOver.PROPOSED, HandOver.WAITING]
    ),
    int,
)


@transaction.atomic
def hand_on(
    *, by: Actor, at: datetime, case: Case, unit: Unit, kind: str, words: str, fields: Iterable[str]
) -> HandOver:
    """Propose a case to another unit, which would read these fields; without leave it waits for the person's.

    Refuses: not_allowed; not_own_case; case_closed; already_answered; paused; on_its_way; unknown_kind;
    own_unit; unit_closed; unknown_field; no_grant when nothing is left to pass on; no_words without a
    reason in words, except for a change of topic; words_too_long; gone when it was purged.
    """
    if kind not in reasons.HAND_OVERS:
        raise _unknown_kind()
    if kind != "assigned" and not words.strip():
        raise Refused("no_words", _("Write something."))
    case = steps.own(by=by, at=at, case=case)
    passing.elsewhere(by=by, at=at, case=case, unit=unit)
    _free(case)
    listed = passing.fields_to_pass(by=by, at=at, case=case, fields=fields)
    hand_over = HandOver(
        code=new_code(),
        case=case,
        from_unit=case.unit,
        to_unit=unit,
        kind=kind,
        fields=sorted(listed),
        state=HandOver.WAITING,
        **signed(by, at),
    )
    if passing.needs_leave(by=by, at=at, case=case, fields=listed):
        hand_over.save(force_insert=True)
        key = key_of(case.subject, at=at)
        step = steps.note(
            by=by, at=at, case=case, verb="wants_leave", kind=kind, words=words.strip(),
            from_unit=case.unit.name, to_unit=unit.name, key=key,
        )  # fmt: skip
        tell(by=by, at=at, case=case, step=step, key=key)
        return hand_over
    hand_over.grant = passing.grant_to(by=by, at=at, case=case, unit=unit, fields=listed)
    _propose(by, at, case, hand_over)
    steps.note(
        by=by, at=at, case=case, verb="handed_on", kind=kind, words=words.strip(),
        from_unit=case.unit.name, to_unit=unit.name,
    )  # fmt: skip
    return hand_over


@transaction.atomic
def accept(*, by: Actor, at: datetime, hand_over: HandOver) -> HandOver:
    """Take over what was proposed to one's unit: it answers from now on, and the first unit reads no more.

    Refuses: not_allowed; not_theirs unless it was proposed to the unit; already_decided.
    """
    case, hand_over = _decide(by, at, hand_over, HandOver.ACCEPTED)
    before, case.unit, case.leader, case.state = case.unit, hand_over.to_unit, None, Case.WORKING
    grants.revoke_all(
        subject=case.subject, about=case.code, at=at, unit=before.name, but=hand_over.grant
    )
    now = steps.clocks_of(by=by, at=at, case=case)
    days = steps.days_of(by=by, at=at, case=case)
    turned = clocks.given_over(now, at, days, steps.CALENDAR)
    steps.turn(by=by, at=at, case=case, turned=turned, saved=["unit", "leader", "state"])
    step = steps.note(
        by=by, at=at, case=case, verb="accepted", from_unit=before.name, to_unit=case.unit.name
    )
    if case.contact is not None or case.told_by_id is not None:
        tell(by=by, at=at, case=case, step=step, key=key_of(case.subject, at=at))
    hand_over.case = case
    return hand_over


@transaction.atomic
def decline(*, by: Actor, at: datetime, hand_over: HandOver, kind: str, words: str) -> HandOver:
    """Send back what was proposed to one's unit, with a typed reason: a bounce, counted.

    Refuses: not_allowed; unknown_kind; no_words; words_too_long; not_theirs unless it was proposed to the
    unit; already_decided; gone when the case was purged.
    """
    if kind not in reasons.DECLINES:
        raise _unknown_kind()
    if not words.strip():
        raise Refused("no_words", _("Write something."))
    case, hand_over = _decide(by, at, hand_over, HandOver.DECLINED)
    if hand_over.grant:
        grants.revoke(hand_over.grant, at)
    _count(case, hand_over)
    _next_step(by, at, case)
    steps.note(
        by=by, at=at, case=case, verb="declined", kind=kind, words=words.strip(),
        from_unit=hand_over.to_unit.name, to_unit=case.unit.name,
    )  # fmt: skip
    return hand_over


@transaction.atomic
def give_leave(
    *, by: Actor = HOLDER, at: datetime, hand_over: HandOver, how: str = "follow_up"
) -> HandOver:
    """Let another unit read the fields of a hand-over that waits; it is proposed from now on.

    Refuses: not_allowed for everybody but the person; case_closed; already_decided.
    """
    case, hand_over = _waiting(by, at, hand_over)
    hand_over.grant = passing.grant_to(
        by=by, at=at, case=case, unit=hand_over.to_unit, fields=hand_over.fields, how=how
    )
    now = steps.clocks_of(by=by, at=at, case=case)
    if now.paused_at is not None:
        turned = clocks.resumed(now, at, steps.CALENDAR, "leave")
        steps.turn(by=by, at=at, case=case, turned=turned)
    _propose(by, at, case, hand_over)
    steps.note(by=by, at=at, case=case, verb="leave_given", to_unit=hand_over.to_unit.name)
    return hand_over


@transaction.atomic
def refuse_leave(*, by: Actor = HOLDER, at: datetime, hand_over: HandOver) -> HandOver:
    """Keep a case where it is.

    Refuses: not_allowed for everybody but the person; case_closed; already_decided.
    """
    case, hand_over = _waiting(by, at, hand_over)
    _end(hand_over, at)
    steps.note(by=by, at=at, case=case, verb="kept_here", to_unit=hand_over.to_unit.name)
    return hand_over


@transaction.atomic
def call_back(*, by: Actor, at: datetime, hand_over: HandOver) -> HandOver:
    """Take back a hand-over that nobody decided about yet.

    Refuses: not_allowed; not_own_case; case_closed; already_decided.
    """
    case = steps.own(by=by, at=at, case=hand_over.case)
    if not overtake(by=by, at=at, case=case):
        raise _decided()
    hand_over.refresh_from_db()
    return hand_over


def overtake(*, by: Actor, at: datetime, case: Case) -> bool:
    """End what is on its way, because the case was answered, withdrawn or called back; say whether anything was.

    Refuses: nothing; who calls has asked already.
    """
    hand_over = on_the_way.first(case.pk)
    if hand_over is None:
        return False
    if hand_over.grant:
        grants.revoke(hand_over.grant, at)
    _end(hand_over, at)
    steps.note(by=by, at=at, case=case, verb="called_back", to_unit=hand_over.to_unit.name)
    return True


def _free(case: Case) -> None:
    if case.state == Case.ANSWERED:
        raise Refused("already_answered", _("It is answered, and waits for the person."))
    if case.paused_at is not None:
        raise Refused("paused", _("The clocks stand still: let them run first."))
    pending = case.hand_overs.filter(state__in=[HandOver.PROPOSED, HandOver.WAITING])
    if pending.exists():
        raise Refused("on_its_way", _("Another unit decides about this case."))


def _propose(by: Actor, at: datetime, case: Case, hand_over: HandOver) -> None:
    hand_over.state = HandOver.PROPOSED
    handed_before = case.hand_overs.filter(state=HandOver.ACCEPTED, to_unit=case.unit_id)
    if handed_before.exists():
        _count(case, hand_over)
    hand_over.save()
    _next_step(by, at, case)


def _count(case: Case, hand_over: HandOver) -> None:
    if not hand_over.bounce:
        hand_over.bounce = True
        case.bounces += 1
    if hand_over.pk:
        hand_over.save(update_fields=["bounce"])


def _next_step(by: Actor, at: datetime, case: Case) -> None:
    now = steps.clocks_of(by=by, at=at, case=case)
    days = steps.days_of(by=by, at=at, case=case)
    turned = clocks.next_step(now, at, days, steps.CALENDAR)
    steps.turn(by=by, at=at, case=case, turned=turned, saved=["bounces"])


def _decide(by: Actor, at: datetime, hand_over: HandOver, state: str) -> tuple[Case, HandOver]:
    allow(by, Role.OFFICER, Role.CLERK)
    if by.role != Role.SYSTEM and hand_over.to_unit.name != by.unit:
        raise Refused("not_theirs", _("This was not proposed to your unit."), status=404)
    case = steps.held(by=by, at=at, case=hand_over.case)
    kept = HandOver.objects.select_related("grant", "to_unit").get(pk=hand_over.pk)
    if kept.state != HandOver.PROPOSED:
        raise _decided()
    kept.state, kept.decided_at = state, at
    kept.save(update_fields=["state", "decided_at"])
    return case, kept


def _waiting(by: Actor, at: datetime, hand_over: HandOver) -> tuple[Case, HandOver]:
    case = steps.theirs(by=by, at=at, case=hand_over.case)
    kept = HandOver.objects.select_related("to_unit").get(pk=hand_over.pk)
    if kept.state != HandOver.WAITING:
        raise _decided()
    return case, kept


def _end(hand_over: HandOver, at: datetime) -> None:
    hand_over.state, hand_over.decided_at = HandOver.ENDED, at
    hand_over.save(update_fields=["state", "decided_at"])


def _decided() -> Refused:
    return Refused("already_decided", _("This was decided already."), status=409)


def _unknown_kind() -> Refused:
    return Refused("unknown_kind", _("Choose one of the reasons."))

"""Permits: decided by a second person with reasons, suspended, reinstated, withdrawn by two."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.alerts import settle_alert
from linli.trace.actions.applying import step_on
from linli.trace.actions.keeping import own
from linli.trace.models import Alert, Application, Permit, PermitStep, Withdrawal
from linli.trace.queries.applications import locked_application

LONGEST = 5  # years that a permit may be given for
_FLOW = system("permits")


@dataclass(frozen=True, slots=True)
class Grant:
    """From when until when (the last day); the number on the paper, where the office gives one itself."""

    valid_from: date
    valid_until: date
    number: str = ""


@transaction.atomic
def decide(
    *, by: Actor, at: datetime, application: Application, grant: Grant | None, words: str
) -> Application:
    """Grant or refuse a permit, with reasons; never by who checked the papers or filed it.

    Refuses: not_allowed; not_own_unit; not_now; same_person; no_reason; wrong_days; number_taken; withdrawn.
    """
    kept = locked_application(application)
    own(by=by, at=at, unit=kept.premises.operator.unit)
    _may_decide(by, kept, words)
    kept.decided_by = by.name
    if grant is None:
        return step_on(
            by=by, at=at, application=kept, to=Application.REFUSED, words=words.strip()[:500]
        )
    kept.permit = _issued(by, at, kept, grant)
    _settle(at, kept)
    return step_on(
        by=by, at=at, application=kept, to=Application.GRANTED, words=words.strip()[:500]
    )


@transaction.atomic
def suspend(
    *, by: Actor, at: datetime, permit: Permit, reason: str, from_at: datetime | None = None
) -> PermitStep:
    """Suspend a permit, from now or from an earlier moment that was found out later.

    Refuses: not_allowed; not_own_unit; not_valid; no_reason; wrong_moment.
    """
    kept = _locked(permit)
    own(by=by, at=at, unit=kept.unit)
    if kept.state != Permit.VALID:
        raise Refused("not_valid", _("This permit does not stand as valid."), status=409)
    return _turn(by, at, kept, Permit.SUSPENDED, reason, from_at)


@transaction.atomic
def reinstate(*, by: Actor, at: datetime, permit: Permit, reason: str) -> PermitStep:
    """Let a permit that was suspended hold again.

    Refuses: not_allowed; not_own_unit; not_suspended; no_reason.
    """
    kept = _locked(permit)
    own(by=by, at=at, unit=kept.unit)
    if kept.state != Permit.SUSPENDED:
        raise Refused("not_suspended", _("This permit is not suspended."), status=409)
    return _turn(by, at, kept, Permit.VALID, reason, None)


@transaction.atomic
def propose_withdrawal(*, by: Actor, at: datetime, permit: Permit, reason: str) -> Withdrawal:
    """Propose to withdraw a permit: somebody else decides.

    Refuses: not_allowed; not_own_unit; withdrawn; proposed already; no_reason.
    """
    kept = _locked(permit)
    own(by=by, at=at, unit=kept.unit)
    if kept.state == Permit.WITHDRAWN:
        raise Refused("withdrawn", _("This permit is withdrawn."), status=409)
    if kept.withdrawals.filter(decided_at=None).exists():
        raise Refused("proposed", _("This is proposed already."), status=409)
    _said(reason)
    return Withdrawal.objects.create(permit=kept, reason=reason.strip()[:500], **signed(by, at))


@transaction.atomic
def decide_withdrawal(*, by: Actor, at: datetime, withdrawal: Withdrawal, done: bool) -> Withdrawal:
    """Withdraw a permit as another person proposed it, or drop the proposal.

    Refuses: not_allowed; not_own_unit; decided; same_person.
    """
    permit = _locked(withdrawal.permit)
    own(by=by, at=at, unit=permit.unit)
    kept = Withdrawal.objects.get(pk=withdrawal.pk)
    if kept.decided_at is not None:
        raise Refused("decided", _("This is decided already."), status=409)
    if kept.by_name == by.name:
        raise Refused("same_person", _("Somebody else decides this."), status=403)
    kept.decided_at, kept.decided_by, kept.done = at, by.name, done
    kept.save(update_fields=["decided_at", "decided_by", "done"])
    if done:
        _turn(by, at, permit, Permit.WITHDRAWN, kept.reason, None)
    return kept


def _may_decide(by: Actor, kept: Application, words: str) -> None:
    if kept.stage != Application.DECISION:
        raise Refused("not_now", _("It is not to be decided now."), status=409)
    filed = kept.by_name if kept.by_role != Role.HOLDER else ""
    if by.name in (kept.checked_by, filed):
        raise Refused("same_person", _("Somebody else decides this."), status=403)
    _said(words)


def _issued(by: Actor, at: datetime, kept: Application, grant: Grant) -> Permit:
    first = grant.valid_from
    last = date(first.year + LONGEST, first.month, min(first.day, 28))  # every month has that day
    if not first <= grant.valid_until <= last or first < localdate(at):
        raise Refused(
            "wrong_days", _("A permit begins today or later, and is given for five years at most.")
        )
    if kept.renews is not None and kept.renews.state == Permit.WITHDRAWN:
        raise Refused("withdrawn", _("A permit that was withdrawn is not renewed."), status=409)
    code = new_code()
    number = grant.number.strip() or f"{first.year}-{code}"
    if Permit.objects.filter(number=number).exists():
        raise Refused("number_taken", _("This number is taken."), status=409)
    return Permit.objects.create(
        code=code,
        number=number,
        premises=kept.premises,
        unit=kept.premises.operator.unit,
        scope=kept.scope,
        valid_from=first,
        valid_until=grant.valid_until,
        **signed(by, at),
    )


def _settle(at: datetime, kept: Application) -> None:
    """Settle what was raised because the permit before runs out: its cause is gone."""
    if kept.renews is None or kept.permit is None:
        return
    open_ones = Alert.objects.filter(settled_at=None, kind=Alert.EXPIRY)
    for alert in open_ones.filter(about__startswith=f"permit {kept.renews.code} "):
        settle_alert(by=_FLOW, at=at, alert=alert, words=kept.permit.number)


def _locked(permit: Permit) -> Permit:
    rows = Permit.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("unit", "premises__operator").get(pk=permit.pk)


def _turn(
    by: Actor, at: datetime, permit: Permit, to: str, reason: str, from_at: datetime | None
) -> PermitStep:
    _said(reason)
    since, last = from_at or at, permit.steps.last()
    if since > at or (last is not None and since < last.from_at):
        raise Refused("wrong_moment", _("Not later than now, and not before its last turn."))
    step = PermitStep.objects.create(
        permit=permit,
        was=permit.state,
        to=to,
        from_at=since,
        reason=reason.strip()[:500],
        **signed(by, at),
    )
    permit.state = to
    permit.save(update_fields=["state"])
    return step


def _said(words: str) -> None:
    if not words.strip():
        raise Refused("no_reason", _("Give the reasons."))

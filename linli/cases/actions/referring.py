"""Hand a case to another city: the person's own deed, a leave that ends, and an envelope without a word.

What the other city then says of it (accepted, declined, done) is heard here and shown to the person.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.models import Case, Partner, Referral
from linli.cases.rules import envelopes, reasons
from linli.kernel import city_key, grants
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.models import Grant
from linli.kernel.note_keys import read_key
from linli.kernel.refusals import Refused
from linli.kernel.signed import Signature, signed

MAY_READ = frozenset(reasons.FIELDS) - {reasons.PASSING_ON}
_ROLES = (Role.OFFICER, Role.CLERK)
# From which states the other city's answer leads on; the same answer twice changes nothing.
_BEFORE = {"accepted": ("waiting", "delivered"), "declined": ("waiting", "delivered"), "done": ("accepted",)}  # fmt: skip
_STEPS = {"accepted": "accepted", "declined": "declined", "done": "joined_done"}
_OVER = ("declined", "done", "ended")


@transaction.atomic
def refer(  # noqa: PLR0913 - the words of one sentence: what to whom, what may be read, how long, how
    *,
    by: Actor = HOLDER,
    at: datetime,
    case: Case,
    partner: Partner,
    unit_name: str,
    fields: Iterable[str],
    days: int,
    how: str = "follow_up",
) -> Referral:
    """Let one unit of another city read these fields for so many days, and send it the envelope.

    Refuses: not_allowed for everybody but the person, or the clerk who writes it down at the counter;
    case_closed; partner_ended; no_unit; unknown_field; referred_already while it is with that unit;
    no_fields; no_days; gone when the case is over.
    """
    allow(by, Role.CLERK if how == "counter" else Role.HOLDER)
    kept = steps.theirs(by=HOLDER, at=at, case=case)
    listed, unit_name = set(fields), unit_name.strip()
    partner = Partner.objects.get(pk=partner.pk)
    _check_way(partner, unit_name, listed)
    _check_new(kept, partner, unit_name, at)
    grant = grants.give(
        subject=kept.subject, about=kept.code, to_unit=unit_name, origin=partner.name, fields=listed,
        purpose="handle", how=how, at=at, days=days,
    )  # fmt: skip
    referral = _kept(kept, partner, grant, signed(by, at))
    there = envelopes.unit_elsewhere(partner.name, unit_name)
    steps.note(by=by, at=at, case=kept, verb="referred", to_unit=there)
    return referral


@transaction.atomic
def hear(*, by: Actor, at: datetime, partner: Partner, said: envelopes.Opened) -> Referral:
    """Write down what the other city says of a case, for the person to read; its reading ends with the case.

    Refuses: not_allowed for everybody but the system; no_referral when it never went there; grant_over;
    unknown_role; unknown_answer; out_of_turn; unknown_reason for a refusal without one; words_too_long;
    gone.
    """
    allow(by)
    referral, actor = lent(by=by, at=at, partner=partner, said=said)
    verb, kind = said.text("verb"), said.text("kind")
    if verb not in envelopes.ANSWERS:
        raise Refused("unknown_answer", _("It was accepted, declined or done."))
    if (verb == "declined") != (kind in reasons.DECLINES) or (verb != "declined" and kind):
        raise Refused("unknown_reason", _("Choose a reason."))
    if referral.state == verb:
        return referral
    if referral.state not in _BEFORE[verb]:
        raise Refused("out_of_turn", _("This was decided already."), status=409)
    referral.state, referral.answered_at = verb, at
    referral.save(update_fields=["state", "answered_at"])
    if verb in _OVER:
        grants.revoke(referral.grant, at)
    words = said.text("words").strip()
    steps.note(by=actor, at=at, case=referral.case, verb=_STEPS[verb], kind=kind, words=words)
    return referral


def lent(
    *, by: Actor, at: datetime, partner: Partner, said: envelopes.Opened
) -> tuple[Referral, Actor]:
    """Return what a unit of the other city may still read, held until the transaction ends, and who asks.

    Refuses: not_allowed for everybody but the system; no_referral for what never went to that very unit;
    unknown_role; grant_over from the moment the leave ended or was taken back.
    """
    allow(by)
    found = Referral.objects.select_for_update(no_key=True, of=("self",))
    referral = (
        found.select_related("case__subject", "grant")
        .filter(partner=partner, code=said.text("code"), unit_name=said.text("unit"))
        .first()
    )
    if referral is None:
        raise Refused("no_referral", _("There is no such case for this unit."), status=404)
    if said.text("role") not in _ROLES:
        raise Refused("unknown_role", _("Only who handles cases reads them."), status=403)
    if not _stands(referral, at):
        raise Refused("grant_over", _("The leave to read has ended."), status=410)
    return referral, Actor(
        "", Role(said.text("role")), envelopes.unit_elsewhere(partner.name, referral.unit_name)
    )


@transaction.atomic
def end_referrals(*, by: Actor, at: datetime) -> int:
    """Mark as ended what the other city may not read any more; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    dead = Grant.objects.filter(Q(expires_at__lte=at) | Q(revoked_at__isnull=False))
    return Referral.objects.exclude(state__in=_OVER).filter(grant__in=dead).update(state="ended")


def _stands(referral: Referral, at: datetime) -> bool:
    """Say whether this very leave counts now; nothing else lets another city read."""
    case = referral.case
    live = grants.live(subject=case.subject, about=case.code, at=at)
    return case.purged_at is None and live.filter(pk=referral.grant_id).exists()


def _check_way(partner: Partner, unit_name: str, listed: set[str]) -> None:
    if partner.ended_on is not None:
        raise Refused("partner_ended", _("We exchange no cases with this city."))
    if not 0 < len(unit_name) <= 120:
        raise Refused("no_unit", _("Say which unit of the other city, by its full name."))
    if listed - MAY_READ:
        raise Refused("unknown_field", _("This cannot be given to read."))


def _check_new(case: Case, partner: Partner, unit_name: str, at: datetime) -> None:
    there = case.referrals.filter(partner=partner, unit_name=unit_name).exclude(state__in=_OVER)
    if there.filter(grant__revoked_at=None, grant__expires_at__gt=at).exists():
        raise Refused("referred_already", _("It is with this unit already."))


def _kept(case: Case, partner: Partner, grant: Grant, signature: Signature) -> Referral:
    referral = Referral(
        code=new_code(),
        case=case,
        partner=partner,
        unit_name=grant.to_unit,
        grant=grant,
        **signature,
    )
    referral.envelope = _envelope(referral, grant, referral.at)
    referral.save(force_insert=True)
    return referral


def _envelope(referral: Referral, grant: Grant, at: datetime) -> str:
    return envelopes.written(
        envelopes.HAND_OVER,
        {
            "code": referral.code,
            "unit": referral.unit_name,
            "kind": referral.case.kind,
            "fields": list(grant.fields),
            "until": grant.expires_at.isoformat(),
        },
        signer=city_key.signer(),
        to=read_key(referral.partner.key),
        once=secrets.token_urlsafe(16),
        at=at,
    )

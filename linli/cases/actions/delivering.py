"""Carry envelopes to the other cities, again and again until they are taken or the leave has ended."""

import json
from datetime import datetime

import structlog

from linli.cases.models import Referral
from linli.kernel.actors import Actor, allow
from linli.kernel.couriers import Answer, Unreachable, carry

ENVELOPES = "/exchange/envelopes"
_AT_ONCE = 200
_log = structlog.stdlib.get_logger("linli.exchange")


def deliver(*, by: Actor, at: datetime) -> int:
    """Carry what waits, outside of any transaction; return how many were taken. May be stopped and repeated.

    Who has the envelope already says so: then an answer was lost, and it counts as taken.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    waiting = Referral.objects.filter(
        state="waiting",
        partner__ended_on=None,
        grant__revoked_at=None,
        grant__expires_at__gt=at,
    )
    taken, silent = 0, set()
    for referral in waiting.select_related("partner").order_by("at", "id")[:_AT_ONCE]:
        if referral.partner_id in silent:
            continue
        try:
            answer = carry(referral.partner.origin + ENVELOPES, referral.envelope)
        except Unreachable as error:
            silent.add(referral.partner_id)
            _log.warning("partner_silent", kind=str(error))
            continue
        if _is_taken(answer):
            # Nothing else leaves this state but an answer, which is as good a proof.
            taken += Referral.objects.filter(pk=referral.pk, state="waiting").update(
                state="delivered"
            )
        else:
            _log.warning("envelope_refused", status=answer.status)
    return taken


def _is_taken(answer: Answer) -> bool:
    return answer.status == 201 or (answer.status == 409 and _code(answer) == "envelope_taken")


def _code(answer: Answer) -> str:
    try:
        told = json.loads(answer.text)
    except ValueError:
        return ""
    return str(told.get("code", "")) if isinstance(told, dict) else ""

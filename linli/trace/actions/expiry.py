"""Warnings before a paper runs out: to the unit as an alert, to the operator as a notice, once each.

Two clocks may look at the same moment: the constraint on the notice lets one of them tell.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.kernel.actors import Actor, allow, system
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.keeping import speak_for
from linli.trace.models import Alert, Certificate, ExpiryNotice, Operator, Permit
from linli.trace.queries.expiring import expiring_certificates, expiring_permits, told_of
from linli.trace.queries.permits import begins
from linli.trace.rules.validity import WARNED_BEFORE, warning

_CALENDAR = system("calendar")


class _Paper(NamedTuple):
    what: str
    code: str
    operator: Operator
    name: str
    number: str
    until: datetime
    path: str


def warn_expiring(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Warn of every paper that runs out and was not warned of yet; return how many were.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    last = localdate(at) + timedelta(days=WARNED_BEFORE[0])
    papers = [
        *map(_permit, expiring_permits(last)),
        *map(_certificate, expiring_certificates(last)),
    ]
    told = told_of([one.code for one in papers])
    return sum(_warn(by, at, one, told.get((one.what, one.code), ())) for one in papers)


def _warn(by: Actor, at: datetime, paper: _Paper, told: Iterable[int]) -> bool:
    """Tell of one paper what is due; say whether anything was."""
    days = warning(paper.until, at, tuple(told))
    if days is None:
        return False
    until = localdate(paper.until)
    try:
        with transaction.atomic():
            ExpiryNotice.objects.create(
                operator=paper.operator,
                what=paper.what,
                paper=paper.code,
                name=paper.name,
                days=days,
                until=until,
                at=at,
            )
            said: dict[str, str | int] = {
                "what": paper.what,
                "name": paper.name,
                "number": paper.number,
                "operator": paper.operator.name,
                "until": until.isoformat(),
                "days": days,
            }
            about = f"{paper.what} {paper.code} {days}"
            draft = AlertDraft(paper.operator.unit, Alert.EXPIRY, about, paper.path, said)
            raise_alert(by=by, at=at, draft=draft)
    except IntegrityError:  # the other clock was first
        if ExpiryNotice.objects.filter(what=paper.what, paper=paper.code, days=days).exists():
            return False
        raise
    return True


@transaction.atomic
def see_notice(*, by: Actor, at: datetime, notice: ExpiryNotice) -> None:
    """Say that the operator has seen a notice; a second time changes nothing.

    Refuses: not_allowed; not_own_unit; other_operator.
    """
    speak_for(by=by, at=at, operator=notice.operator)
    ExpiryNotice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=at)


def _permit(permit: Permit) -> _Paper:
    return _Paper(
        ExpiryNotice.PERMIT,
        permit.code,
        permit.premises.operator,
        permit.premises.name,
        permit.number,
        begins(permit.valid_until),
        f"/console/permits/held/{permit.code}/",
    )


def _certificate(one: Certificate) -> _Paper:
    return _Paper(
        ExpiryNotice.CERTIFICATE,
        one.code,
        one.operator,
        one.goods,
        one.number,
        begins(one.valid_until),
        f"/console/certificates/{one.code}/",
    )

"""What a visit found wrong is put right: orders with a day, looked at again, until it is closed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import CorrectionCheck, CorrectionOrder, Finding, Inspection
from linli.assessments.rules.findings import MOST_DAYS, SEVERITIES
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.working_days import add_working_days

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of an order: whether it is met, in words, at which visit if there was one."""

    met: bool
    words: str
    visit: Inspection | None = None


@transaction.atomic
def word_finding(
    *, by: Actor, at: datetime, finding: Finding, severity: str, words: str
) -> Finding:
    """Say what was found in words that anybody understands, and how grave it is, before it is published.

    Refuses: not_allowed; not_own_unit; settled; published; unknown_severity; words_too_long.
    """
    kept = _open(by, at, finding)
    if kept.inspection.published_at is not None:
        raise Refused("published", _("This is published already."), status=409)
    if severity not in SEVERITIES:
        raise Refused("unknown_severity", _("Say how grave it is."))
    kept.severity, kept.words = severity, _short(words)
    kept.save(update_fields=["severity", "words"])
    return kept


@transaction.atomic
def order(*, by: Actor, at: datetime, finding: Finding, words: str, days: int) -> CorrectionOrder:
    """Order that a finding is put right within so many working days.

    Refuses: not_allowed; not_own_unit; settled; days_out_of_range; no_words; words_too_long; ordered while an
    order stands that nobody has looked at.
    """
    kept = _open(by, at, finding)
    if not 1 <= days <= MOST_DAYS:
        raise Refused("days_out_of_range", _("Give between 1 and 60 working days."))
    if kept.orders.filter(check_made=None).exists():
        raise Refused("ordered", _("An order stands: look first whether it was met."), status=409)
    return CorrectionOrder.objects.create(
        finding=kept,
        number=kept.orders.count() + 1,
        words=_said(words),
        days=days,
        due_on=add_working_days(localdate(at), days),
        **signed(by, at),
    )


@transaction.atomic
def check(*, by: Actor, at: datetime, order: CorrectionOrder, seen: Seen) -> CorrectionCheck:
    """Say whether an order was met: then its finding is closed; else the next order may be given.

    Refuses: not_allowed; not_own_unit; settled; no_words; words_too_long; checked already; other_premises; not_made
    of the visit.
    """
    finding = _open(by, at, order.finding)
    words = _said(seen.words)
    if CorrectionCheck.objects.filter(order=order).exists():
        raise Refused("checked", _("Somebody looked at this order already."), status=409)
    if seen.visit is not None:
        _check_visit(seen.visit, finding)
    made = CorrectionCheck.objects.create(
        order=order, met=seen.met, words=words, visit=seen.visit, **signed(by, at)
    )
    if seen.met:
        finding.state, finding.settled_at, finding.settled_by = Finding.CLOSED, at, by.name
        finding.save(update_fields=["state", "settled_at", "settled_by"])
    return made


@transaction.atomic
def withdraw_finding(*, by: Actor, at: datetime, finding: Finding, reason: str) -> Finding:
    """Withdraw a finding that was a mistake; that it stood there, and why it went, stays in public.

    Refuses: not_allowed; not_own_unit; settled; no_words; words_too_long.
    """
    kept = _open(by, at, finding)
    kept.state, kept.settled_at, kept.settled_by = Finding.WITHDRAWN, at, by.name
    kept.reason = _said(reason)[:500]
    kept.save(update_fields=["state", "settled_at", "settled_by", "reason"])
    return kept


def _check_visit(visit: Inspection, finding: Finding) -> None:
    if visit.assessment.subject_id != finding.inspection.assessment.subject_id:
        raise Refused("other_premises", _("This visit was somewhere else."))
    if visit.assessment.done_at is None:
        raise Refused("not_made", _("This visit was not made yet."))


def _open(by: Actor, at: datetime, finding: Finding) -> Finding:
    kept = Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)
    own(by=by, at=at, unit=kept.inspection.assessment.unit)
    if kept.state != Finding.OPEN:
        raise Refused("settled", _("This finding is settled."), status=409)
    return kept


def _said(words: str) -> str:
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    return _short(words)


def _short(words: str) -> str:
    if len(words.strip()) > _LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    return words.strip()

"""Record what is known; correct, raise, withdraw it. No fact is changed: each deed is a new row.

Who: a planner all of it; an officer what the own unit claims; a supervisor raises what proves true.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.facts.actions.wrongs import WRONGS
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.boundaries import overstep
from linli.facts.rules.intervals import interval
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement, fault, misfit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_RANK = (Fact.CLAIMED, Fact.EVIDENCED, Fact.CONFIRMED)


@transaction.atomic
def record(  # noqa: PLR0913 - a fact has so many parts, each by its name
    *,
    by: Actor,
    at: datetime,
    indicator: Indicator,
    area: Area,
    period: Period,
    statement: Statement,
    status: str,
    evidence: Evidence,
) -> Fact:
    """Add a fact. The same statement of the same source, known already, is that fact again.

    Refuses: not_allowed for a supervisor, and for an officer unless the own unit claims it;
    unknown_indicator, unknown_area when it was never kept; unknown_period when it has no day;
    unknown_bound; not_a_number; too_large over 900 trillion; too_precise for more than 15 digits or 6
    places; below_nought for a count; unknown_status; span_is_a_claim when a sentence would be proof; official_only and
    not_released (PRIVACY 9); out_of_order when something newer is known of the same already.
    """
    may_claim(by=by, at=at, status=status, source=evidence.source)
    _lock(indicator.pk)
    if not Area.objects.filter(pk=area.pk).exists():
        _refuse("unknown_area")
    if period.until <= period.start:
        _refuse("unknown_period")
    _check(indicator, area, statement, status, evidence)
    _keep_order(indicator.pk, area.pk, at)
    fact = Fact(
        indicator=indicator, area=area, period_from=period.start, period_until=period.until,
        status=status, evidence=evidence, **_stated(statement), **signed(by, at),
    )  # fmt: skip
    same = Fact.objects.current().filter(
        indicator=indicator, area=area, period_from=fact.period_from, period_until=fact.period_until, status=status,
        value=fact.value, bound=fact.bound, evidence__source=evidence.source,
    )  # fmt: skip
    if already := same.select_related("evidence").first():
        return already
    fact.save(force_insert=True)
    return fact


@transaction.atomic
def correct(
    *,
    by: Actor,
    at: datetime,
    fact: Fact,
    statement: Statement,
    status: str,
    evidence: Evidence,
    reason: str,
) -> Fact:
    """Say what is right instead; the earlier fact stays on record.

    Refuses: all that `record` does of a value, a status and its evidence; not_allowed for a
    supervisor, and for an officer unless the own unit claims both; no_reason; already_superseded when
    somebody was faster; already_withdrawn; out_of_order when something newer is
    known of the same already.
    """
    may_claim(by=by, at=at, status=status, source=evidence.source)
    may_claim(by=by, at=at, status=fact.status, source=fact.evidence.source)
    _check(fact.indicator, fact.area, statement, status, evidence)
    return _supersede(
        fact, by=by, at=at, reason=reason, status=status, evidence=evidence, **_stated(statement)
    )


@transaction.atomic
def raise_status(
    *, by: Actor, at: datetime, fact: Fact, status: str, evidence: Evidence, reason: str
) -> Fact:
    """Make a claim evidenced, or what is evidenced confirmed, on new evidence; the value stays.

    Refuses: not_allowed for an officer; own_claim when a supervisor's own unit said so; not_a_raise
    unless the status is a higher one; span_is_a_claim when a sentence would be proof; official_only and not_released (PRIVACY 9);
    no_reason; already_superseded when somebody was faster; already_withdrawn; out_of_order.
    """
    may_raise(by=by, at=at, fact=fact)
    if status not in _RANK or (
        fact.status in _RANK and _RANK.index(status) <= _RANK.index(fact.status)
    ):
        raise Refused("not_a_raise", _("The new status must be a higher one."))
    if fact.value is None:
        raise Refused("already_withdrawn", _("This fact has been withdrawn."))
    statement = Statement(fact.value, fact.bound)
    _check(fact.indicator, fact.area, statement, status, evidence)
    return _supersede(
        fact, by=by, at=at, reason=reason, status=status, evidence=evidence, **_stated(statement)
    )


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, fact: Fact, evidence: Evidence, reason: str) -> Fact:
    """Take a fact back without another in its place; that it was said stays on record.

    Refuses: not_allowed for a supervisor, and for an officer unless the own unit claimed it;
    no_reason; already_superseded when somebody was faster; already_withdrawn; out_of_order when
    something newer is known of the same already.
    """
    may_claim(by=by, at=at, status=fact.status, source=fact.evidence.source)
    return _supersede(
        fact, by=by, at=at, reason=reason, status=Fact.WITHDRAWN, evidence=evidence, value=None
    )


def may_claim(*, by: Actor, at: datetime, status: str, source: str) -> None:
    """Let a planner go on, and an officer with a claim of the own unit, whatever `at`.

    Refuses: not_allowed for everybody else.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    if by.role == Role.OFFICER and (status != Fact.CLAIMED or source != by.unit):
        raise Refused("not_allowed", _("Your role may not do this."), status=403)


def may_raise(*, by: Actor, at: datetime, fact: Fact) -> None:
    """Let a planner go on, and a supervisor with what another unit said, whatever `at`.

    Refuses: not_allowed for everybody else; own_claim when the supervisor's own unit said so.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    if by.role == Role.SUPERVISOR and by.unit and by.unit == fact.evidence.source:
        raise Refused(
            "own_claim", _("Your unit said so itself: somebody else confirms it."), status=403
        )


def _lock(indicator: int) -> None:
    """Let one at a time speak of an indicator (SQLite lets one at a time write at all)."""
    locked = Indicator.objects.select_for_update(no_key=True).filter(pk=indicator)
    if not locked.values_list("pk").first():
        _refuse("unknown_indicator")


def _keep_order(indicator: int, area: str, at: datetime) -> None:
    """Refuse to say today what would change what was known yesterday."""
    if Fact.objects.filter(indicator=indicator, area=area, at__gt=at).exists():
        raise Refused("out_of_order", _("Something newer is known already. Look, and try again."))


def _refuse(code: str) -> None:
    """Refuse when there is a code."""
    if code:
        raise Refused(code, WRONGS[code])


def _check(
    indicator: Indicator, area: Area, statement: Statement, status: str, evidence: Evidence
) -> None:
    if status not in _RANK:
        raise Refused("unknown_status", _("Say whether it is claimed, evidenced or confirmed."))
    if evidence.kind == Evidence.SPAN and status != Fact.CLAIMED:
        raise Refused("span_is_a_claim", _("A sentence in a document is a claim, never proof."))
    _refuse(fault(statement) or misfit(statement, indicator.kind))
    _refuse(
        overstep(
            level=area.level,
            kind=evidence.kind,
            official_only=indicator.official_only,
            hidden_people=not indicator.public if indicator.about_people else None,
            twin=indicator.released_from_id is not None,
        )
    )


def _stated(statement: Statement) -> dict[str, Any]:
    values = interval(*statement)
    return {"value": statement.value, "bound": statement.bound, **values._asdict()}


def _supersede(
    old: Fact, *, by: Actor, at: datetime, reason: str, evidence: Evidence, **fields: Any
) -> Fact:
    reason = reason.strip()[:300]
    if not reason:
        raise Refused("no_reason", _("Say why."))
    if old.status == Fact.WITHDRAWN:
        raise Refused("already_withdrawn", _("This fact has been withdrawn."))
    _lock(old.indicator_id)
    _keep_order(old.indicator_id, old.area_id, at)
    new = Fact(
        indicator_id=old.indicator_id, area_id=old.area_id, supersedes=old, reason=reason,
        period_from=old.period_from, period_until=old.period_until, evidence=evidence,
        **fields, **signed(by, at),
    )  # fmt: skip
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        # Two correct the same fact at once: a fact is superseded once, the database keeps it so.
        if not Fact.objects.filter(supersedes=old).exists():
            raise
        sentence = _("Somebody was faster: this fact has a successor. Look at it first.")
        raise Refused("already_superseded", sentence) from error
    return new

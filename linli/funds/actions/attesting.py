"""State what one side of a project says; correct it. When both say the same, the earlier word is confirmed.

A value of an indicator is a fact of the unit that states it, claimed. The system alone raises it when the other
side agrees, and lowers it again when it no longer does; both are facts that supersede, with a reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts import actions as facts
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement
from linli.funds.models import Attestation, Project
from linli.funds.queries.attestations import standing
from linli.funds.rules import attesting as rule
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is spoken of: money of a kind, or an indicator; over which period."""

    matter: str
    period: Period
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a side says: fen or a value, in which words, and where they stand."""

    words: str
    amount: int | None = None
    value: Decimal | None = None
    address: str = ""


@transaction.atomic
def state(
    *, by: Actor, at: datetime, project: Project, side: str, matter: Matter, said: Said
) -> Attestation:
    """State for the first time what one side says.

    Refuses: not_allowed; not_your_side for an officer of another unit; one_sided for a project without two units;
    both_sides for who has spoken for the other; unknown_matter; unknown_period; no_amount; official_only for a
    share of people, which two units do not make; said_already when the side has: it corrects; said_otherwise when
    the unit's own fact says something else; and what `facts.record` and `facts.cite_statement` refuse.
    """
    unit = _speaks(by, project, side)
    _check(matter, said)
    earlier = _of(project, matter).filter(side=side).last()
    if earlier and not _taken_back(earlier):
        raise Refused(
            "said_already", _("Your side has said so already: correct it, and say why."), status=409
        )
    reason = str(_("Said again.")) if earlier else ""
    return _stated(by, at, _Turn(project, unit, side, matter, earlier, reason), said)


@transaction.atomic
def correct(
    *, by: Actor, at: datetime, attestation: Attestation, said: Said, reason: str
) -> Attestation:
    """Say something else instead; what was said before stays.

    Refuses: not_allowed; not_your_side; one_sided; both_sides; no_amount; no_reason; already_corrected; what
    `facts.correct` refuses, not_allowed among it once somebody else has proven the value.
    """
    project = attestation.project
    unit = _speaks(by, project, attestation.side)
    matter = Matter(
        matter=attestation.matter, indicator=attestation.indicator,
        period=Period(attestation.period_from, attestation.period_until),
    )  # fmt: skip
    _check(matter, said)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why."))
    if Attestation.objects.filter(supersedes=attestation).exists():
        raise Refused("already_corrected", _("Somebody was faster: look at it again."), status=409)
    turn = _Turn(project, unit, attestation.side, matter, attestation, reason)
    return _stated(by, at, turn, said)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Whose word it is, on what, and which earlier word of that side it takes the place of."""

    project: Project
    unit: Unit
    side: str
    matter: Matter
    earlier: Attestation | None
    reason: str


def _stated(by: Actor, at: datetime, turn: _Turn, said: Said) -> Attestation:
    matter = turn.matter
    other = _of(turn.project, matter).filter(side=rule.OTHER[turn.side]).last()
    if other and (other.by_name, other.by_unit) == (by.name, by.unit):
        raise Refused("both_sides", _("Nobody speaks for both sides."), status=403)
    evidence = facts.cite_statement(
        by=by, at=at, source=turn.unit.name, words=said.words, address=said.address
    )
    fact = None
    if said.value is not None:
        fact = _claimed(by, at, turn, Statement(said.value), evidence)
        _weigh(by, at, fact, evidence, other)
    return Attestation.objects.create(
        code=new_code(), project=turn.project, side=turn.side, unit=turn.unit,
        matter=matter.matter, indicator=matter.indicator, period_from=matter.period.start,
        period_until=matter.period.until, amount=said.amount, fact=fact, evidence=evidence,
        supersedes=turn.earlier, reason=turn.reason, **signed(by, at),
    )  # fmt: skip


def _claimed(
    by: Actor, at: datetime, turn: _Turn, statement: Statement, evidence: Evidence
) -> Fact:
    """Record what a side says as a claim of its unit, or correct the claim that it has."""
    kept, matter = _now(turn.earlier), turn.matter
    if kept is None:
        _refuse_otherwise(turn, statement)
        return facts.record(
            by=by, at=at, indicator=_named(matter), area=turn.project.receiving,
            period=matter.period, statement=statement, status=Fact.CLAIMED, evidence=evidence,
        )  # fmt: skip
    if turn.earlier and _by_agreement(kept):
        kept = _lowered(by, at, kept, turn.earlier)
    return facts.correct(
        by=by, at=at, fact=kept, statement=statement, status=Fact.CLAIMED,
        evidence=evidence, reason=turn.reason,
    )  # fmt: skip


def _named(matter: Matter) -> Indicator:
    """Return the indicator of what was checked to be of one."""
    if matter.indicator is None:
        raise _unknown_matter()
    return matter.indicator


def _refuse_otherwise(turn: _Turn, statement: Statement) -> None:
    said = Fact.objects.current().filter(
        indicator=turn.matter.indicator, area=turn.project.receiving, status=Fact.CLAIMED,
        period_from=turn.matter.period.start, period_until=turn.matter.period.until,
        evidence__source=turn.unit.name,
    )  # fmt: skip
    if said.exclude(value=statement.value, bound=statement.bound).exists():
        raise Refused(
            "said_otherwise",
            _("Your unit has said something else of the same place and time: correct that first."),
            status=409,
        )


def _weigh(
    by: Actor, at: datetime, fact: Fact, evidence: Evidence, other: Attestation | None
) -> None:
    """Confirm the other side's word where this one says the same; take that back where it no longer does."""
    kept = _now(other)
    if other is None or kept is None:
        return
    same = (kept.value, kept.bound) == (fact.value, fact.bound)
    if same and kept.status != Fact.CONFIRMED:
        facts.raise_status(
            by=replace(by, role=Role.SYSTEM), at=at, fact=kept, status=Fact.CONFIRMED,
            evidence=evidence, reason=str(_("Both sides say the same.")),
        )  # fmt: skip
    if not same and _by_agreement(kept):
        _lowered(by, at, kept, other)


def _lowered(by: Actor, at: datetime, fact: Fact, said: Attestation) -> Fact:
    """Make what both had said a claim of one side again, on that side's own words."""
    return facts.correct(
        by=replace(by, role=Role.SYSTEM), at=at, fact=fact, status=Fact.CLAIMED,
        statement=Statement(fact.value or Decimal(0), fact.bound), evidence=said.evidence,
        reason=str(_("The two sides no longer say the same.")),
    )  # fmt: skip


def _by_agreement(fact: Fact) -> bool:
    """Say whether a fact was confirmed by nothing but the word of the other side."""
    return fact.status == Fact.CONFIRMED and fact.evidence.attestations.exists()


def _now(said: Attestation | None) -> Fact | None:
    """Return the fact of a statement as it stands; none for money, and for what was taken back."""
    if said is None or said.fact is None:
        return None
    fact = standing([said.fact])[said.fact.pk]
    return None if fact.status == Fact.WITHDRAWN else fact


def _taken_back(said: Attestation) -> bool:
    return said.matter == rule.INDICATOR and _now(said) is None


def _of(project: Project, matter: Matter) -> QuerySet[Attestation]:
    return project.attestations.filter(
        matter=matter.matter, indicator=matter.indicator,
        period_from=matter.period.start, period_until=matter.period.until,
    ).select_related("fact", "evidence").order_by("id")  # fmt: skip


def _speaks(by: Actor, project: Project, side: str) -> Unit:
    """Hold the project, so that one speaks after another, and return the unit whose side it is."""
    allow(by, Role.OFFICER, Role.PLANNER)
    kept = Project.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "unit", "receiver"
    ).get(pk=project.pk)  # fmt: skip
    if kept.receiver is None or kept.receiver_id == kept.unit_id:
        raise Refused("one_sided", _("This project has no two sides: name the receiving unit."))
    if side not in rule.SIDES:
        raise _unknown_matter()
    unit = kept.unit if side == rule.GIVER else kept.receiver
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise Refused("not_your_side", _("Each side speaks for itself."), status=403)
    return unit


def _check(matter: Matter, said: Said) -> None:
    money = matter.matter in rule.MONEY
    if matter.matter not in rule.MATTERS or money != (matter.indicator is None):
        raise _unknown_matter()
    if matter.period.until <= matter.period.start:
        raise Refused("unknown_period", _("This is not a period."))
    if (said.amount is None, said.value is None) != (not money, money) or (said.amount or 0) < 0:
        raise Refused("no_amount", _("Say how much."))
    if matter.indicator is not None and matter.indicator.official_only:
        raise Refused(
            "official_only",
            _("Such shares come from official statistics: two units do not make them."),
        )


def _unknown_matter() -> Refused:
    return Refused("unknown_matter", _("Choose what is spoken of, and for which side."))

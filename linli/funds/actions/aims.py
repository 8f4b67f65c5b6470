"""Name what a project is to change, say where it began and what is aimed at. The values are facts.

A target is a fact of an indicator of its own, `<code>.target`, so that what was promised never contradicts what
came of it; one that moves is corrected there, with a reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts import actions as facts
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement
from linli.funds.actions.keeping import own
from linli.funds.models import Aim, Project
from linli.funds.queries.attestations import standing
from linli.funds.rules import aims as rule
from linli.kernel.actors import Actor, Role
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_BOUND = {rule.RISE: "at_least", rule.FALL: "at_most"}
_TARGET = ".target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is aimed at, by which days, in which words, and where they stand."""

    value: Decimal
    period: Period
    words: str
    address: str = ""


@transaction.atomic
def name_aim(
    *,
    by: Actor,
    at: datetime,
    project: Project,
    indicator: Indicator,
    sense: str,
    baseline: Fact | None = None,
    target: Target | None = None,
) -> Aim:
    """Name what a project is to change at the place receiving.

    Refuses: not_allowed; not_own_unit; official_only for a share of people; unknown_sense; already_named; and what
    `set_baseline` and `set_target` refuse.
    """
    own(by=by, at=at, unit=project.unit)
    if indicator.official_only or indicator.code.endswith(_TARGET):
        raise Refused("official_only", _("No project aims at such a figure."))
    if sense not in _BOUND:
        raise Refused("unknown_sense", _("Say which way it is to go."))
    if project.aims.filter(indicator=indicator, area=project.receiving_id).exists():
        raise Refused("already_named", _("The project names this indicator already."), status=409)
    aim = Aim.objects.create(
        code=new_code(), project=project, indicator=indicator, area=project.receiving, sense=sense,
        **signed(by, at),
    )  # fmt: skip
    if baseline is not None:
        set_baseline(by=by, at=at, aim=aim, fact=baseline)
    if target is not None:
        set_target(by=by, at=at, aim=aim, target=target)
    return aim


@transaction.atomic
def set_baseline(*, by: Actor, at: datetime, aim: Aim, fact: Fact) -> Aim:
    """Say, once, with which fact it began.

    Refuses: not_allowed; not_own_unit; already_set; other_fact when it is of another indicator or place.
    """
    kept = _held(by, at, aim)
    if kept.baseline_id is not None:
        raise Refused("already_set", _("This has been said already."), status=409)
    if (fact.indicator_id, fact.area_id) != (kept.indicator_id, kept.area_id):
        raise Refused("other_fact", _("This figure is of something else, or of another place."))
    kept.baseline = fact
    kept.save(update_fields=["baseline"])
    return kept


@transaction.atomic
def set_target(*, by: Actor, at: datetime, aim: Aim, target: Target, reason: str = "") -> Aim:
    """Say what is aimed at; move it, with a reason. What was aimed at first stays on record.

    Refuses: not_allowed; not_own_unit; no_reason for a target that moves; period_kept when it would move to other
    days; and what `facts.record`, `facts.correct` and `facts.cite_statement` refuse.
    """
    kept = _held(by, at, aim)
    evidence = facts.cite_statement(
        by=by, at=at, source=kept.project.unit.name, words=target.words, address=target.address
    )
    statement = Statement(target.value, _BOUND[kept.sense])
    if kept.target is not None:
        _move(by, at, kept.target, (statement, target.period), evidence, reason)
        return kept
    kept.target = facts.record(
        by=by, at=at, indicator=_of_targets(by, at, kept.indicator), area=kept.area,
        period=target.period, statement=statement, status=Fact.CLAIMED, evidence=evidence,
    )  # fmt: skip
    kept.save(update_fields=["target"])
    return kept


def _move(
    by: Actor,
    at: datetime,
    first: Fact,
    moved: tuple[Statement, Period],
    evidence: Evidence,
    reason: str,
) -> None:
    statement, period = moved
    now = standing([first])[first.pk]
    if (now.period_from, now.period_until) != period:
        raise Refused("period_kept", _("A target moves in its value, never in its days."))
    facts.correct(
        by=by, at=at, fact=now, statement=statement, status=Fact.CLAIMED, evidence=evidence,
        reason=reason,
    )  # fmt: skip


def _of_targets(by: Actor, at: datetime, indicator: Indicator) -> Indicator:
    """Return the indicator of what is aimed at: the same measure, promised. The system defines it when first asked."""
    code = f"{indicator.code}{_TARGET}"
    if known := Indicator.objects.filter(code=code).first():
        return known
    draft = facts.IndicatorDraft(
        code=code, name=f"{indicator.name}（目标）", unit=indicator.unit, kind=indicator.kind,
        name_hant=f"{indicator.name_hant}（目標）" if indicator.name_hant else "",
        name_en=f"{indicator.name_en} (target)" if indicator.name_en else "",
        definition=f"目标值。{indicator.definition}", computed_by=indicator.computed_by,
        about_people=indicator.about_people, public=indicator.public,
    )  # fmt: skip
    return facts.define(by=replace(by, role=Role.SYSTEM), at=at, draft=draft)


def _held(by: Actor, at: datetime, aim: Aim) -> Aim:
    kept = Aim.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "project__unit", "indicator", "area", "target"
    ).get(pk=aim.pk)  # fmt: skip
    own(by=by, at=at, unit=kept.project.unit)
    return kept

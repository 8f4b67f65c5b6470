"""What is decided of results once their notice has run: one person decides, a second one confirms."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.rounds import step
from linli.assessments.models import Award, Candidacy, Decision
from linli.assessments.queries.notices import newest_results
from linli.assessments.rules import stages
from linli.assessments.rules.notices import RECHECK_YEARS, highest, is_above, years_after
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@transaction.atomic
def decide(
    *, by: Actor, at: datetime, candidacy: Candidacy, level: str, reason: str = ""
) -> Decision:
    """Decide for which level a unit is named, or that it is not ("").

    Refuses: not_allowed; not_ready before its notice has run, or while an objection is open; decided;
    level_not_reached for more than it applied for or its score reaches; no_reason for less; too_long.
    """
    allow(by, Role.PLANNER)
    kept = Candidacy.objects.select_for_update(of=["self"], no_key=True).get(pk=candidacy.pk)
    result = newest_results([kept]).get(kept.pk)
    if kept.stage != stages.DECISION or result is None:
        raise Refused("not_ready", _("It is not the time to decide this."), status=409)
    if Decision.objects.filter(result=result).exists():
        raise Refused("decided", _("This is decided, and waits to be confirmed."), status=409)
    levels = [one["key"] for one in kept.round.scheme.levels]
    most = highest(levels, kept.level, result.score.level)
    if is_above(levels, level, most):
        raise Refused("level_not_reached", _("It did not apply for this, or does not reach it."))
    if (not level or level != most) and not reason.strip():
        raise Refused("no_reason", _("Say why it is not named, or for less."))
    if len(reason) > 500:
        raise Refused("too_long", _("This is too long."))
    return Decision.objects.create(
        result=result, level=level, reason=reason.strip(), **signed(by, at)
    )


@transaction.atomic
def decide_as_scored(
    *, by: Actor, at: datetime, candidacies: Iterable[Candidacy]
) -> list[Decision]:
    """Decide for each of these the level that it applied for and its score reaches.

    Refuses: as `decide`; no_reason where one reaches no level: decide it by itself.
    """
    allow(by, Role.PLANNER)
    chosen = list(candidacies)
    results = newest_results(chosen)
    decisions = []
    for one in chosen:
        levels = [level["key"] for level in one.round.scheme.levels]
        reached = results[one.pk].score.level if one.pk in results else ""
        most = highest(levels, one.level, reached)
        decisions.append(decide(by=by, at=at, candidacy=one, level=most))
    return decisions


@transaction.atomic
def confirm(
    *, by: Actor, at: datetime, decision: Decision, recheck_on: date | None = None
) -> Award | None:
    """Confirm a decision as a second person: the unit is named, or is not.

    Refuses: not_allowed; same_person; confirmed; not_ready when the candidate went back meanwhile.
    """
    allow(by, Role.PLANNER)
    if (by.name, by.unit) == (decision.by_name, decision.by_unit):
        raise Refused("same_person", _("A second person confirms what you decided."), status=403)
    kept = Candidacy.objects.select_for_update(of=["self"], no_key=True).get(
        pk=decision.result.candidacy_id
    )
    if kept.stage in (stages.NAMED, stages.DECLINED):
        raise Refused("confirmed", _("This was confirmed already."), status=409)
    if kept.stage != stages.DECISION or newest_results([kept])[kept.pk].pk != decision.result_id:
        raise Refused("not_ready", _("This candidate went back meanwhile."), status=409)
    if not decision.level:
        step(by=by, at=at, candidacy=kept, to=stages.DECLINED, reason=decision.reason)
        return None
    today = localdate(at)
    award = Award.objects.create(
        code=new_code(),
        decision=decision,
        candidacy=kept,
        level=decision.level,
        named_on=today,
        recheck_on=recheck_on or years_after(today, RECHECK_YEARS),
        **signed(by, at),
    )
    step(by=by, at=at, candidacy=kept, to=stages.NAMED, reason=decision.reason)
    return award


@transaction.atomic
def confirm_all(*, by: Actor, at: datetime, decisions: Iterable[Decision]) -> list[Award]:
    """Confirm many decisions, all of them or none; return who was named.

    Refuses: as `confirm`.
    """
    named = (confirm(by=by, at=at, decision=one) for one in decisions)
    return [award for award in named if award]

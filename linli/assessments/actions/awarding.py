"""What was named is looked at again, and is kept, warned or withdrawn: each a step with its reason, in public."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.assessing import give
from linli.assessments.actions.rounds import step
from linli.assessments.models import Assessment, Award, AwardStep
from linli.assessments.rules import stages
from linli.assessments.rules.notices import RECHECK_YEARS, years_after
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows: kept ("in_force"), "warned" or "withdrawn"; why; on which re-check, where there was one."""

    to: str
    reason: str = ""
    recheck: Assessment | None = None


@transaction.atomic
def begin_recheck(
    *, by: Actor, at: datetime, award: Award, unit: Unit, due_on: date | None = None
) -> Assessment:
    """Have a unit look again at one that was named, by the questions of its round.

    Refuses: not_allowed; withdrawn; oneself; stands_above; in_conflict.
    """
    allow(by, Role.PLANNER)
    kept = _standing(award)
    if kept.candidacy.stage == stages.NAMED:
        step(by=by, at=at, candidacy=kept.candidacy, to=stages.RECHECK)
    return give(by=by, at=at, kind=Assessment.RECHECK, unit=unit, of=kept.candidacy, due_on=due_on)


@transaction.atomic
def conclude(*, by: Actor, at: datetime, award: Award, outcome: Outcome) -> AwardStep:
    """Keep, warn or withdraw what was named; a unit is kept on a re-check alone.

    Refuses: not_allowed; withdrawn; unknown_outcome; no_reason unless it is kept; too_long; not_rechecked unless it
    rests on a re-check of this unit that was done; concluded when that was used already.
    """
    allow(by, Role.PLANNER)
    kept = _standing(award)
    _check(kept, outcome)
    made = AwardStep.objects.create(
        award=kept,
        was=kept.state,
        to=outcome.to,
        reason=outcome.reason.strip(),
        recheck=outcome.recheck,
        **signed(by, at),
    )
    kept.state = outcome.to
    kept.recheck_on = (
        None
        if outcome.to == Award.WITHDRAWN
        else years_after(localdate(at), RECHECK_YEARS if outcome.to == Award.IN_FORCE else 1)
    )
    kept.save(update_fields=["state", "recheck_on"])
    _moved(by, at, kept, outcome)
    return made


def _standing(award: Award) -> Award:
    kept = Award.objects.select_for_update(of=["self"], no_key=True).get(pk=award.pk)
    if kept.state == Award.WITHDRAWN:
        raise Refused("withdrawn", _("This honour was withdrawn."), status=409)
    return kept


def _check(award: Award, outcome: Outcome) -> None:
    if outcome.to not in dict(Award.STATES):
        raise Refused("unknown_outcome", _("Say what follows."))
    if outcome.to != Award.IN_FORCE and not outcome.reason.strip():
        raise Refused("no_reason", _("Say why: everybody can read it."))
    if len(outcome.reason) > LONGEST:
        raise Refused("too_long", _("This is too long."))
    task = outcome.recheck
    if task is None:
        if outcome.to == Award.IN_FORCE:
            raise Refused("not_rechecked", _("A unit is kept after it was looked at again."))
        return
    is_of_it = task.kind == Assessment.RECHECK and task.candidacy_id == award.candidacy_id
    if not is_of_it or task.done_at is None:
        raise Refused("not_rechecked", _("Nobody has looked at this unit again yet."))
    if AwardStep.objects.filter(recheck=task).exists():
        raise Refused("concluded", _("What follows from this was said already."), status=409)


def _moved(by: Actor, at: datetime, award: Award, outcome: Outcome) -> None:
    candidacy = award.candidacy
    if outcome.to == Award.WITHDRAWN:
        step(by=by, at=at, candidacy=candidacy, to=stages.WITHDRAWN, reason=outcome.reason)
    elif candidacy.stage == stages.RECHECK:
        step(by=by, at=at, candidacy=candidacy, to=stages.NAMED, reason=outcome.reason)

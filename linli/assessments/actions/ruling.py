"""What is decided on what was proposed: go, change or stop, in public, with reasons, by somebody not involved."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.assessing import drop
from linli.assessments.actions.impacts import MISSING, MOST_WORDS
from linli.assessments.models import Assessment, Impact, Ruling
from linli.assessments.queries.impact_stand import refuse_decided, stand_of
from linli.assessments.rules.impacts import before_deciding, unanswered
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """What is decided: what was found, what came of what was said, and why."""

    outcome: str
    summary: str
    heard: str
    reasons: str


@transaction.atomic
def decide(*, by: Actor, at: datetime, impact: Impact, draft: RulingDraft) -> Ruling:
    """Decide, for everybody to read. Tasks that nobody has done are taken back.

    Refuses: not_allowed unless a planner decides; decided; not_open; consultation_lasts; poll_runs; not_assessed;
    involved for who proposed it and for units that assessed it; unknown_outcome; no_words; too_long; hazard_unanswered when
    it is to go ahead and nothing is done against a high hazard.
    """
    allow(by, Role.PLANNER)
    kept = Impact.objects.select_for_update(no_key=True, of=("self",)).get(pk=impact.pk)
    refuse_decided(kept)
    stand = stand_of(kept, at)
    for code in before_deciding(stand):
        raise Refused(code, MISSING[code], status=409)
    _refuse_involved(by, kept)
    _refuse_words(draft)
    if draft.outcome == Ruling.GO and unanswered(stand.hazards):
        raise Refused("hazard_unanswered", _("Nothing is done yet against a high risk."))
    waiting = Assessment.objects.filter(impact_task__impact=kept, done_at=None, dropped_at=None)
    for task in waiting:
        drop(by=by, at=at, assessment=task)
    return Ruling.objects.create(
        impact=kept,
        outcome=draft.outcome,
        summary=draft.summary.strip(),
        heard=draft.heard.strip(),
        reasons=draft.reasons.strip(),
        **signed(by, at),
    )


def _refuse_involved(by: Actor, impact: Impact) -> None:
    assessed = Assessment.objects.filter(
        impact_task__impact=impact,
        kind=Assessment.IMPACT,
        unit__name=by.unit,
        dropped_at=None,
    )
    proposed = (by.name, by.unit) == (impact.by_name, impact.by_unit)
    if proposed or assessed.exists():
        raise Refused("involved", _("Nobody decides what they proposed or assessed."), status=403)


def _refuse_words(draft: RulingDraft) -> None:
    if draft.outcome not in dict(Ruling.OUTCOMES):
        raise Refused("unknown_outcome", _("Say what is decided."))
    said = [draft.summary.strip(), draft.heard.strip(), draft.reasons.strip()]
    if not all(said):
        raise Refused("no_words", _("Say what was found, what came of what was said, and why."))
    if max(map(len, said)) > MOST_WORDS:
        raise Refused("too_long", _("This is too long."))

"""Hazards of what is to be decided, and what is done against them: named before, kept as tasks of the plans after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.events import Planned
from linli.assessments.models import Hazard, Impact, Mitigation
from linli.assessments.queries.impact_stand import refuse_decided
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.watching import refuse_watching


@dataclass(frozen=True, slots=True)
class HazardDraft:
    """One thing that may go wrong, how badly (1 to 3), and where, if only in one place."""

    words: str
    severity: int
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class MitigationDraft:
    """One thing that is done against a hazard, by whom, until when."""

    words: str
    unit: Unit
    due_on: date


@transaction.atomic
def name_hazard(*, by: Actor, at: datetime, impact: Impact, draft: HazardDraft) -> Hazard:
    """Name a hazard: who proposes it may, and every unit that was asked to assess it.

    Refuses: not_allowed; not_involved; decided; no_words; unknown_severity.
    """
    kept = _involved(by=by, impact=impact)
    if not draft.words.strip():
        raise Refused("no_words", _("Say what may go wrong."))
    if draft.severity not in dict(Hazard.SEVERITIES):
        raise Refused("unknown_severity", _("Say how bad it is."))
    return Hazard.objects.create(
        impact=kept,
        number=kept.hazards.count() + 1,
        words=draft.words.strip()[:300],
        severity=draft.severity,
        area=draft.area,
        **signed(by, at),
    )


@transaction.atomic
def strike_hazard(*, by: Actor, at: datetime, hazard: Hazard, reason: str) -> Hazard:
    """Strike a hazard that turned out to be none: it stays to be read, with the reason.

    Refuses: not_allowed; not_involved; decided; no_reason; struck; not_yours for a hazard that another unit named,
    but to planners.
    """
    _involved(by=by, impact=hazard.impact)
    kept = Hazard.objects.select_for_update(no_key=True).get(pk=hazard.pk)
    if by.role != Role.PLANNER and kept.by_unit != by.unit:
        raise Refused("not_yours", _("Another unit named this risk."), status=403)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    _refuse_struck(kept)
    kept.struck_at, kept.struck_why = at, reason.strip()[:300]
    kept.save(update_fields=["struck_at", "struck_why"])
    return kept


@transaction.atomic
def promise_mitigation(
    *, by: Actor, at: datetime, hazard: Hazard, draft: MitigationDraft
) -> Mitigation:
    """Promise what is done against a hazard: it becomes a task of the plans once the decision goes ahead.

    Refuses: not_allowed; not_involved; decided; struck; no_words; out_of_scope for the watching of people;
    day_past.
    """
    _involved(by=by, impact=hazard.impact)
    kept = Hazard.objects.select_for_update(no_key=True).get(pk=hazard.pk)
    _refuse_struck(kept)
    if not draft.words.strip():
        raise Refused("no_words", _("Say what is done against it."))
    refuse_watching(draft.words)
    if draft.due_on <= localdate(at):
        raise Refused("day_past", _("This day is past."))
    return Mitigation.objects.create(
        code=new_code(),
        hazard=kept,
        words=draft.words.strip()[:120],
        unit=draft.unit,
        due_on=draft.due_on,
        **signed(by, at),
    )


@transaction.atomic
def note_tasks(*, by: Actor, at: datetime, tasks: Mapping[str, Planned]) -> int:
    """Note how the plans' tasks stand that mitigations became, by the mitigations' codes; return how many changed.

    Refuses: not_allowed for everybody but the calendar, whatever `at`.
    """
    allow(by)
    changed = []
    for one in Mitigation.objects.filter(code__in=list(tasks)):
        told = tasks[one.code]
        if (one.task, one.state, one.task_due_on) != (told.task, told.state, told.due_on):
            one.task, one.state, one.task_due_on = told.task, told.state, told.due_on
            changed.append(one)
    Mitigation.objects.bulk_update(changed, ["task", "state", "task_due_on"])
    return len(changed)


def _involved(*, by: Actor, impact: Impact) -> Impact:
    allow(by, Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)
    kept = Impact.objects.select_for_update(no_key=True, of=("self",))
    found = kept.select_related("subject__unit").get(pk=impact.pk)
    proposes = found.subject.unit is not None and found.subject.unit.name == by.unit
    asked = found.tasks.filter(assessment__unit__name=by.unit, assessment__dropped_at=None)
    if by.role not in (Role.PLANNER, Role.SYSTEM) and not proposes and not asked.exists():
        raise Refused("not_involved", _("Your unit neither proposes nor assesses it."), status=404)
    refuse_decided(found)
    return found


def _refuse_struck(hazard: Hazard) -> None:
    if hazard.struck_at is not None:
        raise Refused("struck", _("This risk was struck."), status=409)

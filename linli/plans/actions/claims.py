"""The figure in a unit's report: a claim until supervision accepts it, then evidenced by the same file.

Done in the transaction of the report or review that it belongs to.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.facts import actions as facts
from linli.facts.models import Evidence, Fact, FactQuerySet
from linli.facts.rules.statements import Statement
from linli.kernel.actors import Actor, Role
from linli.kernel.refusals import Refused
from linli.plans.actions.drafts import ProgressDraft
from linli.plans.models import Progress, Task

_EXACT = "exact"


@transaction.atomic
def claim(
    *, by: Actor, at: datetime, task: Task, draft: ProgressDraft
) -> tuple[Evidence | None, Fact | None]:
    """Keep the file and the value of a report. A value said again replaces the unit's own open claim, never
    what was accepted before.

    Refuses: no_indicator for a value of a task that is not measured; no_period, period_ahead when the value
    says nothing of when, or speaks of days to come; empty_file, too_large for a file that cannot be kept;
    what `facts` refuses of a value.
    """
    _check(task, draft, at)
    source = by.unit or by.name
    backing = _filed(by, at, source, draft)
    if draft.value is None or draft.period is None or task.indicator is None:
        return backing, None
    words = draft.words.strip()
    evidence = backing or facts.cite_statement(by=by, at=at, source=source, words=words)
    statement = Statement(draft.value, _EXACT)
    earlier = _said(task.indicator_id, task.measure.programme.area_id, draft.period, source)
    if open_claim := earlier.filter(status=Fact.CLAIMED).last():
        reason = str(_("The unit reported again."))
        fact = facts.correct(
            by=by, at=at, fact=open_claim, statement=statement, status=Fact.CLAIMED,
            evidence=evidence, reason=reason,
        )  # fmt: skip
        return backing, fact
    fact = facts.record(
        by=by, at=at, indicator=task.indicator, area=task.measure.programme.area,
        period=draft.period, statement=statement, status=Fact.CLAIMED, evidence=evidence,
    )  # fmt: skip
    return backing, fact


@transaction.atomic
def prove(*, by: Actor, at: datetime, progress: Progress) -> None:
    """Raise the figure of an accepted report; what the unit had proven of the same days before makes room.

    Refuses: claim_superseded when somebody corrected or withdrew the figure meanwhile: send the report back.
    """
    fact, evidence = progress.fact, progress.evidence
    if fact is None or evidence is None:
        return
    if Fact.objects.filter(supersedes=fact).exists():
        raise Refused(
            "claim_superseded", _("The figure was corrected since: send the report back.")
        )
    for old in _said(fact.indicator_id, fact.area_id, _period(fact), evidence.source).proven():
        # Who accepts takes the older figure's place too: nobody may withdraw it alone, so the system does.
        facts.withdraw(
            by=replace(by, role=Role.SYSTEM), at=at, fact=old, evidence=evidence,
            reason=str(_("A later report was accepted.")),
        )  # fmt: skip
    facts.raise_status(
        by=by, at=at, fact=fact, status=Fact.EVIDENCED, evidence=evidence,
        reason=str(_("Accepted by supervision.")),
    )  # fmt: skip


@transaction.atomic
def take_back(*, by: Actor, at: datetime, progress: Progress) -> None:
    """Withdraw the figure of a report that was sent back, unless somebody corrected it meanwhile.

    Refuses: nothing of its own; the system does it, for a supervisor withdraws no unit's figure alone.
    """
    fact = progress.fact
    if fact is None or Fact.objects.filter(supersedes=fact).exists():
        return
    facts.withdraw(
        by=replace(by, role=Role.SYSTEM), at=at, fact=fact, evidence=fact.evidence,
        reason=str(_("The report was sent back.")),
    )  # fmt: skip


def _check(task: Task, draft: ProgressDraft, at: datetime) -> None:
    if draft.value is None:
        return
    if task.indicator is None:
        raise Refused("no_indicator", _("This task is not measured: say it in words."))
    if draft.period is None:
        raise Refused("no_period", _("Say which year, month or days the value is of."))
    if draft.period.start > localdate(at):
        raise Refused("period_ahead", _("A value of days to come is not progress."))


def _filed(by: Actor, at: datetime, source: str, draft: ProgressDraft) -> Evidence | None:
    if draft.file is None:
        return None
    data, name, media_type = draft.file
    return facts.cite_file(by=by, at=at, source=source, data=data, name=name, media_type=media_type)


def _said(indicator: int | None, area: str, days: tuple[date, date], source: str) -> FactQuerySet:
    """Return what this source's facts say now of these days."""
    start, until = days
    return Fact.objects.current().filter(
        indicator=indicator, area=area, period_from=start, period_until=until,
        evidence__source=source,
    )  # fmt: skip


def _period(fact: Fact) -> tuple[date, date]:
    return fact.period_from, fact.period_until

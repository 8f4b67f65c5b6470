"""Find what an item could be merged with, and merge only with what is there and of the same sort."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.facts.models import Fact
from linli.facts.queries import cited
from linli.facts.schemas import telling
from linli.flows.reading_to_ledger.suggestion import Candidate
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.plans.models import Measure, Task
from linli.reports import actions
from linli.reports.models import Report
from linli.reports.rules import review

MOST = 20


def merge(*, by: Actor, at: datetime, report: Report, into: Mapping[str, str]) -> None:
    """Decide that items are what is there already: a figure a fact, a measure a task or a measure.

    into: codes by item. Refuses: unknown_code when there is no such fact, task or measure; and what
    `decide` refuses.
    """
    kinds = {item.id: item.kind for item in review.reviewable(report.reading)}
    for item, code in into.items():
        if code and not _there(kinds.get(item, ""), code):
            raise Refused("unknown_code", _("%(code)s is not there any more.") % {"code": code})
    choices = {item: actions.Choice(review.MERGE, {"into": code}) for item, code in into.items()}
    actions.decide(by=by, at=at, report=report, items=choices)


def searched(report: Report, kind: str, words: str) -> tuple[Candidate, ...]:
    """Return facts (for a figure) or tasks and measures of the report's place that hold all the words."""
    if kind == "figure":
        facts = (
            Fact.objects.current()
            .filter(area_id=report.area)
            .select_related("indicator", "evidence")
        )
        for word in words.split():
            facts = facts.filter(indicator__name__icontains=word)
        return tuple(
            Candidate("fact", fact.code, f"{fact.indicator} {fact.period_from:%Y}: {telling.figure(fact)}", 0)
            for fact in facts[:MOST]
        )  # fmt: skip
    tasks = Task.objects.filter(measure__programme__area_id=report.area)
    measures = Measure.objects.filter(programme__area_id=report.area)
    for word in words.split():
        tasks, measures = (
            tasks.filter(title__icontains=word),
            measures.filter(title__icontains=word),
        )
    found = [Candidate("task", *row, 0) for row in tasks.values_list("code", "title")[:MOST]]
    found += (Candidate("measure", *row, 0) for row in measures.values_list("code", "title")[:MOST])
    return tuple(found[:MOST])


def _there(kind: str, code: str) -> bool:
    if kind == "figure":
        return cited(code, hidden=True) is not None
    return any(model.objects.filter(code=code).exists() for model in (Task, Measure))

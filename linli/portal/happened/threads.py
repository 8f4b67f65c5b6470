"""From a sentence to the next report: what is public and hangs together, step by step, each with its page.

What joins the engines is what they all point to: the sentence that promised something, the indicator that measures
it, and the place. Nothing is guessed from words.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Q

from linli.assessments.models import Mitigation
from linli.facts.models import Fact, FactQuerySet
from linli.funds.models import Fund, Project, Tally
from linli.plans.models import Task, TaskQuerySet
from linli.plans.queries.published import published_tasks
from linli.reports.models import Report
from linli.reports.queries.drops import answers

MOST: Final = 12  # of anything on one page
KINDS: Final = ("promises", "projects", "funds", "reports", "decisions")


@dataclass(slots=True)
class Thread:
    """All that hangs on one thing. indicators and areas: by id and code."""

    tasks: list[Task] = field(default_factory=list)
    indicators: set[int] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    reports: list[Report] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    later: list[Report] = field(default_factory=list)


def thread(kind: str, code: str, at: datetime) -> Thread:
    """Return what hangs on a published thing of this kind and code. At most nine queries."""
    found = Thread()
    _BEGIN[kind](found, code, at)
    for task in found.tasks:
        found.areas.add(task.measure.programme.area_id)
        if task.indicator is not None and task.indicator.public:
            found.indicators.add(task.indicator.pk)
    _money(found)
    found.facts = list(_facts(found)[:MOST])
    _reports(found)
    return found


def _of_task(found: Thread, code: str, at: datetime) -> None:
    found.tasks = _tasks(published_tasks(at).filter(code=code))


def _of_project(found: Thread, code: str, at: datetime) -> None:
    project = (
        Project.objects.published().filter(code=code).prefetch_related("aims__indicator").get()
    )
    found.indicators = {one.indicator_id for one in project.aims.all() if one.indicator.public}
    found.areas = {project.receiving_id}
    found.projects = [project]
    found.tasks = _measured_by(found, at)


def _of_fund(found: Thread, code: str, at: datetime) -> None:
    fund = Fund.objects.published().get(code=code)
    tallies = Tally.objects.filter(account__fund=fund, indicator__public=True)
    found.indicators = set(tallies.order_by().values_list("indicator", flat=True))
    found.areas, found.funds = {fund.area_id}, [fund]
    found.tasks = _measured_by(found, at)


def _of_report(found: Thread, code: str, at: datetime) -> None:
    report = Report.objects.published().get(code=code)
    found.areas = {report.area} - {""}
    found.reports = [report]
    here = f"/reports/{code}/"
    said = Q(evidence__address__startswith=here) | Q(measure__evidence__address__startswith=here)
    found.tasks = _tasks(published_tasks(at).filter(said))


def _of_decision(found: Thread, code: str, at: datetime) -> None:
    promised = Mitigation.objects.filter(hazard__impact__code=code).exclude(task="")
    codes = list(promised.order_by().values_list("task", flat=True))
    found.tasks = _tasks(published_tasks(at).filter(code__in=codes))


_BEGIN: Final = {
    "promises": _of_task,
    "projects": _of_project,
    "funds": _of_fund,
    "reports": _of_report,
    "decisions": _of_decision,
}


def _measured_by(found: Thread, at: datetime) -> list[Task]:
    if not found.indicators:
        return []
    same = published_tasks(at).filter(indicator__in=found.indicators)
    return _tasks(same.filter(measure__programme__area__in=found.areas))


def _tasks(tasks: TaskQuerySet) -> list[Task]:
    return list(tasks.order_by("due_on", "pk")[:MOST])


def _money(found: Thread) -> None:
    """Find published projects that are to change the same figure there, and funds that are counted as it."""
    if not found.indicators:
        return
    if not found.projects:
        aimed = Project.objects.published().filter(
            aims__indicator__in=found.indicators, aims__area__in=found.areas
        )
        found.projects = list(aimed.distinct().order_by("name", "pk")[:MOST])
    if not found.funds:
        counted = Fund.objects.published().filter(
            accounts__tallies__indicator__in=found.indicators, area__in=found.areas
        )
        found.funds = list(counted.distinct().order_by("name", "pk")[:MOST])


def _facts(found: Thread) -> FactQuerySet:
    if not found.indicators:
        return Fact.objects.none()
    facts = Fact.objects.current().filter(indicator__in=found.indicators, area__in=found.areas)
    return facts.select_related("indicator", "area", "evidence").order_by("-period_until", "-pk")


def _reports(found: Thread) -> None:
    """Find the published reports that the sentences stand in, and those of the place that came after them."""
    sources = {_report_of(one) for task in found.tasks for one in _said_in(task)} - {""}
    named = Q(code__in=sources) | Q(area__in=found.areas)
    listed = Report.objects.published().filter(named).defer("reading").order_by("printed_on", "pk")
    there = list(listed)
    if not found.reports:
        found.reports = [one for one in there if one.code in sources]
    own = {one.pk for one in found.reports}
    later = [one for one in there if one.pk not in own and one.area in found.areas]
    if found.reports:
        later = [one for one in later if any(answers(said, one) for said in found.reports)]
    found.later = later[:MOST]


def _said_in(task: Task) -> list[str]:
    return [one.address for one in (task.evidence, task.measure.evidence) if one]


def _report_of(address: str) -> str:
    """Return the code of the report that an address of ours leads to, "" for all else."""
    head, _, rest = address.partition("/reports/")
    return rest.partition("/")[0] if rest and not head else ""

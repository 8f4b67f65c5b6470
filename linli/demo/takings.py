"""From the demo's reports to facts and promises, the way an officer would go: accept, correct, take over."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from linli.demo import documents, people
from linli.demo.points import points
from linli.demo.tables import rows
from linli.demo.units import TOWNS, Town, unit_name
from linli.directory.models import Unit
from linli.flows.reading_to_ledger import suggestions, take
from linli.plans.actions import ProgrammeDraft, publish_programme
from linli.plans.models import PolicyDocument, Programme
from linli.reports.actions import Choice, decide
from linli.reports.models import Report

Becomes = dict[str, Any]


def take_over(report: Report, source: str, *, at: datetime, today: date) -> Programme | None:
    """Accept what the tables name of a report, take it over, publish; return the programme, if any.

    A report that was taken before, or of which the tables name nothing, is left as it is.
    """
    town = next((town for town in TOWNS if town.code == report.area), None)
    if town is None or report.taken.exists():
        return None
    by = people.planner(town)
    made = suggestions(report)
    facts = _facts(report)
    promises = _promises(report, town, today)
    choices = {item: Choice("accept", made[item].becomes | facts[item]) for item in facts}
    choices |= {item: Choice("accept", made[item].becomes | promises[item]) for item in promises}
    if not choices:
        return None
    decide(by=by, at=at, report=report, items=choices)
    document = documents.record(report, source, town, at=at)
    draft = _programme(report, town, document, [one["due_on"] for one in promises.values()])
    taking = take(by=by, at=at, report=report, programme=draft)
    if taking.programme:
        publish_programme(by=by, at=at + timedelta(days=1), programme=taking.programme)
    return taking.programme


def _facts(report: Report) -> dict[str, Becomes]:
    wanted = {
        (surface, int(number)): (indicator, period)
        for name, surface, number, indicator, period in rows("known.tsv")
        if name == report.name
    }
    seen: Counter[str] = Counter()
    found: dict[str, Becomes] = {}
    for figure in report.reading["figures"]:
        seen[figure["surface"]] += 1
        if known := wanted.get((figure["surface"], seen[figure["surface"]])):
            found[figure["id"]] = {"as": "fact", "indicator": known[0], "period": known[1]}
    return found


def _promises(report: Report, town: Town, today: date) -> dict[str, Becomes]:
    known = dict(_printed(report.name, town))
    known |= dict(_this_year(town, today))
    return {
        measure["id"]: becomes
        for measure in report.reading["measures"]
        for clause, becomes in known.items()
        if clause in measure["surface"]
    }


def _printed(name: str, town: Town) -> list[tuple[str, Becomes]]:
    return [
        (row[1], _task(town, row[1], row[2], (), row[3], *row[4:6]))
        for row in rows("history.tsv")
        if row[0] == name
    ]


def _this_year(town: Town, today: date) -> list[tuple[str, Becomes]]:
    return [
        (
            point.clause,
            _task(
                town,
                point.clause,
                point.lead,
                point.responsible,
                point.due_on.isoformat(),
                point.indicator,
                point.target,
            ),
        )
        for point in points(today)
    ]


def _task(
    town: Town,
    title: str,
    lead: str,
    responsible: tuple[str, ...],
    due_on: str,
    *measured: str,
) -> Becomes:
    indicator, target = (*measured, "", "")[:2]
    return {
        "kind": "task",
        "title": title,
        "lead": _unit(town, lead),
        "responsible": [_unit(town, office) for office in responsible],
        "due_on": due_on,
        "indicator": indicator,
        "target": target or None,
        "sense": "at_least",
    }


def _unit(town: Town, office: str) -> str:
    return Unit.objects.get(name=unit_name(town, office)).code


def _programme(
    report: Report, town: Town, document: PolicyDocument | None, due: list[str]
) -> ProgrammeDraft | None:
    if not due:
        return None
    unit = Unit.objects.select_related("area").get(name=people.planner(town).unit)
    last = date.fromisoformat(max(due))
    first = report.printed_on or date(last.year, 1, 1)
    return ProgrammeDraft(
        title=report.title[:200],
        area=unit.area,
        document=document,
        starts_on=min(first, last),
        ends_on=max(last, date(last.year, 12, 31)),
    )

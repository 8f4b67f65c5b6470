"""A report of Jiayuguan on its way into the ledger, for tests."""

from datetime import date

from linli.facts.models import Indicator
from linli.flows import reading_to_ledger as flow
from linli.plans.actions import ProgrammeDraft
from linli.reports import actions
from linli.reports.queries.review import review_of
from tests.town import directory, reports
from tests.town.staff import actor


def jiayuguan(*, at, text=reports.JIAYUGUAN):
    """Return the report, its place and the units that it names."""
    directory.area()
    directory.unit()
    return reports.report(at=at, text=text, name="jiayuguan-2025.txt")


def fairs():
    return Indicator.objects.create(
        code="jobs.fairs", name="专场招聘会场数", unit="session", kind="count", definition="一年内",
        computed_by="各地工作报告", adds_up=True,
    )  # fmt: skip


def draft(**overrides):
    given = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)} | overrides
    given.setdefault("area", directory.area())
    return ProgrammeDraft(title="2026年工作打算", **given)


def accepted(*, at, **overrides):
    """Return the report with everything accepted that is suggested so."""
    report = jiayuguan(at=at, **overrides)
    flow.accept(by=actor(), at=at, report=report)
    return report


def decide(report, at, *, by=None, **verbs):
    choices = {item: actions.Choice(*verb) for item, verb in verbs.items()}
    return actions.decide(by=by or actor(), at=at, report=report, items=choices)


def states(report):
    return {one.item.id: one.state for one in review_of(report).items}

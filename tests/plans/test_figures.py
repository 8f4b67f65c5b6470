from datetime import date, timedelta
from decimal import Decimal

import pytest

from linli.facts import actions as facts
from linli.facts.models import Fact
from linli.facts.rules.periods import year
from linli.kernel.actors import system
from linli.plans import actions
from linli.plans.figures import FIGURES
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db
BY_NAME = {figure.name: figure for figure in FIGURES}


@pytest.fixture
def ledger(noon):
    """Two tasks of 2026 (one proven), two of 2025 (one dropped, one overdue and moved), and noise."""
    measure = town.measure(at=noon)
    made = [town.task(at=noon, measure=measure) for _ in range(2)]
    made += [town.task(at=noon, measure=measure, due_on=date(2025, 12, 31)) for _ in range(2)]
    town.task(at=noon, measure=measure, due_on=None)
    town.task(at=noon)
    actions.publish_programme(by=town.planner(), at=noon, programme=measure.programme)
    town.accepted(at=noon, task=made[0])
    actions.drop_task(by=town.planner(), at=noon, task=made[2], reason="x")
    given = {"task": made[3], "due_on": date(2026, 1, 10), "target": None, "reason": "x"}
    move = actions.ask_move(by=town.planner(), at=noon, **given)
    actions.decide_move(by=town.supervisor(), at=noon, move=move, approved=True)
    return made


def cells(name, at):
    return [(c.area, c.period.start.year, c.value) for c in BY_NAME[name].cells(at)]


def test_counts_promises_by_the_year_in_which_they_were_first_due(noon, ledger):
    assert cells("plans.tasks_promised", noon) == [("620200", 2025, 1), ("620200", 2026, 2)]
    assert cells("plans.tasks_proven", noon) == [("620200", 2025, 0), ("620200", 2026, 1)]
    assert cells("plans.tasks_overdue", noon) == [("620200", 2025, 1), ("620200", 2026, 0)]
    assert cells("plans.median_drift_days", noon) == [("620200", 2025, 10), ("620200", 2026, 0)]


def test_becomes_facts_that_are_not_counted_again(noon, ledger, time_machine):
    time_machine.move_to(noon, tick=False)

    for figure in FIGURES:
        facts.compute(by=system("facts compute"), at=noon, figure=figure)
    again = [facts.compute(by=system("facts compute"), at=noon, figure=f) for f in FIGURES]

    assert all(counted.skipped for counted in again)
    drift = Fact.objects.get(indicator__code="plans.median_drift_days", period_from__year=2025)
    assert (drift.value, drift.status, drift.evidence.kind) == (Decimal(10), "evidenced", "query")


def test_notices_every_step_every_fact_and_every_day(noon, ledger, time_machine):
    version = BY_NAME["plans.tasks_proven"].version
    time_machine.move_to(noon, tick=False)
    seen = [version()]

    actions.edit_measure(by=town.planner(), at=noon, measure=ledger[0].measure, title="新")
    seen.append(version())
    task = town.promised_task(at=noon, target=5)
    seen.append(version())
    facts.record(
        by=town.planner(), at=noon, indicator=task.indicator, area=directory.area(),
        period=year(2026),
        statement=facts.Statement(Decimal(5), "exact"), status="claimed",
        evidence=facts.cite_statement(by=town.planner(), at=noon, source="s", words="w"),
    )  # fmt: skip
    seen.append(version())
    time_machine.move_to(noon + timedelta(days=1), tick=False)
    seen.append(version())

    assert len(set(seen)) == len(seen)

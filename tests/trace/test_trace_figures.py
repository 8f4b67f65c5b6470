"""What food supervision counts of itself: exact numbers, by place and year, never of people."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from linli.facts.actions import compute
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import system
from linli.kernel.codes import new_code
from linli.kernel.signed import signed
from linli.trace.actions import operators
from linli.trace.actions.visits import record_visit
from linli.trace.events import Visited
from linli.trace.figures import FIGURES
from linli.trace.models import Permit, PermitStep, Recall
from tests.town import trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
NEXT = datetime(2027, 5, 3, 2, tzinfo=UTC)


@pytest.fixture
def counted():
    """What a figure says at a moment, by year."""

    def cells(name, at=NEXT):
        figure = next(one for one in FIGURES if one.name == f"trace.{name}")
        with time_machine.travel(at, tick=False):
            found = [(one.area, one.period.start.year, one.value) for one in figure.cells(at)]
        assert {area for area, _year, _value in found} <= {"620200"}
        return {of_year: value for _area, of_year, value in found}

    return cells


def visited(place, code, *, on, findings, left):
    told = Visited(code, place.code, "检查一处", on.date(), 9000, findings, left, 0)
    record_visit(by=system("flow"), at=on, visited=told)


def test_counts_nothing_of_nothing_and_nobody(db):
    assert [one.name for one in FIGURES if list(one.cells(NOW))] == []
    assert not any(one.about_people for one in FIGURES)


def test_counts_businesses_and_premises_until_they_close(counted):
    place = trace.premises(at=NOW)
    trace.premises("又一处", at=NOW, of=place.operator)
    assert (counted("operators"), counted("premises")) == ({2026: 1, 2027: 1}, {2026: 2, 2027: 2})
    operators.close_premises(by=trace.officer(), at=NEXT, premises=place, on=NEXT.date())
    assert counted("premises") == {2026: 2, 2027: 1}


def test_counts_permits_that_are_valid_as_a_year_ends(counted):
    place = trace.premises(at=NOW)
    trace.permit(place, at=NOW, number="JY-1")
    trace.permit(place, at=NOW, number="JY-2", days=900)
    stopped = trace.permit(place, at=NOW, number="JY-3", days=900)
    assert (counted("permits_valid", NOW), counted("permits_valid")) == (
        {2026: 3},
        {2026: 3, 2027: 2},
    )
    PermitStep.objects.create(
        permit=stopped, was="valid", to="suspended", from_at=NOW + timedelta(30), reason="检查不合格",
        **signed(trace.officer(), NEXT),
    )  # fmt: skip
    Permit.objects.filter(pk=stopped.pk).update(state="suspended")
    assert counted("permits_valid") == {2026: 2, 2027: 1}


def test_counts_premises_once_and_every_finding(counted):
    place = trace.premises(at=NOW)
    visited(place, "7K3M-92QD", on=NOW, findings=3, left=0)
    visited(place, "8K3M-92QD", on=NOW + timedelta(60), findings=2, left=1)
    assert counted("premises_inspected") == {2026: 1}
    assert (counted("findings"), counted("findings_open")) == ({2026: 5}, {2026: 1})


def test_counts_recalls_without_drills_and_minutes_with_them(counted):
    place = trace.premises(at=NOW)
    lot = trace.lot(trace.product(place.operator, at=NOW), place, at=NOW)
    for drill, minutes in ((False, 2), (True, 5)):
        recall = Recall.objects.create(
            code=new_code(), lot=lot, drill=drill, grounds="maker", advice="return", since=NOW,
            **signed(trace.officer(), NOW),
        )  # fmt: skip
        reached = NOW + timedelta(minutes=minutes)
        Recall.objects.filter(pk=recall.pk).update(
            state="running",
            decided_at=NOW,
            decided_by="另一人",
            reached_at=reached,
            walked_at=reached,
        )
    assert (counted("recalls"), counted("minutes_to_trace")) == ({2026: 1}, {2026: Decimal("3.5")})


def test_keeps_what_it_counts_as_facts_and_counts_it_once(db):
    trace.permit(trace.premises(at=NOW), at=NOW)
    with time_machine.travel(NEXT, tick=False):
        for figure in FIGURES:
            compute(by=system("facts compute"), at=NEXT, figure=figure)
        again = [compute(by=system("facts compute"), at=NEXT, figure=one) for one in FIGURES]
    kept = Fact.objects.current().filter(indicator__code="trace.premises")
    assert sorted(kept.values_list("period_from__year", "value")) == [(2026, 1), (2027, 1)]
    assert not Indicator.objects.filter(about_people=True).exists()
    assert all(one.skipped for one in again)

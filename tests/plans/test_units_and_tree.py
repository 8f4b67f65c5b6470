from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.plans import actions
from linli.plans.queries import (
    Filters,
    drop_reasons,
    ledger,
    load_conflicts,
    steps_of,
    tree,
    unit_drift,
    unit_load,
)
from linli.plans.rules.drift import Drift, drift, drifts
from linli.plans.rules.load import FALLING_DUE, RUNNING, MonthLoad, Span, conflicts, load
from tests.town import directory
from tests.town import plans as town

JANUARY = date(2026, 1, 15)
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@st.composite
def spans(draw):
    since = draw(days)
    return Span(since, since + timedelta(days=draw(st.integers(0, 500))))


@pytest.mark.parametrize(
    ("first", "now", "moved"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), 0),
        (date(2026, 6, 30), date(2026, 7, 10), 10),
        (date(2026, 6, 30), date(2026, 6, 1), -29),
        (None, date(2026, 6, 1), None),
        (date(2026, 6, 1), None, None),
    ],
)
def test_counts_the_days_that_a_promise_moved(first, now, moved):
    assert drift(first, now) == moved


def test_takes_the_median_and_the_share_that_moved():
    day = date(2026, 6, 30)
    moved = [(day, day), (day, day), (day, day + timedelta(days=30)), (day, None)]

    assert drifts(moved) == Drift(promised=3, moved=1, median_days=0.0)
    assert drifts(moved).share == pytest.approx(1 / 3)
    assert drifts([]) == Drift(promised=0, moved=0, median_days=0.0)
    assert drifts([]).share == 0.0


def test_counts_a_task_in_all_its_months_and_as_due_in_one():
    months = load([Span(date(2026, 1, 20), date(2026, 3, 31))], JANUARY, 4)

    assert months == [
        MonthLoad(date(2026, 1, 1), 1, 0),
        MonthLoad(date(2026, 2, 1), 1, 0),
        MonthLoad(date(2026, 3, 1), 1, 1),
        MonthLoad(date(2026, 4, 1), 0, 0),
    ]


def test_counts_what_is_overdue_as_work_of_this_month():
    assert load([Span(date(2025, 1, 1), date(2025, 6, 30))], JANUARY, 2) == [
        MonthLoad(date(2026, 1, 1), 1, 1),
        MonthLoad(date(2026, 2, 1), 0, 0),
    ]


@given(st.lists(spans(), max_size=12), days, st.integers(1, 60))
def test_counts_every_task_as_due_once_at_most(known, first, months):
    counted = load(known, first, months)

    assert len(counted) == months
    assert sum(month.due for month in counted) <= len(known)
    assert all(month.due <= month.running <= len(known) for month in counted)


@given(st.lists(spans(), max_size=12), spans(), days)
def test_gets_no_lighter_by_one_more_task(known, more, first):
    before, after = load(known, first, 24), load([*known, more], first, 24)

    assert all(
        b.due <= a.due and b.running <= a.running for b, a in zip(before, after, strict=True)
    )
    assert all(month.heavy for month in conflicts(before, after))


@pytest.mark.parametrize(
    ("running", "due", "heavy"),
    [
        (RUNNING, FALLING_DUE, False),
        (RUNNING, FALLING_DUE + 1, True),
        (RUNNING + 1, 0, True),
    ],
)
def test_calls_a_month_heavy_beyond_what_an_office_can_close(running, due, heavy):
    assert MonthLoad(date(2026, 1, 1), running, due).heavy == heavy


def five_due_in_december(noon):
    first = town.promised_task(at=noon)
    for _ in range(FALLING_DUE - 1):
        last = town.task(at=noon, measure=first.measure)
    return last


@pytest.mark.django_db
def test_shows_the_load_of_a_unit_from_its_open_tasks(noon, django_assert_num_queries):
    task = five_due_in_december(noon)
    unit = task.lead
    given = {"at": noon, "measure": task.measure}
    other = directory.unit(town.OTHER)
    town.task(**given, lead=other)  # noise
    town.task(**given, lead=other, supporting=(unit,))  # noise: its leader plans for it
    town.task(**given, lead=other, responsible=(unit,), due_on=date(2027, 1, 31))
    town.task(**given, due_on=None)  # noise
    dropped = town.task(**given)
    actions.drop_task(by=town.planner(), at=noon, task=dropped, reason="重复")

    with django_assert_num_queries(1):
        months = unit_load(unit, noon, months=4)

    assert [(month.month.month, month.running, month.due) for month in months] == [
        (11, 5, 0),
        (12, 5, 5),
        (1, 1, 1),
        (2, 0, 0),
    ]


@pytest.mark.django_db
def test_warns_when_a_task_is_given_to_a_unit_that_is_full(noon):
    task = five_due_in_december(noon)
    december = (None, date(2026, 12, 31))

    warned = load_conflicts(task.lead, [december], noon)

    assert [(month.month, month.due) for month in warned] == [(date(2026, 12, 1), 6)]
    assert load_conflicts(task.lead, [december], noon, without=[task]) == []
    assert load_conflicts(task.lead, [(None, date(2027, 1, 31))], noon) == []
    assert load_conflicts(task.lead, [(None, None)], noon) == []
    assert load_conflicts(directory.unit(town.OTHER), [december], noon) == []


def moved(noon, task, due_on):
    given = {"task": task, "due_on": due_on, "target": task.target, "reason": "x"}
    move = actions.ask_move(by=town.planner(), at=noon, **given)
    actions.decide_move(by=town.supervisor(), at=noon, move=move, approved=True)


@pytest.mark.django_db
def test_shows_how_far_the_promises_of_units_moved(noon, django_assert_num_queries):
    first = town.promised_task(at=noon)
    given = {"at": noon, "measure": first.measure}
    second = town.task(**given)
    town.task(**given, lead=directory.unit(town.OTHER))
    town.task(at=noon)  # noise: of another programme, not promised
    dropped = town.task(**given)
    moved(noon, first, date(2027, 1, 10))
    moved(noon, second, date(2027, 1, 30))
    moved(noon, dropped, date(2029, 1, 1))
    actions.drop_task(by=town.planner(), at=noon, task=dropped, reason="x")

    with django_assert_num_queries(1):
        found = unit_drift(area="620000", published_only=True)

    assert found == [
        (town.LEAD, Drift(promised=2, moved=2, median_days=20.0)),
        (town.OTHER, Drift(promised=1, moved=0, median_days=0.0)),
    ]
    assert unit_drift(area="620100") == []


@pytest.mark.django_db
def test_shows_the_tree_with_how_many_stand_how(noon, django_assert_num_queries):
    first = town.measure(at=noon, title="甲")
    town.measure(at=noon, programme=first.programme, title="空")
    town.task(at=noon, measure=first)
    town.task(at=noon, measure=first, due_on=date(2026, 3, 31))
    empty = town.programme(at=noon, title="空方案", starts_on=date(2025, 1, 1))

    with django_assert_num_queries(3):  # tasks; measures, programmes
        branches = tree(Filters(), noon)

    assert [(branch.programme, branch.total) for branch in branches] == [
        (first.programme, 2),
        (empty, 0),
    ]
    assert [(b.measure.title, b.total) for b in branches[0].measures] == [("甲", 2), ("空", 0)]
    assert branches[0].counts == {"green": 0, "grey": 0, "blue": 1, "amber": 0, "red": 1}


@pytest.mark.django_db
def test_shows_only_branches_with_what_was_asked_for(noon):
    first = town.measure(at=noon, title="甲")
    town.task(at=noon, measure=first, due_on=date(2026, 3, 31))
    town.task(at=noon, measure=town.measure(at=noon, programme=first.programme, title="乙"))
    town.task(at=noon, measure=town.measure(at=noon, title="丙"))
    red = Filters(lamp="red")

    branches = tree(red, noon, of=ledger(red, noon))

    assert [[b.measure.title for b in branch.measures] for branch in branches] == [["甲"]]
    programme = Filters(programme=first.programme.code)
    assert [b.measure.title for b in tree(programme, noon)[0].measures] == ["甲", "乙"]
    assert tree(Filters(area="620100"), noon) == []


@pytest.mark.django_db
def test_remembers_why_tasks_were_dropped(noon, django_assert_num_queries):
    task, kept = town.promised_task(at=noon), town.promised_task(at=noon)
    actions.drop_task(by=town.planner(), at=noon, task=task, reason="政策调整")
    task.refresh_from_db()

    with django_assert_num_queries(1):
        assert drop_reasons([task, kept]) == {task.code: "政策调整"}
    with django_assert_num_queries(0):
        assert drop_reasons([kept]) == {}
    assert [step.verb for step in steps_of(task.code)] == ["added", "dropped"]

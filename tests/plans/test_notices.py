from datetime import date, timedelta

import pytest

from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import Notice, Step
from linli.plans.queries import (
    due_soon,
    notices,
    open_notices,
    waiting_for_review,
    waiting_moves,
)
from linli.plans.rules.letters import KINDS, About, letter
from tests.town import directory
from tests.town import plans as town

DAY = timedelta(days=1)
ANSWER_BY = date(2026, 12, 5)


def sent(noon, task, *, by=None, **overrides):
    given = {"task": task, "unit": directory.unit(town.LEAD), "kind": "remind", "due_on": ANSWER_BY}
    return actions.send_notice(by=by or town.supervisor(), at=noon, **given | overrides)


def refused(code, noon, task, **given):
    steps = Step.objects.count()
    with pytest.raises(Refused) as refusal:
        sent(noon, task, **given)
    assert refusal.value.code == code
    assert (Notice.objects.count(), Step.objects.count()) == (0, steps)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("due_on", [None, date(2026, 12, 31)])
def test_names_unit_task_and_days_in_every_letter(kind, due_on):
    words = letter(kind, About("市教育局", "设立窗口", "7K3M-92QD", due_on, ANSWER_BY))

    assert "市教育局：" in words
    assert "“设立窗口”（编号 7K3M-92QD）" in words
    assert "2026年12月5日前" in words
    assert ("时限为2026年12月31日" in words) == (due_on is not None)
    assert "{" not in words


def test_quotes_a_title_that_quotes_with_inner_marks():
    words = letter("remind", About("市教育局", "开办“四点半课堂”", "7K3M-92QD", None, ANSWER_BY))

    assert "任务“开办‘四点半课堂’”（编号" in words


def test_knows_no_other_letter():
    with pytest.raises(ValueError, match="no such letter"):
        letter("threaten", About("a", "b", "c", None, ANSWER_BY))


@pytest.mark.django_db
def test_sends_the_template_unless_there_are_words(noon):
    task = town.promised_task(at=noon)

    plain, own = sent(noon, task, kind="warn"), sent(noon, task, words=" 请尽快。 ")

    assert "警示" in plain.words
    assert task.code in plain.words
    assert (own.words, own.kind, own.by_role) == ("请尽快。", "remind", "supervisor")
    assert Step.objects.filter(subject=task.code, verb="notice_sent").count() == 2


@pytest.mark.django_db
def test_refuses_a_letter_that_is_none(noon):
    task = town.promised_task(at=noon, responsible=(directory.unit(town.OTHER),))

    refused("unknown_kind", noon, task, kind="threaten")
    refused("deadline_passed", noon, task, due_on=date(2026, 11, 21))
    refused("not_their_task", noon, task, unit=directory.unit("嘉峪关市民政局"))
    refused("not_promised", noon, town.task(at=noon))
    for by in (town.planner(), town.officer()):
        refused("not_allowed", noon, task, by=by)
    for unit in (town.LEAD, town.OTHER):
        refused("own_task", noon, task, by=town.supervisor(unit))
    town.accepted(at=noon, task=task)
    refused("task_closed", noon, task)


@pytest.mark.django_db
def test_is_answered_by_the_next_report_of_that_unit(noon, django_assert_num_queries):
    other = directory.unit(town.OTHER)
    task = town.promised_task(at=noon, responsible=(other,))
    town.sent_back(at=noon - DAY, task=task)
    sent(noon, task)
    sent(noon, task, unit=other, kind="demand", due_on=date(2026, 11, 30))
    assert [notice.unit.name for notice in open_notices()] == [town.OTHER, town.LEAD]

    town.reported(at=noon + DAY, task=task)

    with django_assert_num_queries(1):
        assert {n.unit.name: n.answered_at for n in notices(task=task)} == {
            town.LEAD: noon + DAY,
            town.OTHER: None,
        }
    assert [notice.kind for notice in open_notices(unit=town.OTHER)] == ["demand"]
    assert list(open_notices(unit=town.LEAD)) == []
    actions.drop_task(by=town.planner(), at=noon, task=task, reason="x")
    assert list(open_notices()) == []


@pytest.mark.django_db
def test_lists_what_waits_for_a_supervisor_without_the_own_units(noon, django_assert_num_queries):
    first = town.promised_task(at=noon)
    second = town.task(at=noon, measure=first.measure, lead=directory.unit(town.OTHER))
    report = town.reported(at=noon + DAY, task=second)
    town.reported(at=noon, task=first)
    town.sent_back(at=noon, task=town.task(at=noon, measure=first.measure))  # noise

    with django_assert_num_queries(1):
        found = [
            (p.task.lead.name, p.task.measure.programme.area.name) for p in waiting_for_review()
        ]

    assert found == [(town.LEAD, "嘉峪关市"), (town.OTHER, "嘉峪关市")]
    assert list(waiting_for_review(town.supervisor(town.LEAD))) == [report]
    assert waiting_for_review(town.supervisor()).count() == 2


@pytest.mark.django_db
def test_lists_moves_that_wait_without_the_own_units(noon):
    task = town.promised_task(at=noon)
    given = {"due_on": date(2027, 1, 1), "target": None, "reason": "x"}
    move = actions.ask_move(by=town.planner(), at=noon, task=task, **given)

    assert list(waiting_moves()) == list(waiting_moves(town.supervisor())) == [move]
    assert list(waiting_moves(town.supervisor(town.LEAD))) == []
    assert list(waiting_moves(town.supervisor(town.planner().unit))) == []
    actions.decide_move(by=town.supervisor(), at=noon, move=move, approved=False, words="x")
    assert list(waiting_moves()) == []


@pytest.mark.django_db
def test_lists_what_is_due_soon_and_what_is_overdue(noon, django_assert_num_queries):
    first = town.promised_task(at=noon)  # noise: due in forty days
    given = {"at": noon, "measure": first.measure}
    other = directory.unit(town.OTHER)
    overdue = town.task(**given, due_on=date(2026, 3, 31))
    soon = town.task(**given, due_on=date(2026, 12, 1), lead=other, responsible=(first.lead,))
    theirs = town.task(**given, due_on=date(2026, 12, 2), lead=other)
    town.accepted(at=noon, task=town.task(**given, due_on=date(2026, 12, 1)))  # noise

    with django_assert_num_queries(4):
        rows = due_soon(at=noon)

    assert [(row.task, row.lamp) for row in rows] == [
        (overdue, "red"),
        (soon, "amber"),
        (theirs, "amber"),
    ]
    assert [row.task for row in due_soon(unit=town.LEAD, at=noon)] == [overdue, soon]
    assert [row.task for row in due_soon(at=noon, most=1)] == [overdue]

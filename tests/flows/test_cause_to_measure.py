"""Many cases, one cause, one measure: asked for once, and all who reported hear what becomes of it, once."""

import threading
from datetime import date, timedelta

import pytest

from linli.cases.actions import cause_news, causes, reading
from linli.cases.models import Cause, CauseNews, Step
from linli.flows import cause_to_measure as flow
from linli.kernel.actors import Role
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.plans import actions as plans_actions
from linli.plans.models import Ground, Programme, Task
from linli.plans.queries.grounds import asked_in_tens
from tests.town import cases, plans
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
TITLE = "三号线路灯电缆老化"
SMS = "13800000000"


def caused(*, at, size=2, **asked):
    made = [cases.asked(at=at, **asked) for _ in range(size)]
    return causes.merge(by=cases.officer(), at=at, cases=made, title=TITLE)


def planned(*, at, **asked):
    """Return the cause and its task, which nobody has promised yet."""
    cause = caused(at=at, **asked)
    task = flow.ask_measure(by=cases.officer(), at=at, cause=cause)
    cause.refresh_from_db()
    return cause, task


def promised(*, at, due_on=date(2026, 12, 31), **asked):
    cause, task = planned(at=at, **asked)
    draft = plans.draft(title=task.title, due_on=due_on)
    task = plans_actions.edit_task(by=plans.planner(), at=at, task=task, draft=draft)
    programme = task.measure.programme
    plans_actions.publish_programme(by=plans.planner(), at=at, programme=programme)
    task.refresh_from_db()
    return cause, task


def moved(*, at, task, due_on=date(2027, 3, 31)):
    move = plans_actions.ask_move(
        by=plans.planner(), at=at, task=task, due_on=due_on, target=None, reason="电缆未到货。"
    )
    plans_actions.decide_move(by=plans.supervisor(), at=at, move=move, approved=True)


def heard(case, *, at):
    return [
        (step.kind, step.words)
        for step in reading.own(at=at, case=case).steps
        if step.verb == "met"
    ]


def states(cause):
    return list(cause.news.values_list("state", "told"))


@pytest.mark.parametrize(
    "by", [cases.officer(), cases.clerk(cases.HOUSING), cases.supervisor(), cases.planner()]
)
def test_asks_for_a_measure_that_only_planners_see(noon, by):
    cause = caused(at=noon, size=3)

    task = flow.ask_measure(by=by, at=noon, cause=cause)

    cause.refresh_from_db()
    assert (task.title, task.measure.title, task.lead.name) == (TITLE, TITLE, cases.HOUSING)
    assert (cause.measure, task.promised_at, Programme.objects.get().published_at) == (
        task.code, None, None,
    )  # fmt: skip
    assert Ground.objects.values_list("task", "about", "unit", "cases").get() == (
        task.pk, cause.code, cases.HOUSING, 3,
    )  # fmt: skip
    assert cause.news.values_list("state", "by_unit").get() == ("asked", by.unit)


def test_gives_the_same_task_to_who_asks_again(noon):
    cause, task = planned(at=noon)

    assert flow.ask_measure(by=cases.supervisor(), at=noon, cause=cause) == task
    assert (Task.objects.count(), Ground.objects.count(), CauseNews.objects.count()) == (1, 1, 1)


def test_puts_all_causes_of_a_place_into_one_programme(noon):
    planned(at=noon)
    second = causes.merge(
        by=cases.officer(), at=noon, cases=[cases.asked(at=noon)], title="井盖松动"
    )

    flow.ask_measure(by=cases.officer(), at=noon, cause=second)

    assert (Programme.objects.count(), Task.objects.count()) == (1, 2)


def test_takes_a_task_that_stands_already(noon):
    cause, task = caused(at=noon), plans.promised_task(at=noon)

    assert flow.ask_measure(by=cases.officer(), at=noon, cause=cause, code=task.code) == task
    assert Task.objects.count() == 1
    assert flow.tell_of_tasks(noon) == 2


def nothing_asked():
    return (Ground.objects.count(), CauseNews.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("by", "given", "code"),
    [
        (actor(Role.ADMINISTRATOR), {}, "not_allowed"),
        (cases.HOLDER, {}, "not_allowed"),
        (cases.officer(cases.LEGAL), {}, "not_own_cause"),
        (cases.officer(), {"code": "7K3M-92QD"}, "unknown_task"),
    ],
)
def test_refuses_what_may_not_be_asked(noon, by, given, code):
    cause = caused(at=noon)

    with pytest.raises(Refused) as refused:
        flow.ask_measure(by=by, at=noon, cause=cause, **given)

    assert refused.value.code == code
    assert nothing_asked()
    assert Task.objects.count() == 0


def test_refuses_a_cause_that_is_settled(noon):
    cause = caused(at=noon)
    causes.settle(by=cases.officer(), at=noon, cause=cause, words="已更换。")

    with pytest.raises(Refused, match="cause_settled"):
        flow.ask_measure(by=cases.officer(), at=noon, cause=cause)

    assert nothing_asked()
    assert (Task.objects.count(), Programme.objects.count()) == (0, 0)


def test_refuses_a_task_that_is_closed_or_that_watches(noon):
    cause, task = caused(at=noon), plans.accepted(at=noon)
    with pytest.raises(Refused, match="task_closed"):
        flow.ask_measure(by=cases.officer(), at=noon, cause=cause, code=task.code)
    Cause.objects.update(title="安装人脸识别系统")
    with pytest.raises(Refused, match="out_of_scope"):
        flow.ask_measure(by=cases.officer(), at=noon, cause=cause)

    assert nothing_asked()


def test_refuses_a_second_task_for_one_cause(noon):
    cause, _task = planned(at=noon)

    with pytest.raises(Refused, match="already_met"):
        causes.meet_by(by=cases.officer(), at=noon, cause=cause, measure="7K3M-92QD")

    assert cause.news.count() == 1


def test_tells_nobody_of_a_wish(noon):
    planned(at=noon, contact=cases.Contact("sms", SMS))

    assert flow.tell_of_tasks(noon) == 0
    assert (Message.objects.count(), Step.objects.filter(verb="met").count()) == (0, 0)


def test_tells_everybody_what_becomes_of_it(noon):
    cause, task = promised(at=noon, contact=cases.Contact("sms", SMS))
    case = cause.cases.first()

    assert flow.tell_of_tasks(noon) == 2
    moved(at=noon, task=task)
    assert flow.tell_of_tasks(noon + timedelta(days=1)) == 2
    task.refresh_from_db()
    plans.accepted(at=noon + timedelta(days=2), task=task)
    assert flow.tell_of_tasks(noon + timedelta(days=3)) == 2
    assert flow.tell_of_tasks(noon + timedelta(days=4)) == 0

    assert heard(case, at=noon) == [
        ("promised", f"{TITLE} · 2026-12-31 · {task.code}"),
        ("moved", f"{TITLE} · 2027-03-31 · {task.code}"),
        ("done", f"{TITLE} · 2027-03-31 · {task.code}"),
    ]
    assert states(cause) == [("asked", 0), ("promised", 2), ("moved", 2), ("done", 2)]
    assert Message.objects.count() == 6


def test_sends_word_in_the_persons_language_and_nothing_of_the_matter(noon, caplog, capfd):
    promised(at=noon, size=1, contact=cases.Contact("sms", SMS), reply_language="en")
    flow.tell_of_tasks(noon)

    message = Message.objects.select_related("subject").get()
    said = reading.unseal(message, reading.key_of(message.subject, at=noon), "words")
    assert "There is news of what is done about your case" in said["text"]
    assert TITLE not in str(said)
    logged = caplog.text + "".join(capfd.readouterr())
    assert SMS not in logged


def test_tells_nothing_twice(noon):
    promised(at=noon, contact=cases.Contact("sms", SMS))
    flow.tell_of_tasks(noon)

    assert flow.tell_of_tasks(noon + timedelta(hours=1)) == 0
    assert Message.objects.count() == 2


def test_tells_nobody_of_a_wish_that_was_given_up_and_lets_another_be_asked(noon):
    cause, task = planned(at=noon)
    plans_actions.drop_task(by=plans.planner(), at=noon, task=task, reason="重复。")

    assert flow.tell_of_tasks(noon) == 0
    assert states(cause) == [("asked", 0), ("dropped", 0)]
    other = flow.ask_measure(by=cases.officer(), at=noon, cause=cause)
    assert other != task
    assert Ground.objects.get().task == other


def test_tells_everybody_when_a_promise_is_given_up(noon):
    cause, task = promised(at=noon)
    flow.tell_of_tasks(noon)
    plans_actions.drop_task(by=plans.planner(), at=noon, task=task, reason="另有安排。")

    assert flow.tell_of_tasks(noon) == 2
    assert states(cause)[-1] == ("dropped", 2)


def test_counts_those_who_join_the_cause_later(noon):
    cause, task = promised(at=noon, size=9)
    assert (flow.tell_of_tasks(noon), asked_in_tens(task)) == (9, 0)

    causes.merge(by=cases.officer(), at=noon, cases=[cases.asked(at=noon)], cause=cause)
    flow.tell_of_tasks(noon)

    assert Ground.objects.get().cases == 10
    assert asked_in_tens(task) == 10


def test_asks_the_same_three_questions_however_many_causes(noon, django_assert_num_queries):
    for _ in range(3):
        promised(at=noon)
    flow.tell_of_tasks(noon)

    with django_assert_num_queries(5):  # three, in a transaction of their own for the counts
        assert flow.tell_of_tasks(noon) == 0


def two_tell_at_once(noon, monkeypatch):
    """Two calendars, both of which have read what is known before either tells."""
    looked, ask = threading.Barrier(2), flow.awaited

    def ask_together():
        found = ask()
        looked.wait(10)
        return found

    monkeypatch.setattr(flow, "awaited", ask_together)
    return at_once(2, lambda _: flow.tell_of_tasks(noon))


@pytest.mark.django_db(transaction=True)
def test_tells_everybody_once_when_two_calendars_tell_at_once(noon, monkeypatch):
    cause, _task = promised(at=noon, contact=cases.Contact("sms", SMS))

    assert two_tell_at_once(noon, monkeypatch) == []

    assert states(cause) == [("asked", 0), ("promised", 2)]
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_would_tell_twice_without_looking_under_the_lock(noon, monkeypatch):
    promised(at=noon, contact=cases.Contact("sms", SMS))
    stale = cause_news.LastHeard("asked")
    monkeypatch.setattr(cause_news, "last_heard", lambda **_: stale)

    two_tell_at_once(noon, monkeypatch)

    assert Message.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_plans_one_task_when_four_ask_at_once(noon):
    cause = caused(at=noon)

    assert at_once(4, lambda _: flow.ask_measure(by=cases.officer(), at=noon, cause=cause)) == []

    assert (Task.objects.count(), Ground.objects.count(), cause.news.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_would_fail_for_three_of_four_without_the_lock(noon, monkeypatch):
    cause = caused(at=noon)
    monkeypatch.setattr(causes, "met", lambda **_: False)

    failures = at_once(4, lambda _: flow.ask_measure(by=cases.officer(), at=noon, cause=cause))

    assert {getattr(one, "code", "") for one in failures} == {"grounded_already"}
    assert len(failures) == 3

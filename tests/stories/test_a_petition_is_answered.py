"""The promise 网上信访、领导包案: two people petition about the same thing, each with a named leader and a day; one cause, one
measure, and both hear of it in their own case. (In the browser: test_one_case.py, test_ask.py.)
"""

import pytest

from linli.cases.models import Case, Cause, Leader, Topic
from linli.flows.cause_to_measure import tell_of_tasks
from linli.plans.models import Task
from tests.town import cases, directory, plans
from tests.town.told import asks, desk, follows, press, read

pytestmark = pytest.mark.django_db
WORDS = ("三号线路灯半年不亮。", "孩子放学路上没有灯。")


def test_two_petitions_become_one_measure_and_both_hear_of_it(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    cases.topic("lamp-petition", kind=Topic.PETITION, keywords=["路灯"])
    cases.other()
    housing = directory.unit(cases.HOUSING)
    planner, officer = desk(plans.planner()), desk(cases.officer())
    press(planner, "/console/officials/", unit=housing.code, office="副局长", name="张明")

    # Two people ask, without an account; the unit takes both, and a leader answers for the first by name.
    held = [asks(words, topic="lamp-petition") for words in WORDS]
    first, second = Case.objects.order_by("pk")
    assert {first.topic.kind, second.topic.kind} == {Topic.PETITION}
    for case in (first, second):
        press(officer, f"/console/cases/{case.code}/", "/take/")
    desk_of_first = f"/console/cases/{first.code}/"
    leader = Leader.objects.get()
    press(officer, desk_of_first, "/leader/", leader__leader=leader.pk)
    person, page = follows(*held[0])
    assert "张明" in read(person, page)

    # One cause for both; a measure is asked for, the planners give it a day and promise it.
    both = {"case": [first.code, second.code]}
    assert officer.post("/console/cases/merge/", both).status_code == 200
    title = {"sure": "yes", "title": "三号线电缆老化"}
    assert officer.post("/console/cases/merge/", both | title).status_code == 302
    cause = Cause.objects.get()
    press(officer, f"/console/causes/{cause.code}/measure/")
    task = Task.objects.get()
    edit = f"/console/tasks/{task.code}/edit/"
    press(planner, edit, due_on="2026-12-31", lead=housing.code)
    press(planner, f"/console/programmes/{task.measure.programme.code}/publish/")
    assert tell_of_tasks(noon) > 0

    # Both read it where they follow; the promise says to nobody who asked.
    for one in held:
        person, page = follows(*one)
        assert task.code in read(person, page)
    promise = read(client, f"/promises/tasks/{task.code}/")
    assert cause.title in promise
    assert not any(words in promise for words in WORDS)

    # Answered, objected to by nobody, closed by who asked and by nobody else.
    press(officer, desk_of_first, "/reply/", reply__words="十二月底前换新电缆。")
    person, page = follows(*held[0])
    assert "十二月底前换新电缆。" in read(person, page)
    press(person, f"{page}close/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.closed_at is not None, second.closed_at) == (True, None)

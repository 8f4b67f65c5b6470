"""Tasks that were given away together go back together: within ten minutes, as a deed of its own."""

from datetime import timedelta

import pytest

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import Step, Task
from tests.town import directory, plans
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(noon):
    measure, other = plans.measure(at=noon), directory.unit(plans.OTHER)
    tasks = [plans.task(at=noon, measure=measure, title=title) for title in "甲乙"]
    actions.assign(by=plans.planner(), at=noon, tasks=tasks, lead=other)
    return tasks


def leads(tasks):
    return [Task.objects.get(pk=task.pk).lead.name for task in tasks]


def test_gives_all_back_and_keeps_the_history(given, noon):
    later = noon + timedelta(minutes=10)

    assert actions.undo_assign(by=plans.planner(), at=later) == (2, 0)

    assert leads(given) == [plans.LEAD] * 2
    verbs = Step.objects.filter(subject=given[0].code).values_list("verb", flat=True)
    assert [*verbs][-2:] == ["assigned", "given_back"]
    with pytest.raises(Refused) as refusal:
        actions.undo_assign(by=plans.planner(), at=later)
    assert refusal.value.code == "nothing_to_undo"


def test_leaves_what_was_changed_since(given, noon):
    third = directory.unit("嘉峪关市文化局")
    someone, later = actor(name="乙"), noon + timedelta(minutes=1)
    actions.assign(by=someone, at=later, tasks=given[:1], lead=third)

    assert actions.undo_assign(by=plans.planner(), at=noon + timedelta(minutes=2)) == (1, 1)

    assert leads(given) == [third.name, plans.LEAD]


@pytest.mark.parametrize(
    ("by", "minutes", "code"),
    [
        (plans.planner(), 11, "nothing_to_undo"),
        (plans.officer(), 1, "not_allowed"),
    ],
)
def test_gives_nothing_back_too_late_or_to_others(given, noon, by, minutes, code):
    steps = Step.objects.count()

    with pytest.raises(Refused) as refusal:
        actions.undo_assign(by=by, at=noon + timedelta(minutes=minutes))

    assert refusal.value.code == code
    assert leads(given) == [plans.OTHER] * 2
    assert Step.objects.count() == steps


def test_offers_the_way_back_on_the_ledger(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    task, other = plans.task(at=noon), directory.unit(plans.OTHER)
    client.force_login(account(Role.PLANNER))
    ledger, undo = "/console/ledger/", "/console/ledger/assign/undo/"

    assert undo not in client.get(ledger).content.decode()
    client.post(f"{ledger}assign/", {"task": task.code, "unit": other.code})
    assert undo in client.get(ledger).content.decode()
    time_machine.move_to(noon + timedelta(minutes=1), tick=False)
    client.post(undo)
    assert leads([task]) == [plans.LEAD]
    assert undo not in client.get(ledger).content.decode()

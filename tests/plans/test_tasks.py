from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.actions import TaskDraft
from linli.plans.models import Milestone, Share, Step, Task
from tests.town import directory
from tests.town import plans as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
THIRD = "嘉峪关市民政局"


def refused(code, deed, **given):
    steps, tasks = Step.objects.count(), list(Task.objects.values())
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert (Step.objects.count(), list(Task.objects.values())) == (steps, tasks)


def closed(name="嘉峪关市旧局"):
    unit = directory.unit(name)
    Unit.objects.filter(pk=unit.pk).update(closed_on=date(2020, 1, 1))
    return Unit.objects.get(pk=unit.pk)


def test_adds_a_task_with_its_units(noon):
    other, third = directory.unit(town.OTHER), directory.unit(THIRD)

    task = town.task(at=noon, target=600, responsible=(other,), supporting=(third,))

    assert (task.lead.name, task.target, task.state, task.promised_at) == (
        town.LEAD,
        600,
        "open",
        None,
    )
    parts = [(share.unit.name, share.part) for share in task.shares.all()]
    assert parts == [(town.OTHER, "responsible"), (THIRD, "supporting")]
    step = Step.objects.get(subject=task.code)
    assert (step.verb, step.becomes["target"], step.becomes["due_on"]) == (
        "added",
        "600",
        "2026-12-31",
    )
    assert step.becomes["responsible"] == [town.OTHER]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": "  "}, "no_title"),
        ({"starts_on": date(2027, 1, 1)}, "days_out_of_order"),
        ({"target": 5, "indicator": None}, "target_without_indicator"),
        ({"target_sense": "about"}, "unknown_sense"),
    ],
)
def test_refuses_a_task_that_is_none(noon, wrong, code):
    measure = town.measure(at=noon)
    task = town.task(at=noon, measure=measure)
    draft = town.draft(**wrong)

    refused(code, actions.add_task, by=town.planner(), at=noon, measure=measure, draft=draft)
    refused(code, actions.edit_task, by=town.planner(), at=noon, task=task, draft=draft)


def test_refuses_a_unit_with_two_parts_and_one_that_is_closed(noon):
    given = {"by": town.planner(), "at": noon, "measure": town.measure(at=noon)}
    lead = directory.unit(town.LEAD)

    refused("unit_twice", actions.add_task, **given, draft=town.draft(supporting=(lead,)))
    refused("unit_closed", actions.add_task, **given, draft=town.draft(responsible=(closed(),)))

    assert Share.objects.count() == 0


def test_keeps_a_unit_that_was_closed_after_it_got_the_task(noon):
    task = town.task(at=noon)
    Unit.objects.filter(name=town.LEAD).update(closed_on=date(2026, 11, 1))
    task.refresh_from_db()

    draft = replace(TaskDraft.of(task), title="改名")
    actions.edit_task(by=town.planner(), at=noon, task=task, draft=draft)

    assert Task.objects.get().title == "改名"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_tasks_to_planners(noon, role):
    task = town.task(at=noon)
    given = {"by": actor(role, unit=town.LEAD), "at": noon}
    unit = directory.unit(town.OTHER)

    refused("not_allowed", actions.add_task, **given, measure=task.measure, draft=town.draft())
    refused("not_allowed", actions.edit_task, **given, task=task, draft=town.draft())
    refused("not_allowed", actions.assign, **given, tasks=[task], lead=unit)
    refused("not_allowed", actions.drop_task, **given, task=task, reason="x")
    day = date(2026, 12, 1)
    refused("not_allowed", actions.add_milestone, **given, task=task, title="x", due_on=day)


def test_edits_everything_before_the_promise_and_notes_what_changed(noon):
    task = town.task(at=noon)
    draft = replace(
        TaskDraft.of(task), due_on=date(2027, 6, 30), responsible=(directory.unit(town.OTHER),)
    )

    actions.edit_task(by=town.planner(), at=noon, task=task, draft=draft)

    task.refresh_from_db()
    assert task.due_on == date(2027, 6, 30)
    step = Step.objects.filter(subject=task.code).last()
    assert step.was == {"responsible": [], "due_on": "2026-12-31"}
    assert step.becomes == {"responsible": [town.OTHER], "due_on": "2027-06-30"}


def test_notes_no_step_when_nothing_changed(noon):
    task = town.task(at=noon)

    actions.edit_task(by=town.planner(), at=noon, task=task, draft=TaskDraft.of(task))

    assert Step.objects.filter(subject=task.code).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2027, 6, 30)},
        {"target": Decimal(1)},
        {"target_sense": "at_most"},
        {"starts_on": date(2026, 1, 2)},
        {"indicator": None, "target": None},
    ],
)
def test_edits_no_promise(noon, change):
    task = town.promised_task(at=noon, target=600)
    draft = replace(TaskDraft.of(task), **change)

    refused("promised", actions.edit_task, by=town.planner(), at=noon, task=task, draft=draft)


def test_edits_words_and_units_of_a_promised_task(noon):
    task = town.promised_task(at=noon, target=600)
    draft = replace(TaskDraft.of(task), title="新的说法", lead=directory.unit(town.OTHER))

    actions.edit_task(by=town.planner(), at=noon, task=task, draft=draft)

    task.refresh_from_db()
    assert (task.title, task.lead.name, task.target) == ("新的说法", town.OTHER, 600)


def test_assigns_many_at_once(noon):
    first = town.task(at=noon)
    second = town.task(at=noon, measure=first.measure, lead=None)
    other = directory.unit(town.OTHER)
    third = town.task(at=noon, measure=first.measure, lead=other)

    changed = actions.assign(by=town.planner(), at=noon, tasks=[first, second, third], lead=other)

    assert changed == 2
    assert set(Task.objects.values_list("lead__name", flat=True)) == {town.OTHER}
    steps = Step.objects.filter(verb="assigned").order_by("pk")
    assert {(s.subject, s.was["lead"], s.becomes["lead"]) for s in steps} == {
        (first.code, town.LEAD, town.OTHER),
        (second.code, "", town.OTHER),
    }


def test_assigns_none_when_one_cannot_be(noon):
    other = directory.unit(town.OTHER)
    free = town.task(at=noon)
    given = {"by": town.planner(), "at": noon}
    shared = town.task(at=noon, measure=free.measure, responsible=(other,))

    refused("unit_twice", actions.assign, **given, tasks=[free, shared], lead=other)
    refused("unit_closed", actions.assign, **given, tasks=[free], lead=closed())
    actions.drop_task(**given, task=shared, reason="重复")
    refused(
        "task_closed", actions.assign, **given, tasks=[free, shared], lead=directory.unit(THIRD)
    )


def test_drops_a_task_and_keeps_it_with_the_reason(noon):
    task = town.promised_task(at=noon)

    actions.drop_task(by=town.planner(), at=noon, task=task, reason=" 政策调整 ")

    assert Task.objects.get().state == "dropped"
    step = Step.objects.get(verb="dropped")
    assert (step.was, step.becomes) == (
        {"state": "open"},
        {"state": "dropped", "reason": "政策调整"},
    )


def test_drops_no_task_without_a_reason_and_none_twice(noon):
    task = town.task(at=noon)
    given = {"by": town.planner(), "at": noon, "task": task}

    refused("no_reason", actions.drop_task, **given, reason=" ")
    actions.drop_task(**given, reason="重复")
    refused("task_closed", actions.drop_task, **given, reason="又来")
    refused("task_closed", actions.edit_task, **given, draft=town.draft())


def test_keeps_an_accepted_task_as_it_is(noon):
    task = town.accepted(at=noon)

    given = {"by": town.planner(), "at": noon, "task": task}
    refused("task_closed", actions.edit_task, **given, draft=TaskDraft.of(task))
    refused("task_closed", actions.drop_task, **given, reason="x")


def test_sets_milestones_and_reaches_them_once(noon):
    task = town.task(at=noon, starts_on=date(2026, 3, 1))
    given = {"by": town.planner(), "at": noon}
    for day in (date(2026, 2, 28), date(2027, 1, 1)):
        refused(
            "days_out_of_order", actions.add_milestone, **given, task=task, title="x", due_on=day
        )
    june = date(2026, 6, 30)
    refused("no_title", actions.add_milestone, **given, task=task, title=" ", due_on=june)

    milestone = actions.add_milestone(**given, task=task, title="教材编印", due_on=june)
    for by, day, code in (
        (town.officer(town.OTHER), june, "not_own_task"),
        (town.supervisor(), june, "not_allowed"),
        (town.officer(), date(2026, 11, 22), "not_yet"),
    ):
        reach = {"by": by, "at": noon, "milestone": milestone, "reached_on": day}
        refused(code, actions.reach_milestone, **reach)
    reach = {"by": town.officer(), "at": noon, "milestone": milestone, "reached_on": june}
    actions.reach_milestone(**reach)
    refused("already_reached", actions.reach_milestone, **reach)

    assert Milestone.objects.get().reached_on == june
    assert Step.objects.filter(verb__startswith="milestone").count() == 2
    actions.drop_task(**given, task=task, reason="x")
    refused("task_closed", actions.reach_milestone, **reach)
    refused("task_closed", actions.add_milestone, **given, task=task, title="x", due_on=june)

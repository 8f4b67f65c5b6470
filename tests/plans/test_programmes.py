from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import Measure, Programme, Step, Task
from tests.town import directory
from tests.town import plans as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def draft(**overrides):
    given = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    given |= {"title": "创建工作方案", "area": directory.area()}
    return actions.ProgrammeDraft(**given | overrides)


def refused(code, deed, *args, **kwargs):
    steps = Step.objects.count()
    with pytest.raises(Refused) as refusal:
        deed(*args, **kwargs)
    assert refusal.value.code == code
    assert Step.objects.count() == steps


def test_starts_a_programme_that_only_staff_see(noon):
    programme = actions.start_programme(by=town.planner(), at=noon, draft=draft(title=" 方案 "))

    assert (programme.title, programme.area.name, programme.published_at) == (
        "方案",
        "嘉峪关市",
        None,
    )
    step = Step.objects.get()
    assert (step.subject, step.verb, step.by_name) == (programme.code, "started", "规划员")
    assert step.becomes["ends_on"] == "2026-12-31"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"title": " "}, "no_title"), ({"ends_on": date(2025, 12, 31)}, "days_out_of_order")],
)
def test_refuses_a_programme_that_is_none(noon, wrong, code):
    refused(code, actions.start_programme, by=town.planner(), at=noon, draft=draft(**wrong))

    assert Programme.objects.count() == 0


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_programmes_to_planners(noon, role):
    programme = town.programme(at=noon)
    measure = town.measure(at=noon, programme=programme)
    given = {"by": actor(role), "at": noon}

    refused("not_allowed", actions.start_programme, **given, draft=draft())
    refused("not_allowed", actions.edit_programme, **given, programme=programme, draft=draft())
    refused("not_allowed", actions.add_measure, **given, programme=programme, title="x")
    refused("not_allowed", actions.edit_measure, **given, measure=measure, title="x")
    refused("not_allowed", actions.publish_programme, **given, programme=programme)

    assert Programme.objects.count() == Measure.objects.count() == 1


def test_adds_measures_one_after_another(noon):
    programme = town.programme(at=noon)

    made = [town.measure(at=noon, programme=programme, title=title) for title in "甲乙丙"]

    assert [measure.position for measure in made] == [0, 1, 2]
    refused(
        "no_title", actions.add_measure, by=town.planner(), at=noon, programme=programme, title=" "
    )


def test_rewords_a_measure_and_remembers(noon):
    measure = town.measure(at=noon, title="旧")

    actions.edit_measure(by=town.planner(), at=noon, measure=measure, title="新")

    measure.refresh_from_db()
    assert measure.title == "新"
    step = Step.objects.filter(subject=measure.code).last()
    assert (step.was, step.becomes) == ({"title": "旧"}, {"title": "新"})
    refused("no_title", actions.edit_measure, by=town.planner(), at=noon, measure=measure, title="")


def test_promises_every_task_when_it_is_published(noon):
    measured = town.task(at=noon, target=600)
    plain = town.task(at=noon, measure=measured.measure, due_on=None)
    dropped = town.task(at=noon, measure=measured.measure)
    actions.drop_task(by=town.planner(), at=noon, task=dropped, reason="重复")

    actions.publish_programme(by=town.planner(), at=noon, programme=measured.measure.programme)

    for task in (measured, plain, dropped):
        task.refresh_from_db()
    assert (measured.promised_at, measured.first_due_on, measured.first_target) == (
        noon,
        date(2026, 12, 31),
        600,
    )
    assert (plain.promised_at, plain.first_due_on) == (noon, None)
    assert dropped.promised_at is None
    step = Step.objects.get(verb="published")
    assert step.becomes == {"promised": 2}


def test_publishes_once(noon):
    programme = town.promised_task(at=noon).measure.programme

    refused(
        "already_published",
        actions.publish_programme,
        by=town.planner(),
        at=noon + timedelta(days=1),
        programme=programme,
    )

    programme.refresh_from_db()
    assert programme.published_at == noon


def test_publishes_no_empty_programme(noon):
    programme = town.programme(at=noon)

    refused(
        "nothing_to_promise",
        actions.publish_programme,
        by=town.planner(),
        at=noon,
        programme=programme,
    )

    programme.refresh_from_db()
    assert programme.published_at is None


def test_promises_a_task_at_once_that_comes_later(noon):
    first = town.promised_task(at=noon)

    later = town.task(at=noon + timedelta(days=9), measure=first.measure, target=5)

    assert (later.promised_at, later.first_due_on, later.first_target) == (
        noon + timedelta(days=9),
        date(2026, 12, 31),
        5,
    )


def test_keeps_place_and_days_of_a_published_programme(noon):
    programme = town.promised_task(at=noon).measure.programme
    same = {"starts_on": programme.starts_on, "ends_on": programme.ends_on}
    by = {"by": town.planner(), "at": noon, "programme": programme}

    refused("already_published", actions.edit_programme, **by, draft=draft())
    refused("no_title", actions.edit_programme, **by, draft=draft(title="", **same))
    refused(
        "days_out_of_order", actions.edit_programme, **by, draft=draft(ends_on=date(2020, 1, 1))
    )
    actions.edit_programme(**by, draft=draft(title="新名", **same))

    programme.refresh_from_db()
    assert (programme.title, programme.ends_on) == ("新名", date(2027, 12, 31))


def test_keeps_a_promised_task_against_every_program(noon):
    task = town.promised_task(at=noon)

    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        Task.objects.filter(pk=task.pk).delete()

    assert Task.objects.filter(pk=task.pk).exists()

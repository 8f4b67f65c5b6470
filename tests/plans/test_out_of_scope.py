"""What PRIVACY.md forbids becomes no task, typed or brought; and a claim that was sent back stands nowhere."""

from datetime import timedelta

import pytest

from linli.facts.models import Fact
from linli.kernel.refusals import Refused
from linli.plans.actions import add_milestone
from linli.plans.models import Measure, Task
from tests.town import plans as town

pytestmark = pytest.mark.django_db


REGISTER = "建立流动人口登记台账"


def test_plans_no_watching_of_people(noon):
    with pytest.raises(Refused, match="out_of_scope"):
        town.task(at=noon, title=REGISTER)
    with pytest.raises(Refused, match="out_of_scope"):
        town.measure(at=noon, title="在重点街区建成视频监控网络")

    assert not Task.objects.exists()
    assert not Measure.objects.filter(title__contains="视频").exists()


def test_takes_no_step_on_the_way_to_it(noon):
    task = town.task(at=noon)

    with pytest.raises(Refused, match="out_of_scope"):
        add_milestone(by=town.planner(), at=noon, task=task, title=REGISTER, due_on=task.due_on)

    assert not task.milestones.exists()


def test_would_plan_it_without_the_guard(noon, monkeypatch):
    monkeypatch.setattr("linli.plans.actions.tasks.refuse_watching", lambda *_words: None)

    assert town.task(at=noon, title=REGISTER).title == REGISTER


def test_withdraws_the_figure_of_a_report_that_was_sent_back(noon):
    task = town.promised_task(at=noon - timedelta(days=9), target=600)
    town.sent_back(at=noon - timedelta(days=5), task=task, value=600)

    assert not Fact.objects.current().exists()
    assert [fact.status for fact in Fact.objects.order_by("pk")] == ["claimed", "withdrawn"]

    town.accepted(at=noon - timedelta(days=2), task=task, value=600)
    assert [fact.status for fact in Fact.objects.current()] == ["evidenced"]

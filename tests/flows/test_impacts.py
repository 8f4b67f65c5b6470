"""From a project to its assessment, and from a decision that goes ahead to tasks of the plans and back."""

from datetime import timedelta

import pytest

from linli.assessments.actions import impacts
from linli.assessments.models import Mitigation, Subject
from linli.flows.impact_to_tasks import plan_mitigations
from linli.flows.project_to_impact import project_subject
from linli.plans.actions import publish_programme
from linli.plans.models import Ground, Programme, Task
from tests.town import impacts as here
from tests.town import plans, projects

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(noon):
    """A decision that lies open, with a high hazard that has one answer, and a small one that has none."""
    impact = here.opened(at=noon)
    here.assessed(impact, at=noon)
    hazard = here.hazard(impact, at=noon)
    return impact, here.answered(hazard, at=noon)


def test_plans_what_a_decision_promised_once_it_goes_ahead(promised, noon):
    impact, done = promised
    later = noon + timedelta(days=31)
    assert plan_mitigations(noon) == 0
    here.decided(impact, at=later)

    assert plan_mitigations(later) == 1

    task = Task.objects.get()
    assert (task.title, task.lead.name, task.due_on) == (done.words, here.PROPOSER, done.due_on)
    programme = task.measure.programme
    assert (programme.area, programme.published_at) == (impact.subject.area, None)
    assert impact.code in task.measure.title
    assert Ground.objects.get().about == done.code
    done.refresh_from_db()
    assert (done.task, done.state, done.task_due_on) == (task.code, "asked", done.due_on)


def test_tells_once_what_became_of_it(promised, noon, django_assert_max_num_queries):
    impact, done = promised
    later = noon + timedelta(days=31)
    here.decided(impact, at=later)
    plan_mitigations(later)
    assert plan_mitigations(later) == 0

    publish_programme(by=plans.planner(), at=later, programme=Programme.objects.get())

    assert plan_mitigations(later) == 1
    done.refresh_from_db()
    assert done.state == "promised"
    with django_assert_max_num_queries(6):
        assert plan_mitigations(later) == 0
    assert Task.objects.count() == 1


@pytest.mark.parametrize("outcome", ["change", "stop"])
def test_plans_nothing_of_what_does_not_go_ahead(promised, noon, outcome):
    impact, _done = promised
    later = noon + timedelta(days=31)
    here.decided(impact, at=later, outcome=outcome)

    assert plan_mitigations(later) == 0
    assert not Task.objects.exists()
    assert Mitigation.objects.get().task == ""


def test_plans_two_answers_of_one_decision_under_one_measure(promised, noon):
    impact, done = promised
    here.answered(done.hazard, at=noon, words="给老人送菜")
    later = noon + timedelta(days=31)
    here.decided(impact, at=later)

    assert plan_mitigations(later) == 2
    assert len(set(Task.objects.values_list("measure", flat=True))) == 1


def test_names_a_project_once_as_what_is_to_be_decided(noon):
    project = projects.project(at=noon)
    by = projects.officer()

    named = project_subject(by=by, at=noon, project=project)
    again = project_subject(by=by, at=noon, project=project)

    assert (named, named.kind, named.unit) == (again, Subject.PROJECT, project.unit)
    assert named.area == project.receiving
    draft = here.draft(at=noon, subject=named)
    assert impacts.begin_impact(by=by, at=noon, draft=draft).subject == named
    assert Subject.objects.count() == 1

"""The promise 风险评估: what a *decision* does to a place is asked before it is taken, lies open, is decided with reasons; what was
promised against its hazards becomes a task. It is never about a person. (In the browser: test_main_pages.py looks at it.)
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.assessments.models import Hazard, Impact
from linli.flows.impact_to_tasks import plan_mitigations
from linli.plans.models import Task
from tests.town import assessments, directory
from tests.town import impacts as here
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db


def test_a_hazard_of_a_decision_becomes_a_task(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    edition, unit = here.questions(at=noon), directory.unit(here.PROPOSER)
    officer = desk(assessments.officer(here.PROPOSER))

    # The unit says what it wants to decide, where it is felt, and answers the questions itself.
    press(
        officer, "/console/impacts/new/", name="夜市搬迁", unit=unit.code, area="620200",
        edition=edition.pk, words="把夜市搬到河东。", statement="道路通畅", places="嘉峪关市：摊位搬走",
    )  # fmt: skip
    impact = Impact.objects.get()
    at_desk, public = f"/console/impacts/{impact.code}/", f"/impacts/{impact.code}/"
    here.stated(impact, at=noon)
    assert client.get(public).status_code == 404
    press(officer, f"{at_desk}open/", until=f"{localdate(noon) + timedelta(days=30)}")
    assert "把夜市搬到河东。" in read(client, public)

    # Another unit assesses it; a hazard is named, and what is done against it promised.
    press(officer, f"{at_desk}hazards/", words="老年人买菜更远", severity="3")
    due = localdate(noon) + timedelta(days=120)
    press(officer, f"{at_desk}hazards/1/", words="增设便民早市", unit=unit.code, due_on=f"{due}")
    here.assessed(impact, at=noon)

    # Whoever decides says why. What was promised stands in the plans, led by who promised it.
    later = noon + timedelta(days=31)
    time_machine.move_to(later, tick=False)
    decider = desk(here.decider())
    press(
        decider, f"{at_desk}decide/", outcome="go", summary="查明", heard="采纳两条意见",
        reasons="利大于弊",
    )  # fmt: skip
    assert not Task.objects.exists()
    plan_mitigations(later)
    task = Task.objects.get()
    assert (task.title, task.lead, task.due_on) == ("增设便民早市", unit, due)
    plan_mitigations(later)
    assert Hazard.objects.count() == 1

    told = read(client, public)
    assert ("增设便民早市" in told, "利大于弊" in told, "决策人" in told) == (True, True, False)

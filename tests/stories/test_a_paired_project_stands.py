"""The promise 对口援建项目: a project that one place builds in another is planned, visited and finished, and its outcome counts
only when both sides say the same. (In the browser: test_projects.py, test_money_stories.py.)
"""

import pytest

from linli.facts.models import Fact
from linli.funds.models import Project
from tests.town import attested
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db


def test_both_sides_say_the_same_and_the_pair_is_public(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    project, rate = attested.project(at=noon), attested.share()
    giver, receiver = desk(attested.giver()), desk(attested.receiver())
    public = f"/funds/projects/{project.code}/"
    assert project.name in read(client, public)

    # The project aims at it, and says so first.
    press(giver, f"/console/funds/attest/{project.code}/aims/new/{rate.code}/", sense="fall")

    # What stood there before, and what came of it: each side says it for itself, with its paper.
    for year, value in (("2014", "22.88%"), ("2019", "0.26%")):
        _says(giver, project, rate, year, value)
        found = Fact.objects.current().filter(indicator=rate, period_from__year=int(year))
        assert found.get().status == Fact.CLAIMED
        _says(receiver, project, rate, year, value)
        assert found.filter(status=Fact.CONFIRMED).exists()

    # The public reads both figures, each with its address, and what a visit found.
    press(
        giver, f"/console/funds/projects/{project.code}/visit/", finding="fine",
        words="渠道通水。", day="2026-11-20",
    )  # fmt: skip
    told = read(client, public)
    assert "0.26" in told
    assert "渠道通水。" in told
    cited = (
        Fact.objects.current().filter(indicator=rate, status=Fact.CONFIRMED).latest("period_from")
    )
    assert "0.26" in read(client, f"/c/{cited.code}")
    assert Project.objects.get().visits.count() == 1


def _says(side, project, rate, year, value):
    press(
        side, f"/console/funds/attest/{project.code}/say/", what=rate.code, period=year, value=value,
        words=f"{year}年末贫困发生率{value}",
    )  # fmt: skip

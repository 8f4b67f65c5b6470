"""The desk: what waits for whom."""

from datetime import date, timedelta

import pytest

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.portal.desk import desk_entries
from tests.town import plans as town
from tests.town import writing

pytestmark = pytest.mark.django_db


def piles(by, at):
    return {pile.address.split("?")[-1]: pile.count for pile in desk_entries(by, at)}


def test_shows_each_role_its_own_piles(noon):
    late = town.promised_task(at=noon - timedelta(days=90), due_on=date(2026, 10, 1))
    town.reported(at=noon - timedelta(days=1), task=town.promised_task(at=noon - timedelta(days=2)))

    assert piles(town.supervisor(), noon) == {"state=reported": 1, "lamp=red": 1, "lamp=amber": 1}
    assert piles(town.planner(), noon) == {"lamp=red": 1, "lamp=amber": 1}
    assert len(piles(town.officer(late.lead.name), noon)) == 2
    assert piles(town.officer(town.OTHER), noon) == {}


def test_counts_reports_that_nobody_outside_reads(noon):
    writing.two_years(at=noon)
    writing.report(at=noon)
    writing.written(at=noon)

    assert piles(writing.officer(), noon)["state=waiting"] == 1
    assert piles(writing.planner(), noon)["state=waiting"] == 1
    assert "state=waiting" not in piles(town.officer(town.OTHER), noon)
    assert "state=waiting" not in piles(town.supervisor(), noon)


def test_counts_in_a_bounded_number_of_queries(noon, django_assert_max_num_queries):
    for _ in range(5):
        town.reported(at=noon, task=town.promised_task(at=noon - timedelta(days=1)))

    for by in (town.supervisor(), town.planner(), town.officer()):
        with django_assert_max_num_queries(13):
            desk_entries(by, noon)


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OFFICER, Role.SUPERVISOR])
def test_leads_to_pages_that_answer(client, role):
    unit = town.LEAD
    staff = Staff.objects.create(
        username="x", name="甲", role=role, unit=unit, password="long-enough-1"
    )
    client.force_login(staff)
    page = client.get("/console/").content.decode()

    ways = [part.split('"')[0] for part in page.split('<a href="')[1:]]
    answers = {way: client.get(way).status_code for way in ways if way.startswith("/console/")}

    assert len(answers) >= 7
    assert set(answers.values()) == {200}

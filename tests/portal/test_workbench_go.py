"""Going somewhere: by the words of a page, by the code of a thing; a list for a script, a page without one."""

import pytest
from django.urls import reverse

from linli.kernel.actors import Role
from linli.kernel.codes import new_code
from linli.kernel.models import Staff
from linli.portal.going.places import PLACES, may_enter
from tests.permissions.matrix import ROWS
from tests.town import cases as case_town
from tests.town import plans
from tests.town.staff import account

pytestmark = pytest.mark.django_db
GO = "/console/go/"
SCRIPT = {"HTTP_HX_REQUEST": "true"}


def addresses_on(answer):
    return [place.address for place in answer.context["places"]]


@pytest.mark.parametrize("role", list(Role)[:5])
def test_shows_each_role_what_its_doors_let_it_in(role):
    """As the matrix of permissions has it, which asks every door."""
    opens = {
        row.route: row.outcomes[role.value] in {"ok", "looked"}
        for row in ROWS
        if (row.method, row.of) == ("GET", "-")
    }
    asked = {name: may_enter(role, name) for _title, name in PLACES if name != "mfa_index"}

    assert asked == {name: opens.get(name) for name in asked}


def test_lists_the_places_of_a_role(client):
    client.force_login(account(Role.CLERK))

    shown = addresses_on(client.get(GO))

    assert reverse("cases:queue") in shown
    assert reverse("funds:console_list") not in shown


def test_finds_pages_by_their_words(client):
    client.force_login(account(Role.PLANNER))

    assert addresses_on(client.get(f"/en{GO}?q=LEDGER tree")) == ["/en/console/ledger/tree/"]
    assert addresses_on(client.get(f"{GO}?q=%00zzzz")) == []


def test_leads_to_what_has_a_code(client, noon):
    task = plans.task(at=noon)
    client.force_login(account(Role.PLANNER))
    page = reverse("plans:task", args=[task.code])

    assert client.get(f"{GO}?q={task.code.lower().replace('-', ' ')}").url == page
    answer = client.get(f"{GO}?q={task.code}", **SCRIPT)
    assert (answer.status_code, answer.context["thing"]) == (200, page)
    assert b"<html" not in answer.content


def test_finds_a_case_in_the_own_units_queue_alone(client, noon):
    case = case_town.asked(at=noon)

    def found(role, unit):
        person = Staff.objects.create(
            username=f"{role}{unit}", name="甲", role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(person)
        return client.get(f"{GO}?q={case.code}", **SCRIPT).context["thing"]

    assert found(Role.OFFICER, case_town.HOUSING) == reverse("cases:desk", args=[case.code])
    assert found(Role.OFFICER, plans.LEAD) == ""
    assert found(Role.PLANNER, case_town.HOUSING) == ""
    assert found(Role.SUPERVISOR, case_town.HOUSING) == ""


def test_asks_the_database_a_bounded_number_of_times(client, django_assert_max_num_queries):
    client.force_login(account(Role.PLANNER))

    with django_assert_max_num_queries(25):
        assert client.get(f"{GO}?q={new_code()}").status_code == 200

"""The page of a cause with its task, the task with its cases, and what a person reads of both."""

import pytest
import time_machine

from linli.cases.actions import causes
from linli.cases.models import CauseNews
from linli.flows import cause_to_measure as flow
from linli.plans.models import Ground, Task
from tests.cases.console import desk, main_of, page, said, send
from tests.flows.test_cause_to_measure import caused, planned, promised
from tests.town import cases, plans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


def of(cause, rest=""):
    return f"/console/causes/{cause.code}/{rest}"


def test_asks_from_the_page_of_the_cause(noon):
    cause, officer = caused(at=noon), desk(cases.officer())
    assert f'href="/en{of(cause, "measure/")}"' in main_of(officer.get(f"/en{of(cause)}"))
    assert "How many cases 2" in page(officer, of(cause, "measure/"))

    answer = send(officer, of(cause, "measure/"))

    assert answer.url == f"/en{of(cause)}"
    task = Task.objects.get()
    html = main_of(officer.get(f"/en{of(cause)}"))
    assert f'href="/en/console/tasks/{task.code}/"' in html
    assert "asked for: not promised yet" in html
    assert of(cause, "measure/") not in html


def test_shows_state_day_and_how_many_heard(noon):
    cause, task = promised(at=noon)
    flow.tell_of_tasks(noon)

    text = page(desk(cases.officer()), of(cause))

    assert task.code in text
    assert "2026-12-31" in text
    assert "2 cases heard it." in text


@pytest.mark.parametrize("who", [cases.supervisor(), cases.planner()])
def test_shows_who_oversees_the_cause_and_none_of_its_cases(noon, who):
    cause = caused(at=noon)
    html = main_of(desk(who).get(f"/en{of(cause)}"))

    assert cause.title in html
    assert of(cause, "measure/") in html
    assert of(cause, "settle/") not in html
    for case in cause.cases.all():
        assert case.code not in html
    assert cause.title in page(desk(who), "/console/causes/")


def test_hides_the_cause_of_another_unit(noon):
    cause = caused(at=noon)
    other = desk(cases.officer(cases.LEGAL))

    page(other, of(cause), status=404)
    page(other, of(cause, "measure/"), status=404)
    send(other, of(cause, "measure/"), 404)
    assert CauseNews.objects.count() == 0


def test_says_what_is_wrong_with_the_code(noon):
    cause, officer = caused(at=noon), desk(cases.officer())

    answer = send(officer, of(cause, "measure/"), 422, code="7K3M-92QD")

    assert "The plans have no task of this code." in said(answer)
    assert Ground.objects.count() == 0


def test_shows_on_the_task_how_many_asked_and_links_who_may_open_it(noon):
    cause, task = planned(at=noon)
    address = f'href="/en{of(cause)}"'
    pages = {
        who: main_of(desk(who).get(f"/en/console/tasks/{task.code}/"))
        for who in (cases.planner(), cases.officer(), cases.officer(cases.LEGAL))
    }

    for who, html in pages.items():
        assert "2 cases asked for this" in html
        assert (address in html) == (who.unit != cases.LEGAL)


@pytest.mark.parametrize(
    ("size", "said_so"), [(9, ""), (10, "10 cases or more"), (19, "10 cases or more")]
)
def test_says_outside_only_full_tens(client, noon, size, said_so):
    _cause, task = promised(at=noon, size=size)
    text = page(client, f"/promises/tasks/{task.code}/")

    assert ("Asked for by" in text) == bool(said_so)
    assert said_so in text


def test_leads_the_person_to_the_promise(client, noon):
    receipt = cases.receipt(at=noon)
    cause = causes.merge(by=cases.officer(), at=noon, cases=[receipt.case], title="电缆老化")
    task = flow.ask_measure(by=cases.officer(), at=noon, cause=cause)
    plans.actions.publish_programme(by=plans.planner(), at=noon, programme=task.measure.programme)
    flow.tell_of_tasks(noon)
    typed = {"code": receipt.case.code, "passphrase": receipt.passphrase}
    client.post("/en/follow/", typed)

    html = main_of(client.get(f"/en/follow/{receipt.case.code}/"))

    assert f'href="/en/promises/tasks/{task.code}/"' in html
    assert "It is promised in the plans" in html

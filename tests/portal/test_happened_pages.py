"""What happened with …: a public code leads to its chain, a slip to its door, and nothing is told to who has neither."""

import pytest

from linli.cases.views.tickets import FOLLOWING
from linli.kernel.actors import HOLDER
from linli.kernel.codes import new_code
from linli.offers.actions.booking import Wanted, book
from linli.portal.happened.doors import DOORS
from linli.portal.happened.threads import thread
from tests.town import cases, offers, plans, reports

pytestmark = pytest.mark.django_db
HERE = "/what-happened/"
WRONG = "0000 0000 0000 0000"


def test_leads_a_public_code_to_its_chain(client, noon):
    task = plans.promised_task(at=noon)

    answer = client.post(HERE, {"code": task.code.lower().replace("-", "")})

    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}{task.code}/")


def test_opens_a_case_and_a_booking_with_their_passphrase(client, noon):
    case = cases.receipt(at=noon)
    booking = book(by=HOLDER, at=noon, session=offers.session(at=noon), wanted=Wanted())

    for held, code, path in (
        (case, case.case.code, "/follow/"),
        (booking, booking.booking.code, "/bookings/"),
    ):
        answer = client.post(HERE, {"code": code, "passphrase": held.passphrase})

        assert answer["Location"] == f"{path}{code}/"
        assert client.get(answer["Location"]).status_code == 200
    assert FOLLOWING.name in client.cookies


def test_tells_nothing_of_what_is_not_public(client, noon):
    """Unknown, sealed and unpublished codes get the same page, but for the code that was typed."""
    kept, case = reports.report(at=noon), cases.receipt(at=noon).case
    unknown = new_code()

    def said(**asked):
        page = client.post(HERE, asked)
        text = page.content.decode().split("<main")[1].replace(asked["code"], "")
        return page.status_code, [part for part in text.split(">") if "csrf" not in part]

    without = [said(code=one) for one in (unknown, kept.code, case.code)]
    wrong = [said(code=one, passphrase=WRONG) for one in (unknown, kept.code, case.code)]

    assert without[0][0] == wrong[0][0] == 422
    assert without == [without[0]] * 3
    assert wrong == [wrong[0]] * 3
    assert without[0] != wrong[0]
    assert not {door.ticket.name for door in DOORS} & client.cookies.keys()


def test_counts_each_try_at_every_door(client, noon):
    case = cases.receipt(at=noon)
    for _try in range(6):
        client.post(HERE, {"code": case.case.code, "passphrase": WRONG})

    here = client.post(HERE, {"code": case.case.code, "passphrase": case.passphrase})
    there = client.post("/follow/", {"code": case.case.code, "passphrase": case.passphrase})

    assert [here.status_code, there.status_code] == [429, 429]
    assert int(here["Retry-After"]) > 0


def test_is_kept_by_nobody(client):
    assert client.get(HERE)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("code", ["x", "7K3M-92QX", "\0", "请", "a" * 60])
def test_says_when_a_code_is_none(client, code):
    assert client.post(HERE, {"code": code}).status_code == 422


def test_shows_the_chain_from_the_sentence_to_the_next_report(client, noon):
    earlier, later = (
        reports.published(at=noon, text=reports.JIAYUGUAN.replace("2025", year), name=year)
        for year in ("2024", "2025")
    )
    measure = plans.measure(at=noon)
    task = plans.promised_task(at=noon, measure=measure, target=600)
    plans.accepted(at=noon, task=task, value=600)

    steps = client.get(f"{HERE}{task.code}/").context["steps"]
    links = [[link.address for link in step.links] for step in steps]

    assert links[1] == [f"/promises/tasks/{task.code}/"]
    assert len(links[4]) == 1  # the figure that was accepted
    assert links[4][0].startswith("/c/")
    assert set(links[5]) <= {f"/reports/{one.code}/" for one in (earlier, later)}
    assert all(step.links or step.missing for step in steps)


def test_follows_a_report_to_the_tasks_that_came_of_it(noon):
    report = reports.published(at=noon, text=reports.JIAYUGUAN)

    found = thread("reports", report.code, noon)

    assert [found.tasks, found.reports] == [[], [report]]


def test_asks_a_bounded_number_of_queries(noon, django_assert_max_num_queries):
    task = plans.promised_task(at=noon, target=600)

    with django_assert_max_num_queries(9):
        thread("promises", task.code, noon)


@pytest.mark.parametrize("code", ["7K3M-92QD", "nothing"])
def test_has_no_chain_for_what_nobody_knows(client, code):
    assert client.get(f"{HERE}{code}/").status_code == 404

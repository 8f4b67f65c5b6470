"""What was paid for a promise stands beside what its offers gave, and a figure that stays inside has no cost."""

import pytest
import time_machine
from django.test import Client

from linli.flows.commitment_to_offer import count_delivered
from linli.flows.money_to_outcome import cost_of_figure, cost_of_one, outcome_of, pay_from
from linli.kernel.refusals import Refused
from linli.plans.models import Step
from tests.cases.console import desk
from tests.town import delivery, facts, plans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def linked(noon):
    """A promise that an officer has linked with its course and the account that paid, by the page."""
    made = delivery.whole(at=noon)
    page, officer = f"/console/tasks/{made.task.code}/delivery/", desk(plans.officer())
    assert page in officer.get(f"/console/tasks/{made.task.code}/").content.decode()
    offer = {"deed": "offer", "offer": made.offer.code, "counts": "sessions"}
    assert officer.post(page, offer).status_code == 302
    assert officer.post(page, {"deed": "account", "account": made.account.code}).status_code == 302
    return made


def test_shows_everybody_what_was_done_paid_and_what_one_cost(linked, noon):
    count_delivered(noon)
    page = Client().get(f"/promises/tasks/{linked.task.code}/delivered/")

    outcome = page.context["outcome"]
    assert [(one.sessions, one.meetings, one.places) for one in outcome.given] == [(2, 2, 70)]
    assert (outcome.spent, page.context["cost_of_one"], page.context["cost_of_place"]) == (
        35_000_00, 17_500_00, 500_00,
    )  # fmt: skip
    text = page.content.decode()
    assert [n in text for n in ("35,000.00", "17,500.00", "500.00")] == [True] * 3
    behind = Client().get(f"/offers/{linked.offer.code}/promise/").content.decode()
    assert f"/promises/tasks/{linked.task.code}/delivered/" in behind
    public = Client().get(f"/promises/tasks/{linked.task.code}/").content.decode()
    assert f"/promises/tasks/{linked.task.code}/delivered/" in public
    assert (
        f"/offers/{linked.offer.code}/promise/"
        in Client().get(f"/offers/{linked.offer.code}/").content.decode()
    )


def test_takes_a_link_back(linked):
    page, officer = f"/console/tasks/{linked.task.code}/delivery/", desk(plans.officer())

    answer = officer.post(page, {"deed": "end", "way": f"account:{linked.account.code}"})

    assert answer.status_code == 302
    public = Client().get(f"/promises/tasks/{linked.task.code}/delivered/")
    assert (public.context["outcome"].paid, public.context["cost_of_place"]) == ({}, None)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"deed": "offer"}, 422),
        ({"deed": "offer", "offer": "nobody"}, 422),
        ({"deed": "account", "account": "\0"}, 422),
        ({"deed": "end", "way": "offer:\0:x"}, 422),
        ({"deed": "else"}, 422),
    ],
)
def test_answers_nonsense_with_the_form(noon, sent, status):
    task = delivery.promise(at=noon)
    page = f"/console/tasks/{task.code}/delivery/"

    assert desk(plans.officer()).post(page, sent).status_code == status
    assert not Step.objects.filter(verb="served_by").exists()


def test_says_no_cost_of_people_who_have_not_passed_the_gate(noon):
    """The control is a figure of things, which may be said."""
    known = facts.fact("70", at=noon, indicator=delivery.promise(at=noon).indicator)
    people = facts.indicator("people.trained", at=noon, about_people=True, public=False)
    counted = facts.fact("70", at=noon, indicator=people, evidence=facts.query(at=noon))

    assert cost_of_figure(35_000_00, known) == 500_00
    assert cost_of_figure(35_000_00, counted) is None


def test_refuses_an_account_that_nobody_sees_or_that_pays_nobody(noon):
    task = delivery.promise(at=noon)
    hidden = delivery.paid_account(at=noon, published=False)

    for account, code in ((hidden, "not_published"), (_other(hidden, noon), "not_paid_out")):
        with pytest.raises(Refused) as refused:
            pay_from(by=plans.officer(), at=noon, task=task, account=account)
        assert refused.value.code == code
    assert not Step.objects.filter(verb="served_by").exists()


def _other(account, noon):
    fund = account.fund
    type(fund).objects.filter(pk=fund.pk).update(published_at=noon)
    return fund.accounts.select_related("fund").get(kind="budget")


@pytest.mark.parametrize(("spent", "of"), [(0, 5), (-1, 5), (100, 0), (100, None)])
def test_says_no_cost_of_nothing(spent, of):
    assert cost_of_one(spent, of) is None


def test_asks_the_same_for_many_offers_as_for_one(linked, noon, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        outcome_of(linked.task, noon)
    with django_assert_max_num_queries(26):
        Client().get(f"/promises/tasks/{linked.task.code}/delivered/")

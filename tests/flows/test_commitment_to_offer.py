"""A promise of courses: the offers that keep it count towards its target, and people are never counted there."""

from decimal import Decimal

import pytest

from linli.facts.models import Fact, Indicator
from linli.flows.commitment_to_offer import count_delivered, deliver_by
from linli.kernel.refusals import Refused
from linli.offers.models import Session
from linli.plans.actions.ways import unlink
from linli.plans.models import Step
from linli.plans.queries import row_of
from linli.plans.queries.ways import OFFER, Way, tasks_linked, ways_of
from linli.plans.rules.lamp import Lamp
from tests.town import delivery, offers, plans
from tests.town.races import at_once

pytestmark = pytest.mark.django_db


def said(noon, counts="sessions", by=None, **given):
    task = delivery.promise(at=noon, **given)
    offer = delivery.course(at=noon)
    deliver_by(by=by or plans.officer(), at=noon, task=task, offer=offer, counts=counts)
    return task, offer


def lamp(task, at):
    return row_of(task, at).lamp


def test_counts_what_was_held_until_the_promise_is_proven(noon):
    task, offer = said(noon)
    assert lamp(task, noon) != Lamp.GREEN

    count_delivered(noon)

    fact = Fact.objects.current().get(indicator=task.indicator)
    assert (fact.value, fact.status, fact.period_from.isoformat(), fact.period_until.isoformat()) == (
        2, Fact.EVIDENCED, "2026-01-01", "2027-01-01",
    )  # fmt: skip
    assert lamp(task, noon) == Lamp.GREEN
    assert tasks_linked(offer.code) == [task.code]
    assert count_delivered(noon) == 0
    assert Fact.objects.filter(indicator=task.indicator).count() == 1


@pytest.mark.parametrize(("counts", "value"), [("meetings", 2), ("places", 70), ("", None)])
def test_counts_only_what_somebody_said_counts(noon, counts, value):
    task, _offer = said(noon, counts)

    count_delivered(noon)

    found = Fact.objects.current().filter(indicator=task.indicator)
    assert [one.value for one in found] == ([Decimal(value)] if value else [])


def test_counts_neither_what_is_to_come_nor_what_was_called_off(noon):
    task, offer = said(noon)
    offers.session(35, at=noon, of=offer)
    Session.objects.filter(pk=offer.sessions.first().pk).update(
        cancelled_at=noon, cancelled_why="停电"
    )

    count_delivered(noon)

    assert Fact.objects.current().get(indicator=task.indicator).value == 1
    assert lamp(task, noon) != Lamp.GREEN


def test_counts_an_offer_of_two_promises_of_one_time_once(noon):
    task, offer = said(noon)
    other = delivery.promise(at=noon, measure=task.measure, title="再办两期")
    deliver_by(by=plans.officer(), at=noon, task=other, offer=offer, counts="sessions")

    count_delivered(noon)

    assert Fact.objects.current().get(indicator=task.indicator).value == 2


def test_withdraws_the_count_of_what_is_taken_back(noon):
    task, offer = said(noon)
    count_delivered(noon)

    unlink(by=plans.officer(), at=noon, task=task, way=Way(OFFER, offer.code, "", ""))
    count_delivered(noon)

    assert (ways_of(task.code), tasks_linked(offer.code)) == ([], [])
    assert not Fact.objects.current().standing().filter(indicator=task.indicator).exists()
    assert lamp(task, noon) != Lamp.GREEN


def _people(noon):
    Indicator.objects.filter(code="courses.held").update(about_people=True)


@pytest.mark.parametrize(
    ("code", "before", "given"),
    [
        ("not_own_task", None, {"by": plans.officer(plans.OTHER)}),
        ("not_allowed", None, {"by": plans.supervisor()}),
        ("unknown_count", None, {"counts": "people"}),
        ("counts_people", _people, {}),
        ("nothing_to_count", None, {"target": None, "indicator": None}),
    ],
)
def test_refuses_and_writes_nothing(noon, code, before, given):
    delivery.promise(at=noon)
    if before:
        before(noon)
    steps = Step.objects.filter(verb="served_by")

    with pytest.raises(Refused) as refused:
        said(noon, **given)

    assert (refused.value.code, steps.count()) == (code, 0)


def test_refuses_what_stands_there_what_nobody_sees_and_what_all_offers_count(noon):
    task, offer = said(noon)
    hidden = offers.offer(at=noon, published=False)
    counted = plans.indicator("offers.places", name="开放名额", unit="个", definition="名额")
    other = delivery.promise(at=noon, measure=task.measure, title="名额", indicator=counted)

    def refusal(**given):
        with pytest.raises(Refused) as refused:
            deliver_by(by=plans.officer(), at=noon, counts="sessions", **given)
        return refused.value.code

    assert refusal(task=task, offer=offer) == "linked_already"
    assert refusal(task=task, offer=hidden) == "not_published"
    assert refusal(task=other, offer=offer) == "counted_elsewhere"
    assert Step.objects.filter(verb="served_by").count() == 2
    with pytest.raises(Refused, match=r".") as refused:
        unlink(by=plans.officer(), at=noon, task=other, way=Way(OFFER, offer.code, "", ""))
    assert refused.value.code == "not_linked"


def test_asks_little_while_nothing_is_linked(noon, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert count_delivered(noon) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("guarded", "links"), [(True, 1), (False, 4)])
def test_links_once_when_four_link_at_once(noon, monkeypatch, guarded, links):
    """Without its question what stands there already, four lines are written."""
    task, offer = delivery.promise(at=noon), delivery.course(at=noon)
    if not guarded:
        monkeypatch.setattr("linli.plans.actions.ways.ways_of", lambda _code: [])

    failed = at_once(
        4, lambda _number: deliver_by(by=plans.officer(), at=noon, task=task, offer=offer)
    )

    assert [one.code for one in failed] == ["linked_already"] * (4 - links)
    assert Step.objects.filter(subject=task.code, verb="served_by").count() == links

"""Many cases, one cause: each keeps its clocks, everybody hears."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions import causes, reading
from linli.cases.models import Case, Cause, Step
from linli.kernel.actors import Role
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def merged(*cases, title="三号线路灯电缆老化", **given):
    return causes.merge(by=town.officer(), at=MONDAY, cases=cases, title=title, **given)


def test_joins_cases_and_leaves_each_its_clocks():
    first, second = town.taken(at=MONDAY), town.asked(at=MONDAY + timedelta(days=1))
    before = list(Case.objects.order_by("id").values_list("due_at", "next_due_at", "state"))

    cause = merged(first, second)

    assert list(cause.cases.order_by("id")) == [first, second]
    now = list(Case.objects.order_by("id").values_list("due_at", "next_due_at", "state"))
    assert now == before
    assert Step.objects.filter(verb="merged", kind=cause.code).count() == 2


def test_adds_to_a_cause_that_is_known():
    cause = merged(town.asked(at=MONDAY))

    merged(town.asked(at=MONDAY), title="", cause=cause)

    assert (cause.cases.count(), Cause.objects.count()) == (2, 1)


def test_tells_everybody_when_it_is_settled():
    contact = town.Contact("sms", "13800000000")
    first, second = town.asked(at=MONDAY, contact=contact), town.closed(at=MONDAY)
    cause = merged(first)
    Case.objects.filter(pk=second.pk).update(cause=cause)
    town.asked(at=MONDAY)

    told = causes.settle(by=town.officer(), at=MONDAY, cause=cause, words="电缆已更换。")

    assert told == 2
    for case in (first, second):
        assert reading.own(at=MONDAY, case=case).steps[-1].words == "电缆已更换。"
    assert Message.objects.count() == 1
    cause.refresh_from_db()
    assert (cause.settled_at, cause.settled_words) == (MONDAY, "电缆已更换。")
    with pytest.raises(Refused, match="cause_settled"):
        causes.settle(by=town.officer(), at=MONDAY, cause=cause, words="再。")
    with pytest.raises(Refused, match="cause_settled"):
        merged(town.asked(at=MONDAY), cause=cause)
    with pytest.raises(Refused, match="cause_settled"):
        causes.meet_by(by=town.planner(), at=MONDAY, cause=cause, measure="7K3M-92QD")


def test_tells_nobody_whose_case_is_over(django_capture_on_commit_callbacks):
    cause = merged(town.asked(at=MONDAY))
    late = MONDAY + timedelta(days=2000)
    destroy_due(late)

    assert causes.settle(by=town.officer(), at=late, cause=cause, words="已更换。") == 0


def test_says_which_measure_meets_it():
    cause = merged(town.asked(at=MONDAY))

    assert (
        causes.meet_by(by=town.planner(), at=MONDAY, cause=cause, measure="7K3M-92QD").measure
        == "7K3M-92QD"
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [({"title": " "}, "no_title"), ({"title": "长" * 121}, "title_too_long")],
)
def test_refuses_a_cause_without_a_name(given, code):
    case = town.asked(at=MONDAY)

    with pytest.raises(Refused, match=code):
        merged(case, **given)

    assert Cause.objects.count() == 0


def test_joins_own_open_cases_that_have_no_cause_yet():
    other = town.asked(at=MONDAY, topic=town.topic("paper", unit=town.LEGAL))
    case = town.asked(at=MONDAY)
    for cases, code in (
        ((), "no_cases"),
        ((case, other), "not_own_case"),
        ((case, town.closed(at=MONDAY)), "case_closed"),
    ):
        with pytest.raises(Refused, match=code):
            merged(*cases)
    assert Cause.objects.count() == 0
    merged(case)
    with pytest.raises(Refused, match="already_merged"):
        merged(case)


def test_settles_the_causes_of_ones_own_unit():
    cause = merged(town.asked(at=MONDAY))
    other = town.asked(at=MONDAY, topic=town.topic("paper", unit=town.LEGAL))
    legal = {"by": town.officer(town.LEGAL), "at": MONDAY, "cause": cause}

    with pytest.raises(Refused, match="not_own_cause"):
        causes.settle(**legal, words="已办。")
    with pytest.raises(Refused, match="not_own_cause"):
        causes.merge(**legal, cases=[other])
    with pytest.raises(Refused, match="no_words"):
        causes.settle(by=town.officer(), at=MONDAY, cause=cause, words=" ")
    with pytest.raises(Refused, match="not_allowed"):
        causes.settle(by=actor(Role.SUPERVISOR), at=MONDAY, cause=cause, words="已办。")
    cause.refresh_from_db()
    assert cause.settled_at is None

"""Priority areas follow from a published share; money that goes by a rule can be held against it."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.intervals import BOUNDS, interval
from linli.funds.actions import priorities
from linli.funds.models import Criterion, Priority
from linli.funds.queries.priorities import ground, ranked
from linli.funds.rules import priorities as rule
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import attested as town
from tests.town import directory
from tests.town import funds as purse
from tests.town.staff import actor

SHARES = st.decimals(0, 100, places=2)


@given(SHARES, SHARES, st.sampled_from(BOUNDS), st.booleans())
def test_names_an_area_only_when_no_reading_of_its_share_lies_below(
    value, threshold, bound, proven
):
    share = interval(value, bound)
    state = rule.standing(share, proven=proven, threshold=threshold)

    assert (state in {rule.PRIORITY, rule.CLAIMED}) == (
        share.low is not None and share.low >= threshold
    )
    assert (state == rule.PRIORITY) <= proven
    if bound == "exact":
        assert (state == rule.BELOW) == (value < threshold)


def draft(at, **given):
    here, _there = town.places()
    more = {
        "name": "重点县区", "indicator": town.official(), "threshold": Decimal(15), "source": "实施意见",
        "unit": directory.unit(town.GIVER, area=here), "words": "占比达到15%的列为重点。",
    } | given  # fmt: skip
    return priorities.PriorityDraft(**more)


def said(at, *, published=True, by=None, **given):
    made = priorities.say_rule(by=by or town.giver(), at=at, draft=draft(at, **given))
    if published:
        made = priorities.publish_rule(by=town.giver(), at=at, priority=made)
    return made


def refused(code, deed):
    count = Priority.objects.count(), Criterion.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return (
        caught.value.code == code and (Priority.objects.count(), Criterion.objects.count()) == count
    )


@pytest.mark.django_db
def test_ranks_areas_by_the_newest_share_that_is_known(noon, django_assert_max_num_queries):
    share, (here, there) = town.official(), town.places()
    third = directory.area("620103", name="七里河区", level="county")
    town.fact(share, here, "16", at=noon, year=2010)
    town.fact(share, here, "14.9", at=noon, year=2020)
    town.fact(share, there, "15", at=noon, year=2020)
    town.fact(share, third, "15.4", at=noon, year=2018, status="claimed")
    found = said(noon)

    with django_assert_max_num_queries(1):
        areas = ranked(found)
    assert [(one.area.name, one.state, one.fact.value) for one in areas] == [
        ("石渠县", rule.PRIORITY, 15), ("七里河区", rule.CLAIMED, Decimal("15.4")),
        ("金牛区", rule.BELOW, Decimal("14.9")),
    ]  # fmt: skip


@pytest.mark.django_db
def test_holds_money_against_the_rule_that_it_goes_by(noon):
    share, (here, there) = town.official(), town.places()
    town.fact(share, there, "20", at=noon)
    project = town.project(at=noon)
    town.project(
        at=noon, of=project.programme, name="本地项目", receiving=here, amount=5, published=False
    )
    found = said(noon)
    named = priorities.name_criterion(
        by=town.giver(), at=noon, priority=found, of=project.programme
    )
    came = ground(named)
    assert [(one.name, one.priority) for one in came.places] == [
        ("县城供水改造", True),
        ("本地项目", False),
    ]
    assert (came.amount, came.to_priority) == (100_000_005, 100_000_000)
    assert ground(named, public=True).amount == 100_000_000

    fund = purse.fund(at=noon)
    town_unit = directory.unit(
        "石渠县财政局", area=directory.area("513332100", name="尼呷镇", level="town")
    )
    budget = purse.account(fund, "budget", at=noon)
    ready = purse.account(fund, "appropriated", at=noon)
    given_to = purse.account(fund, "allocated", at=noon, unit=town_unit)
    purse.posted(fund, "appropriate", (budget, ready, 70), at=noon)
    purse.posted(fund, "allocate", (ready, given_to, 70), at=noon)
    came = ground(priorities.name_criterion(by=purse.officer(), at=noon, priority=found, of=fund))
    assert (came.amount, came.to_priority) == (70, 70)


@pytest.mark.django_db
def test_refuses_what_is_no_rule(noon):
    plain = town.share()
    assert refused("not_official", lambda: said(noon, indicator=plain))
    assert refused("threshold_wrong", lambda: said(noon, threshold=Decimal(0)))
    assert refused("threshold_wrong", lambda: said(noon, threshold=Decimal(101)))
    assert refused("no_name", lambda: said(noon, name=" "))
    assert refused("no_words", lambda: said(noon, words=" "))
    assert refused("not_own_unit", lambda: said(noon, by=town.receiver()))
    assert refused("not_allowed", lambda: said(noon, by=actor(Role.SUPERVISOR)))

    line, found = town.programme(at=noon), said(noon, published=False)

    def name():
        return priorities.name_criterion(by=town.giver(), at=noon, priority=found, of=line)

    assert refused("not_published", name)
    found = priorities.publish_rule(by=town.giver(), at=noon, priority=found)
    assert refused(
        "already_published",
        lambda: priorities.publish_rule(by=town.giver(), at=noon, priority=found),
    )
    named = name()
    assert refused("already_named", name)
    priorities.end_criterion(by=town.giver(), at=noon, criterion=named)
    assert refused(
        "already_ended",
        lambda: priorities.end_criterion(by=town.giver(), at=noon, criterion=named),
    )
    name()


@pytest.mark.django_db
def test_says_for_ever_what_it_said(noon):
    found = said(noon)
    for change in (
        {"threshold": 1},
        {"indicator": town.share()},
        {"name": "别的"},
        {"published_at": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Priority.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        found.delete()
    found.pk, found.code, found.indicator = None, "TEST-0000", town.share()
    with pytest.raises(DatabaseError), transaction.atomic():
        found.save(force_insert=True)

"""What projects are to change: values are facts, a target that moves keeps what it was, progress is never flattered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.models import Fact, Indicator
from linli.facts.queries import contradictions
from linli.facts.rules import periods
from linli.funds.actions import aims
from linli.funds.models import Aim
from linli.funds.queries.aims import measured
from linli.funds.rules import aims as rule
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import attested as town
from tests.town.staff import actor

VALUES = st.decimals(0, 100, places=2)


def course(sense="fall", baseline=None, target=None, actual=None):
    def value(one):
        return None if one is None else Decimal(one)

    now = value(actual)
    return rule.Course(sense, value(baseline), value(target), now, low=now, high=now)


@given(st.sampled_from(["rise", "fall"]), VALUES, VALUES, VALUES)
def test_measures_a_way_from_nothing_to_all_of_it(sense, baseline, target, actual):
    way = rule.Course(sense, baseline, target, actual, low=actual, high=actual)
    behind, state = rule.progress(way), rule.state(way)

    assert 0 <= behind <= 100
    assert (behind == 100) == (state == rule.REACHED)
    assert (state == rule.WORSE) <= (behind == 0)


@pytest.mark.parametrize(
    ("way", "state", "behind"),
    [
        (course(baseline="22.88", target="0.3", actual="0.26"), rule.REACHED, 100),
        (course(baseline="22.88", target="0.25", actual="0.26"), rule.UNDER_WAY, 99),
        (course(baseline="22.88", actual="0.26"), rule.OPEN, None),
        (course(baseline="22.88", actual="23"), rule.WORSE, None),
        (course("rise", baseline="10", target="20", actual="15"), rule.UNDER_WAY, 50),
        (course("rise", baseline="10", target="20"), rule.UNMEASURED, None),
    ],
)
def test_says_where_it_stands(way, state, behind):
    assert (rule.state(way), rule.progress(way)) == (state, behind)


def test_calls_nothing_reached_that_could_still_miss():
    almost = rule.Course(
        "fall", Decimal(20), Decimal(5), Decimal(5), low=Decimal(4), high=Decimal(6)
    )

    assert (rule.state(almost), rule.progress(almost)) == (rule.UNDER_WAY, 99)


@pytest.fixture
def project(db, noon):
    return town.project(at=noon)


def target(value="0.5", year=2020, words="脱贫规划"):
    return aims.Target(value=Decimal(value), period=periods.year(year), words=words)


def named(project, at, **given):
    more = {"by": town.giver(), "indicator": town.share(), "sense": "fall"} | given
    return aims.name_aim(at=at, project=project, **more)


def refused(code, deed):
    count = Aim.objects.count(), Fact.objects.count(), Indicator.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    after = Aim.objects.count(), Fact.objects.count(), Indicator.objects.count()
    return caught.value.code == code and after == count


def test_shows_before_and_after_as_facts(project, noon, django_assert_max_num_queries):
    rate, area = town.share(), project.receiving
    before = town.fact(rate, area, "22.88", at=noon, year=2014)
    after = town.fact(rate, area, "0.26", at=noon, year=2019)
    town.fact(rate, area, "0.9", at=noon, year=2018)
    named(project, noon, baseline=before, target=target())

    with django_assert_max_num_queries(4):
        (one,) = measured([project], public=True)
        assert (one.baseline, one.actual) == (before, after)
        assert (one.target.value, one.target.bound) == (Decimal("0.5"), "at_most")
        assert (one.state, one.progress) == (rule.REACHED, 100)
    assert one.target.indicator.code == "poverty.rate.target"
    assert contradictions() == []


def test_keeps_what_was_aimed_at_first(project, noon):
    aim = named(project, noon, target=target("0.1"))
    later = noon + timedelta(days=1)
    assert refused(
        "no_reason",
        lambda: aims.set_target(by=town.giver(), at=later, aim=aim, target=target("0.5")),
    )
    assert refused(
        "period_kept",
        lambda: aims.set_target(
            by=town.giver(), at=later, aim=aim, target=target("0.5", 2021), reason="延期"
        ),
    )
    aims.set_target(by=town.giver(), at=later, aim=aim, target=target("0.5"), reason="调整规划")

    (one,) = measured([project])
    assert (one.target.value, one.first_target.value) == (Decimal("0.5"), Decimal("0.1"))
    assert one.target.reason == "调整规划"


def test_reads_corrections_where_they_are_made(project, noon):
    rate = town.share()
    before = town.fact(rate, project.receiving, "22.8", at=noon)
    named(project, noon, baseline=before)
    from linli.facts import actions as facts

    facts.correct(
        by=actor(), at=noon, fact=before, status="evidenced", evidence=before.evidence, reason="印误",
        statement=facts.Statement(Decimal("22.88")),
    )  # fmt: skip

    (one,) = measured([project])
    assert one.baseline.value == Decimal("22.88")


def test_refuses_what_is_no_aim(project, noon):
    rate = town.share()
    elsewhere = town.fact(rate, project.giving, "3", at=noon)
    assert refused(
        "official_only", lambda: named(project, noon, indicator=town.official("share.of"))
    )
    assert refused("unknown_sense", lambda: named(project, noon, sense="sideways"))
    assert refused("other_fact", lambda: named(project, noon, baseline=elsewhere))
    assert refused("not_own_unit", lambda: named(project, noon, by=town.receiver()))
    assert refused("not_allowed", lambda: named(project, noon, by=actor(Role.CLERK)))
    assert refused("no_words", lambda: named(project, noon, target=target(words=" ")))

    aim = named(project, noon, baseline=town.fact(rate, project.receiving, "22.88", at=noon))
    assert refused("already_named", lambda: named(project, noon))
    assert refused(
        "already_set",
        lambda: aims.set_baseline(by=town.giver(), at=noon, aim=aim, fact=elsewhere),
    )


def test_never_forgets_an_aim(project, noon):
    aim = named(project, noon, target=target())
    other = town.fact(town.share("other.rate"), project.receiving, "1", at=noon)
    for change in (
        {"sense": "rise"},
        {"target": None},
        {"target": other},
        {"indicator": other.indicator},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Aim.objects.filter(pk=aim.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        aim.delete()

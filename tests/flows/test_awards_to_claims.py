"""What a level of a scheme counts as becomes facts, and proves what was claimed of it."""

from datetime import UTC, datetime

import pytest

from linli.assessments.actions import counting
from linli.facts.models import Fact
from linli.flows.awards_to_claims import count_awards
from linli.kernel.refusals import Refused
from tests.town import assessments as town
from tests.town import facts, notices

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def counted(round_, **counts):
    return counting.count_levels(by=town.planner(), at=AT, scheme=round_.scheme, counts=counts)


def claim(value, indicator):
    return facts.fact(
        value, at=AT, indicator=indicator, area=town.directory.area(), period="2026",
        evidence=facts.span(at=AT, words=f"{value}个"),
    )  # fmt: skip


def test_proves_a_claim_of_the_same_year_by_the_register():
    city = facts.indicator("recognition.city", at=AT, unit="item", adds_up=False)
    claimed = claim("1", city)
    round_ = notices.round_(at=AT)
    counted(round_, city=city)
    award, _later = notices.named("甲社区", at=AT, of=round_)

    later = award.at
    assert count_awards(later) == 1
    now = Fact.objects.current().get(supersedes=claimed)
    assert (now.status, now.value) == (Fact.EVIDENCED, 1)
    assert count_awards(later) == 0


def test_proves_nothing_that_the_register_does_not_bear_out():
    city = facts.indicator("recognition.city", at=AT, unit="item", adds_up=False)
    claimed = claim("2", city)
    round_ = notices.round_(at=AT)
    counted(round_, city=city)
    award, _later = notices.named("甲社区", at=AT, of=round_)

    assert count_awards(award.at) == 0
    assert Fact.objects.current().filter(pk=claimed.pk, status=Fact.CLAIMED).exists()


def test_counts_units_as_nothing_else():
    people = facts.indicator("training.people", at=AT, about_people=True)
    round_ = town.opened(at=AT)
    refusals = []
    for counts in ({"city": people}, {"village": None}):
        with pytest.raises(Refused) as refused:
            counted(round_, **counts)
        refusals.append(refused.value.code)

    round_.scheme.refresh_from_db()
    assert refusals == ["not_a_count", "unknown_level"]
    assert not any(one.get("indicator") for one in round_.scheme.levels)

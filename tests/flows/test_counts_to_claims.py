"""A claim about what we count ourselves is proven by the count, and by nothing else."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from linli.facts import actions
from linli.facts.actions import Statement, compute
from linli.facts.models import Fact
from linli.facts.rules import periods
from linli.flows.counts_to_claims import prove_claims
from linli.kernel.actors import system
from linli.offers.figures import FIGURES
from tests.town import courses, directory, facts, offers
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
AFTER = AT + timedelta(days=40)
EMPLOYED = next(one for one in FIGURES if one.name == "offers.employed")


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def counted(people):
    """Have so many people found work after a course, and count them."""
    session = offers.session(60, at=AT, most_together=60)
    one = courses.taken(session, at=AT, size=people)
    courses.over(session, one)
    courses.reached(one, "employed", at=AT + timedelta(days=31), people=people)
    compute(by=system("test"), at=AFTER, figure=EMPLOYED)


def claimed(value, bound="exact", year=2026):
    known = Fact.objects.filter(indicator__code="offers.employed").first()
    indicator = known.indicator if known else facts.indicator("offers.employed")
    return actions.record(
        by=actor(), at=AFTER, indicator=indicator, area=directory.area(),
        period=periods.year(year), statement=Statement(Decimal(value), bound), status=Fact.CLAIMED,
        evidence=facts.span(at=AFTER, words=f"{value}名学员全部就业"),
    )  # fmt: skip


def now(claim):
    return Fact.objects.filter(supersedes=claim).first() or claim


@pytest.mark.parametrize(
    ("value", "bound"), [(24, "exact"), (26, "approx"), (25, "approx_below"), (20, "at_least")]
)
def test_proves_what_the_count_bears_out(value, bound):
    counted(24)
    claim = claimed(value, bound)

    assert prove_claims(AFTER) == 1

    proven = now(claim)
    assert (proven.status, proven.value, proven.bound) == (Fact.EVIDENCED, value, bound)
    assert proven.evidence.kind == "query"
    assert Fact.objects.get(pk=claim.pk).status == Fact.CLAIMED
    assert prove_claims(AFTER) == 0


@pytest.mark.parametrize(("value", "bound"), [(25, "exact"), (40, "approx"), (24, "more_than")])
def test_leaves_a_claim_that_the_count_does_not_bear_out(value, bound):
    counted(24)
    claim = claimed(value, bound)

    assert prove_claims(AFTER) == 0
    assert now(claim).status == Fact.CLAIMED


def test_leaves_a_claim_of_another_year_or_of_what_is_not_counted():
    counted(24)
    claim = claimed(24, year=2025)
    other = actions.record(
        by=actor(), at=AFTER, indicator=facts.indicator("training.trained"), area=directory.area(),
        period=periods.year(2026), statement=Statement(Decimal(24), "exact"), status=Fact.CLAIMED,
        evidence=facts.span(at=AFTER),
    )  # fmt: skip
    assert prove_claims(AFTER) == 0
    assert {now(claim).status, now(other).status} == {Fact.CLAIMED}


def test_leaves_a_claim_where_too_few_are_counted_to_be_told():
    counted(9)
    claim = claimed(9)
    assert prove_claims(AFTER) == 0
    assert now(claim).status == Fact.CLAIMED

"""What a report claims of money is proven by the ledger, part by part, and by nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from linli.facts.models import Fact
from linli.flows.ledger_to_claims import count_money
from linli.funds.actions import ledger, tallies
from linli.funds.models import Fund, Tally
from linli.kernel.refusals import Refused
from linli.reports.queries.review import facts_taken
from linli.reports.views.page import reading_page
from tests.town import facts, funds, reports
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
HALF = 112_524_000  # fen: 1,125,240 yuan
PARTS = ("funds.city", "funds.county", "funds.all")


@pytest.fixture
def fund(noon):
    made = funds.fund(at=noon)
    Fund.objects.filter(pk=made.pk).update(published_at=noon)
    return Fund.objects.get(pk=made.pk)


def money(code, at, **given):
    return facts.indicator(code, at=at, kind="money", unit="CNY", **given)


def counted(account, code, at):
    return tallies.count_as(by=funds.officer(), at=at, account=account, indicator=money(code, at))


def claimed(code, value, at, period="2016"):
    return facts.fact(
        value, at=at, indicator=money(code, at), period=period, evidence=facts.span(at=at)
    )


def status(claim):
    after = Fact.objects.filter(supersedes=claim).first()
    return (after or claim).status


class Subsidy:
    """Two halves and their whole, claimed of 2016; accounts of both sides, counted as them."""

    def __init__(self, fund, noon):
        self.fund, self.noon = fund, noon
        self.budget = funds.account(fund, "budget", at=noon)
        self.city = funds.account(fund, "appropriated", at=noon)
        self.county = funds.account(fund, "matched", at=noon)
        self.claims = [
            claimed(code, yuan, noon)
            for code, yuan in zip(PARTS, ("1125240", "1125240", "2250480"), strict=True)
        ]
        for account, code in ((self.city, 0), (self.county, 1), (self.city, 2), (self.county, 2)):
            counted(account, PARTS[code], noon)

    def posts(self, verb, into, amount, day=date(2016, 6, 1)):
        line = (self.budget, into, amount)
        return funds.posted(self.fund, verb, line, at=self.noon, day=day)

    def statuses(self):
        return [status(one) for one in self.claims]


@pytest.fixture
def subsidy(fund, noon):
    return Subsidy(fund, noon)


def test_proves_each_half_when_it_stands_and_then_the_whole(subsidy, noon):
    subsidy.posts("appropriate", subsidy.city, HALF)
    assert count_money(noon) == 1
    assert subsidy.statuses() == ["evidenced", "claimed", "claimed"]

    later = noon + timedelta(days=1)
    subsidy.posts("match", subsidy.county, HALF)
    assert count_money(later) == 2
    assert subsidy.statuses() == ["evidenced"] * 3
    proven = Fact.objects.get(supersedes=subsidy.claims[0])
    assert (proven.evidence.kind, proven.evidence.address) == (
        "query", f"/funds/{subsidy.fund.code}/#{PARTS[0]}",
    )  # fmt: skip
    assert count_money(later) == 0


def test_proves_nothing_by_a_fen_too_few_another_year_or_what_was_taken_back(subsidy, noon):
    subsidy.posts("appropriate", subsidy.city, HALF - 1)
    subsidy.posts("appropriate", subsidy.city, 1, day=date(2017, 1, 1))
    entry = subsidy.posts("match", subsidy.county, HALF)
    ledger.reverse(by=funds.officer(), at=noon, entry=entry, day=date(2016, 7, 1), words="退回")

    assert count_money(noon) == 0
    assert subsidy.statuses() == ["claimed"] * 3


def test_keeps_what_it_proved_when_it_counts_on(subsidy, noon):
    """Two claims of one amount, one of several years: neither is taken for a count, nor counted twice."""
    longer = claimed(PARTS[0], "1125240", noon, period="2015/2016")
    subsidy.posts("appropriate", subsidy.city, HALF)
    assert count_money(noon) == 2
    subsidy.posts("appropriate", subsidy.city, HALF, day=date(2017, 6, 1))

    assert count_money(noon + timedelta(days=1)) == 0
    assert (status(longer), status(subsidy.claims[0])) == ("evidenced", "evidenced")
    third = claimed(PARTS[0], "2250480", noon + timedelta(days=2), period="2016/2017")
    assert count_money(noon + timedelta(days=2)) == 1
    assert status(third) == "evidenced"


def test_proves_nothing_by_what_nobody_can_see(subsidy, noon):
    Fund.objects.update(published_at=None)
    subsidy.posts("appropriate", subsidy.city, HALF)
    assert count_money(noon) == 0


def test_withdraws_what_is_counted_no_more(subsidy, noon):
    subsidy.posts("appropriate", subsidy.city, HALF)
    count_money(noon)
    counts = Fact.objects.current().filter(evidence__source="资金账簿")
    assert counts.filter(indicator__code=PARTS[2]).get().value == Decimal(1_125_240)

    for one in Tally.objects.filter(indicator__code=PARTS[2]):
        tallies.count_no_more(by=funds.officer(), at=noon, tally=one)
    count_money(noon + timedelta(days=1))
    assert not counts.filter(indicator__code=PARTS[2]).exists()


@pytest.mark.parametrize("wrong", ["unit", "kind", "adds_up", "account", "officer"])
def test_refuses_to_count_what_cannot_be_counted(fund, noon, wrong):
    account = funds.account(fund, "budget" if wrong == "account" else "matched", at=noon)
    given = {"unit": {"unit": "USD"}, "kind": {"kind": "count"}, "adds_up": {"adds_up": False}}
    indicator = facts.indicator(
        "funds.wrong", at=noon, **{"kind": "money", "unit": "CNY"} | given.get(wrong, {})
    )
    by = funds.officer(unit="别的局") if wrong == "officer" else funds.officer()
    with pytest.raises(Refused) as caught:
        tallies.count_as(by=by, at=noon, account=account, indicator=indicator)
    codes = {"account": "comes_from_outside", "officer": "not_own_unit"}
    assert caught.value.code == codes.get(wrong, "not_money")
    assert not Tally.objects.exists()


def test_shows_a_sum_of_a_report_as_proven_when_its_parts_are(noon):
    report = reports.published(at=noon)
    claim = report.reading["constraints"][0]
    assert (claim["parts"], claim["whole"], claim["holds"]) == ([400_000, 600_000], 1_000_000, True)

    def proof():
        (told,) = [one for one in reading_page(report)["arithmetic"] if one["kind"] == "sum"]
        return [str(one.value.normalize()) for one in told["proof"]]

    made = {}
    for figure in report.reading["figures"]:
        if figure["value"] in {400_000, 600_000}:
            made[figure["id"]] = claimed(f"funds.{figure['id']}", figure["value"], noon, "2023")
    for item, fact in made.items():
        report.taken.create(
            item=item, kind="fact", code=fact.code,
            by_name="甲", by_role="planner", by_unit="乙", at=noon,
        )  # fmt: skip
    assert set(facts_taken(report)) == set(made)
    for number, fact in enumerate(made.values()):
        assert proof() == []
        facts.actions.raise_status(
            by=actor(), at=noon, fact=fact, status="evidenced", reason="账簿",
            evidence=facts.file(at=noon, data=bytes([number])),
        )  # fmt: skip
    assert [Decimal(one) for one in proof()] == [400_000, 600_000]

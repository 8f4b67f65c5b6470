"""Figures of money and projects: by place and year, of published funds alone, each a fact that leads back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from linli.facts.actions import compute
from linli.facts.models import Evidence, Fact, Indicator
from linli.funds.actions import publishing
from linli.funds.figures import FIGURES
from linli.kernel.actors import system
from tests.town import directory, money
from tests.town import funds as town

BY_NAME = {one.name.removeprefix("funds."): one for one in FIGURES}
DONE = ("planned", "running", "delayed", "done", "stopped")


@pytest.fixture(autouse=True)
def clock(db, time_machine, noon):
    time_machine.move_to(noon, tick=False)


def told(name, at):
    return [(cell.area, str(cell.period.start), cell.value) for cell in BY_NAME[name].cells(at)]


@pytest.fixture
def fund(noon):
    """Appropriated last year, paid in both, a part given back and one payment taken back."""
    made = town.fund(at=noon)
    of = {
        kind: town.account(made, kind, at=noon)
        for kind in ("budget", "appropriated", "allocated", "paid", "given_back")
    }
    last_year = date(2024, 12, 31)
    for verb, out_of, into, fen, day in (
        ("appropriate", "budget", "appropriated", 100_00, last_year),
        ("allocate", "appropriated", "allocated", 80_00, last_year),
        ("disburse", "allocated", "paid", 30_00, last_year),
        ("disburse", "allocated", "paid", 20_05, noon.date()),
        ("return", "paid", "allocated", 5, noon.date()),
        ("return", "appropriated", "given_back", 20_00, noon.date()),
    ):
        town.posted(made, verb, (of[out_of], of[into], fen), at=noon, day=day)
    return publishing.publish(by=town.officer(), at=noon, fund=made)


def test_counts_money_by_place_and_year(fund, noon):
    assert told("appropriated", noon) == [("620200", "2024-01-01", 100)]
    assert told("allocated", noon) == [("620200", "2024-01-01", 80)]
    assert told("paid", noon) == [
        ("620200", "2024-01-01", 30),
        ("620200", "2026-01-01", 20),
    ]
    assert told("matched", noon) == told("received", noon) == []


def test_tells_what_is_unspent_at_the_end_of_every_year(fund, noon):
    """Also of the year in which nothing moved, and of the one that runs."""
    assert told("unspent", noon) == [
        ("620200", "2024-01-01", 70),
        ("620200", "2025-01-01", 70),
        ("620200", "2026-01-01", 30),
    ]
    assert told("execution_rate", noon) == [
        ("620200", "2024-01-01", Decimal("30.0")),
        ("620200", "2025-01-01", Decimal("30.0")),
        ("620200", "2026-01-01", Decimal("62.5")),
    ]


def test_counts_nothing_of_funds_that_are_not_published(noon):
    fund = town.fund(at=noon)
    of = {kind: town.account(fund, kind, at=noon) for kind in ("budget", "appropriated")}
    town.posted(fund, "appropriate", (of["budget"], of["appropriated"], 5), at=noon)

    assert {name: told(name, noon) for name in BY_NAME} == {key: [] for key in BY_NAME}


def test_counts_projects_by_state_and_how_far_their_aims_are(noon):
    money.published_project(noon, money.published_fund(noon))

    counts = {state: told(f"projects_{state}", noon) for state in DONE}
    assert counts == {key: [] for key in DONE} | {"running": [("620200", "2026-01-01", 1)]}
    assert told("aims_progress", noon) == [("620200", "2026-01-01", 100)]


def test_keeps_money_as_facts_that_lead_back_and_correct_themselves(fund, noon):
    for figure in FIGURES:
        compute(by=system("facts compute"), at=noon, figure=figure)
    assert compute(by=system("facts compute"), at=noon, figure=BY_NAME["paid"]).skipped
    paid = Fact.objects.get(indicator__code="funds.paid", period_from=date(2026, 1, 1))
    assert (paid.value, paid.status, paid.evidence.kind) == (20, Fact.EVIDENCED, Evidence.QUERY)
    assert set(Indicator.objects.filter(code__startswith="funds.").values_list("public")) == {
        (True,)
    }

    of = {one.kind: one for one in fund.accounts.all()}
    later = noon + timedelta(seconds=1)
    town.posted(fund, "disburse", (of["allocated"], of["paid"], 1), at=later)
    assert compute(by=system("facts compute"), at=later, figure=BY_NAME["paid"]).changed == 1
    assert Fact.objects.get(supersedes=paid).value == Decimal("20.01")


def test_shows_a_places_figures_each_with_its_citation(client, fund, noon):
    compute(by=system("facts compute"), at=noon, figure=BY_NAME["paid"])
    fact = Fact.objects.get(period_from=date(2026, 1, 1))

    page = client.get(f"/en/funds/places/{directory.area().code}/").content.decode()

    assert f'<a href="/en/c/{fact.code}">20 yuan</a>' in page
    assert "资金" in client.get(f"/en/c/{fact.code}").content.decode()

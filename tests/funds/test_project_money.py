"""A project's money is a balance query over its accounts; nothing is typed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.funds.actions import ledger
from linli.funds.models import Account
from linli.funds.queries.project_money import (
    Money,
    accounts_of,
    money_from,
    money_of,
    money_of_programme,
    sources_of,
    stands_of,
    version_of,
)
from tests.town import funds as books
from tests.town import projects as town

pytestmark = pytest.mark.django_db


@pytest.fixture
def paired(noon):
    """A published project that got 300 public and 50 social, of which 100 are committed and 40 paid."""
    project = town.published(at=noon)
    fund, line = books.fund(at=noon), project.programme
    at = {"at": noon}
    budget = books.account(fund, "budget", of=line, **at)
    social = books.account(fund, "social", of=line, **at)
    appropriated = books.account(fund, "appropriated", of=line, **at)
    received = books.account(fund, "received", of=line, **at)
    mine = {
        kind: books.account(fund, kind, of=project, **at)
        for kind in ("allocated", "committed", "paid")
    }
    books.posted(fund, "appropriate", (budget, appropriated, 30_000), **at)
    books.posted(fund, "receive", (social, received, 5_000), **at)
    books.posted(fund, "allocate", (appropriated, mine["allocated"], 30_000), **at)
    books.posted(fund, "commit", (mine["allocated"], mine["committed"], 10_000), **at)
    books.posted(fund, "disburse", (mine["committed"], mine["paid"], 4_000), **at)
    return project


def test_tells_a_projects_money_from_its_accounts(paired):
    line = paired.programme

    assert money_of([paired.pk]) == {paired.pk: Money(30_000, 6_000, 4_000, 0)}
    assert money_of([paired.pk])[paired.pk].unspent == 26_000
    assert money_of_programme(line) == Money(35_000, 6_000, 4_000, 0)
    assert sources_of(line) == (30_000, 5_000, 0)
    assert [one.kind for one in accounts_of(paired)] == ["allocated", "committed", "paid"]
    assert accounts_of(line).count() == 7


def test_tells_the_public_nothing_of_a_fund_that_is_not_published(paired, noon):
    assert money_of([paired.pk], public=True) == {}
    assert sources_of(paired.programme, public=True) == (0, 0, 0)

    fund = Account.objects.first().fund
    fund.published_at = noon
    fund.save()

    assert money_of([paired.pk], public=True) == money_of([paired.pk])


def test_tells_the_balances_of_a_day_as_they_were_known(paired, noon):
    account = accounts_of(paired).get(kind="committed")
    account.fund.published_at = noon
    account.fund.save()
    paid = accounts_of(paired).get(kind="paid")
    later = noon + timedelta(days=2)
    books.posted(account.fund, "disburse", (account, paid, 500), at=later, day=noon.date())

    def told(day, known_at):
        stands = stands_of(paired, day=day.date(), known_at=known_at)
        version = version_of(stands, day=day.date(), known_at=known_at)
        return money_from(stands), version.entries

    assert told(later, later) == told(noon, later) == (Money(30_000, 5_500, 4_500, 0), 4)
    assert told(noon, noon) == told(later, noon) == (Money(30_000, 6_000, 4_000, 0), 3)
    assert told(noon - timedelta(days=1), later) == (Money(0, 0, 0, 0), 0)


def test_opens_an_account_for_a_project_that_stays_its_own(paired, noon):
    account = accounts_of(paired).get(kind="paid")
    other = town.project(at=noon, of=paired.programme)
    empty = ledger.open_account(
        by=books.officer(), at=noon, fund=account.fund, kind="paid", name="空", of=other
    )
    assert (empty.project, empty.programme) == (other, paired.programme)

    Account.objects.filter(pk=empty.pk).update(project=paired)  # nothing moved over it yet

    for change in ({"project": other}, {"project": None, "programme": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(**change)
    elsewhere = town.programme(at=noon, name="另一条")
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(pk=empty.pk).update(programme=elsewhere)

"""What is written to the ledger in one statement: all or nothing, whatever the order, refused in words."""

import pytest
from django.db import transaction

from linli.funds.actions import ledger, moving
from linli.funds.models import Transaction, Transfer
from linli.funds.queries.balances import trial_balance, untrue_balances
from linli.funds.rules import flows
from linli.kernel.refusals import Refused
from tests.town import funds as town

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(noon):
    return town.fund(at=noon, alone=1000)


@pytest.fixture
def accounts(fund, noon):
    return {kind: town.account(fund, kind, at=noon) for kind in flows.KINDS}


def posting(accounts, verb, *lines, at):
    moved = [ledger.Line(accounts[giver], accounts[taker], fen) for giver, taker, fen in lines]
    return ledger.Posting(verb=verb, day=at.date(), lines=moved)


def post(fund, *said, at):
    return ledger.post(by=town.officer(), at=at, fund=fund, posting=posting(*said, at=at))


def refused(deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code


def test_gives_back_through_several_accounts_in_any_order(fund, accounts, noon):
    """What one line takes another has brought: who wrote them down in which order is nothing to the money."""
    post(fund, accounts, "appropriate", ("budget", "appropriated", 9), at=noon)
    post(fund, accounts, "allocate", ("appropriated", "allocated", 9), at=noon)
    post(fund, accounts, "commit", ("allocated", "committed", 9), at=noon)
    before = trial_balance(fund)

    entry = post(
        fund, accounts, "return",
        ("appropriated", "given_back", 4), ("allocated", "appropriated", 6),
        ("committed", "allocated", 9), at=noon,
    )  # fmt: skip
    assert trial_balance(fund) == before | {
        "committed": 0, "allocated": 3, "appropriated": 2, "given_back": 4
    }  # fmt: skip
    assert [one.amount for one in entry.transfers.order_by("number")] == [4, 6, 9]

    ledger.reverse(by=town.officer(), at=noon, entry=entry, day=noon.date(), words="记错了")
    assert (trial_balance(fund), untrue_balances()) == (before, [])


def test_posts_many_or_none(fund, accounts, noon):
    fine = posting(accounts, "appropriate", ("budget", "appropriated", 5), at=noon)
    two = posting(
        accounts, "allocate", ("appropriated", "allocated", 2), ("appropriated", "allocated", 1), at=noon
    )  # fmt: skip
    much = posting(accounts, "appropriate", ("budget", "appropriated", 1001), at=noon)
    gone = posting(accounts, "disburse", ("matched", "paid", 1), at=noon)

    def post_many(*postings):
        return ledger.post_many(by=town.officer(), at=noon, fund=fund, postings=postings)

    made = post_many(fine, fine, two)
    assert [one.size for one in made] == [1, 1, 2]
    assert [one.transfers.count() for one in made] == [1, 1, 2]
    assert len({one.code for one in made}) == 3
    assert refused(lambda: post_many(fine, gone)) == "not_enough"
    assert refused(lambda: post_many(fine, much)) == "needs_second_person"
    assert (Transaction.objects.count(), Transfer.objects.count()) == (3, 4)
    assert (trial_balance(fund)["appropriated"], untrue_balances()) == (7, [])


def test_leaves_the_deed_around_it_whole_when_it_is_refused(fund, accounts, noon):
    with transaction.atomic():
        post(fund, accounts, "appropriate", ("budget", "appropriated", 5), at=noon)
        assert refused(
            lambda: post(fund, accounts, "allocate", ("appropriated", "allocated", 6), at=noon)
        ) == "not_enough"  # fmt: skip
        post(fund, accounts, "allocate", ("appropriated", "allocated", 5), at=noon)

    assert trial_balance(fund)["allocated"] == 5


def test_says_in_words_what_the_database_refuses(fund, accounts, noon):
    """Somebody else has closed an account, or the books, or lowered the limit, since this page was opened."""
    stale = posting(accounts, "appropriate", ("budget", "appropriated", 5), at=noon)

    def post_stale():
        ledger.post(by=town.officer(), at=noon, fund=fund, posting=stale)

    fund.__class__.objects.filter(pk=fund.pk).update(alone_up_to=4)
    assert refused(post_stale) == "needs_second_person"
    fund.__class__.objects.filter(pk=fund.pk).update(alone_up_to=5)
    accounts["appropriated"].__class__.objects.filter(pk=accounts["appropriated"].pk).update(
        closed_on=noon.date()
    )
    assert refused(post_stale) == "account_closed"
    ledger.close_books(by=town.officer(), at=noon, fund=fund, until=noon.date())
    assert refused(post_stale) == "books_closed"
    assert Transaction.objects.count() == 0


def test_takes_another_code_when_one_is_taken(fund, accounts, noon, monkeypatch):
    codes = iter(["AAAA-0000", "AAAA-0000", "BBBB-0000", "AAAA-0000", "CCCC-0000"])
    monkeypatch.setattr(moving, "new_code", lambda: next(codes))
    said = (fund, accounts, "appropriate", ("budget", "appropriated", 5))

    assert [post(*said, at=noon).code, post(*said, at=noon).code] == ["AAAA-0000", "BBBB-0000"]
    many = ledger.post_many(
        by=town.officer(), at=noon, fund=fund, postings=[posting(*said[1:], at=noon)]
    )
    assert [one.code for one in many] == ["CCCC-0000"]


def test_asks_the_database_little(fund, accounts, noon, django_assert_num_queries):
    from django.db import connection

    on_postgres = connection.vendor == "postgresql"
    with django_assert_num_queries(3 if on_postgres else 4):  # a savepoint around each, in tests
        post(fund, accounts, "appropriate", ("budget", "appropriated", 5), at=noon)

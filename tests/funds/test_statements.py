"""An account's statement and what stood when: whatever the order of days, each row says what stood, to the fen."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.funds.models import Transfer
from linli.funds.queries.balances import stands_then
from linli.funds.queries.statements import Key, statement
from tests.town import funds as town

pytestmark = pytest.mark.django_db


class Purse:
    """A fund into which money is appropriated, on whatever days, in whatever order."""

    def __init__(self, at):
        self.fund = town.fund(at=at)
        self.budget = town.account(self.fund, "budget", at=at)
        self.stands = town.account(self.fund, "appropriated", at=at)
        self.back = town.account(self.fund, "given_back", at=at)

    def post(self, fen, *, at, day):
        if fen > 0:
            return town.posted(
                self.fund, "appropriate", (self.budget, self.stands, fen), at=at, day=day
            )
        return town.posted(self.fund, "return", (self.stands, self.back, -fen), at=at, day=day)


def pages(account, **asked):
    """Return the rows of all pages, each page two rows, and what stood before the first of them."""
    rows, below, before = [], None, 0
    while True:
        page = statement(account, below=below, size=2, **asked)
        rows += page.rows
        before = page.before
        if page.next is None:
            return rows, before
        below = Key.read(str(page.next))


def fold(account, *, until=None, known_at=None):
    """Return (day, change, balance) of every transfer, newest first: added up one after the other."""
    found, balance = [], 0
    for one in Transfer.objects.select_related("transaction").order_by("day", "pk"):
        known = known_at is None or one.transaction.at <= known_at
        shown = known and (until is None or one.day <= until)
        change = one.amount * ((one.into_id == account.pk) - (one.out_of_id == account.pk))
        if shown and change:
            balance += change
            found.append((one.day, change, balance))
    return found[::-1], balance


@settings(max_examples=20)
@given(
    days=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.booleans()), max_size=9),
    until=st.none() | st.integers(0, 3),
    known=st.none() | st.integers(0, 9),
)
def test_says_what_stood_after_each_transfer(noon, days, until, known):
    with transaction.atomic():
        purse, stands = Purse(noon - timedelta(days=9)), 0
        for moment, (back, fen, gives) in enumerate(days):
            change = -fen if gives and stands >= fen else fen
            stands += change
            at = noon + timedelta(minutes=moment)
            purse.post(change, at=at, day=noon.date() - timedelta(days=back))
        until = until if until is None else noon.date() - timedelta(days=until)
        known = known if known is None else noon + timedelta(minutes=known)

        for account in (purse.budget, purse.stands):
            rows, before = pages(account, until=until, known_at=known)
            expected, balance = fold(account, until=until, known_at=known)
            assert [(row.transfer.day, row.change, row.balance) for row in rows] == expected
            assert before == 0
            then = stands_then(
                purse.fund, day=until or noon.date(), known_at=known or noon + timedelta(days=1)
            )
            assert {one.account: one.balance for one in then}[account] == balance
        transaction.set_rollback(True)


def test_asks_no_more_for_a_long_statement(noon, django_assert_num_queries):
    purse = Purse(noon)
    for number in range(5):
        purse.post(100, at=noon, day=noon.date() - timedelta(days=number))

    with django_assert_num_queries(3):
        page = statement(purse.stands, size=2)

    assert [row.balance for row in page.rows] == [500, 400]
    assert page.before == 300
    assert page.rows[0].other == purse.budget


def test_reads_a_page_off_the_index(noon):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole")
    account = Purse(noon).stands
    walk = Transfer.objects.filter(into=account, day__lte=noon.date()).order_by("-day", "-pk")[:50]

    plan = walk.explain()

    assert "transfer_into_account" in plan
    assert "TEMP B-TREE" not in plan
    assert "TEMP B-TREE" in walk.model.objects.filter(into=account).order_by("amount").explain()


@pytest.mark.parametrize("text", ["", "2026-11-05", "2026-13-01.5", "x.1", "2026-11-05.x"])
def test_reads_no_key_where_there_is_none(text):
    assert Key.read(text) is None
    assert Key.read("2026-11-05.7") == Key(date(2026, 11, 5), 7)

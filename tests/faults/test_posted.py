"""Posting killed with -9, and many who post at once: what was acknowledged stands whole, and nothing is made or lost.

LINLI_KILLS says how often (4; `make faults`: 120).
"""

import os
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Count, F

from linli.funds.models import Account, Transaction
from linli.funds.queries.balances import untrue_balances
from linli.funds.queries.ledger_file import all_lines
from linli.funds.schemas import verify_ledger
from tests.town import funds as town
from tests.town.killed_poster import acknowledged
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("LINLI_KILLS", "4"))


@pytest.fixture
def fund(noon, settings, tmp_path):
    settings.KEYS = tmp_path / "home" / "keys"
    made = town.fund(at=noon)
    for kind in ("budget", "appropriated", "allocated", "paid"):
        town.account(made, kind, at=noon)
    return made


def account(fund, kind):
    return Account.objects.get(fund=fund, kind=kind)


def halves():
    """Return the transactions that have not as many transfers as they say."""
    counted = Transaction.objects.annotate(there=Count("transfers"))
    return list(counted.exclude(there=F("size")).values_list("code", flat=True))


def test_keeps_what_it_acknowledged_however_often_it_is_killed(
    fund, settings, noon, record_property
):
    codes = acknowledged(settings, connection, fund, noon, kills=KILLS)

    lost = {*codes} - {*Transaction.objects.values_list("code", flat=True)}
    record_property("postings lost", f"{len(lost)} of {len(codes)} in {KILLS} kills")
    assert len(codes) >= sum(3 + 4 * (number % 20) for number in range(KILLS))
    assert lost == set()
    assert (halves(), untrue_balances()) == ([], [])
    assert account(fund, "appropriated").balance == 2 * Transaction.objects.count()
    assert verify_ledger.verify(all_lines(fund)).faults == {}


def test_control_loses_what_is_acknowledged_before_it_is_written(fund, settings, noon):
    codes = acknowledged(settings, connection, fund, noon, "careless", kills=1)

    assert {*codes} - {*Transaction.objects.values_list("code", flat=True)} != set()


def test_control_sees_a_transaction_that_is_half_done(fund, noon):
    line = (account(fund, "budget"), account(fund, "appropriated"), 1)
    town.posted(fund, "appropriate", line, at=noon)
    Transaction.objects.create(
        code="HALF-0000", fund=fund, verb="appropriate", day=noon.date(), size=2,
        by_name="经办人", by_role="officer", by_unit=town.KEEPER, at=noon,
    )  # fmt: skip

    assert halves() == ["HALF-0000"]
    assert "entries" in verify_ledger.verify(all_lines(fund)).faults


def test_never_waits_in_a_circle_when_money_goes_both_ways(fund, noon):
    """Pay out and give back at once, over the same accounts in the other order: nobody is shut out."""
    budget, appropriated, allocated, paid = (
        account(fund, kind) for kind in ("budget", "appropriated", "allocated", "paid")
    )
    town.posted(fund, "appropriate", (budget, appropriated, 400), at=noon)
    town.posted(fund, "allocate", (appropriated, allocated, 400), at=noon)
    town.posted(fund, "disburse", (allocated, paid, 200), at=noon)

    def deed(number):
        for _ in range(5):
            way = (
                ("return", (paid, allocated, 3))
                if number % 2
                else ("disburse", (allocated, paid, 3))
            )
            town.posted(fund, *way, at=noon)

    assert at_once(6, deed) == []
    assert untrue_balances() == []
    assert (account(fund, "allocated").balance, account(fund, "paid").balance) == (200, 200)


def test_control_overdraws_by_what_was_read_before(fund):
    """The same at once by reading first and writing then, past the ledger: more goes out than there is."""
    both_have_read = Barrier(2)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE purse (balance integer)")
        cursor.execute("INSERT INTO purse VALUES (10)")

    def careless(_number):
        with connection.cursor() as cursor:
            cursor.execute("SELECT balance FROM purse")
            (balance,) = cursor.fetchone()
            both_have_read.wait()
            if balance >= 10:
                cursor.execute("UPDATE purse SET balance = balance - 10")

    try:
        assert at_once(2, careless) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT balance FROM purse")
            assert cursor.fetchone() == (-10,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE purse")

"""The ledger: money is neither made nor lost, nothing is overdrawn, and nothing that was written changes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from linli.funds.actions import ledger, orders
from linli.funds.models import Account, Close, Order, Transaction, Transfer
from linli.funds.queries.balances import stands_then, trial_balance, untrue_balances
from linli.funds.rules import flows
from linli.kernel.refusals import Refused
from tests.town import funds as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db


class Purse:
    """A fund with one account of each kind."""

    def __init__(self, at, **given):
        self.fund = town.fund(at=at, **given)
        for kind in flows.KINDS:
            setattr(self, kind, town.account(self.fund, kind, at=at))


@pytest.fixture
def purse(noon):
    return Purse(noon)


def balance(account):
    return Account.objects.get(pk=account.pk).balance


def refused(code, deed):
    count = Transaction.objects.count()
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and Transaction.objects.count() == count


def test_moves_money_from_the_budget_to_who_is_paid(purse, noon):
    town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 112_524_000), at=noon)
    town.posted(purse.fund, "allocate", (purse.appropriated, purse.allocated, 112_524_000), at=noon)
    town.posted(purse.fund, "disburse", (purse.allocated, purse.paid, 100), at=noon)

    assert trial_balance(purse.fund) == dict.fromkeys(flows.KINDS, 0) | {
        "budget": -112_524_000, "allocated": 112_523_900, "paid": 100,
    }  # fmt: skip
    assert untrue_balances() == []


@pytest.mark.parametrize(
    ("verb", "line", "code"),
    [
        ("disburse", ("allocated", "paid", 1), "not_enough"),
        ("disburse", ("budget", "paid", 1), "against_the_flow"),
        ("appropriate", ("budget", "appropriated", 0), "amount_wrong"),
        ("appropriate", ("budget", "appropriated", -1), "amount_wrong"),
        ("allocate", ("allocated", "allocated", 1), "same_account"),
        ("lose", ("budget", "appropriated", 1), "unknown_verb"),
        ("reverse", ("budget", "appropriated", 1), "unknown_verb"),
    ],
)
def test_refuses_what_cannot_be(purse, noon, verb, line, code):
    out_of, into, amount = line
    assert refused(
        code,
        lambda: town.posted(
            purse.fund, verb, (getattr(purse, out_of), getattr(purse, into), amount), at=noon
        ),
    )


def test_refuses_other_funds_closed_accounts_and_days_to_come(purse, noon):
    other = Purse(noon, name="另一项资金")
    line = (purse.budget, other.appropriated, 1)
    assert refused("other_fund", lambda: town.posted(purse.fund, "appropriate", line, at=noon))

    line = (purse.budget, purse.appropriated, 1)
    later = (noon + timedelta(days=1)).date()
    assert refused(
        "day_to_come", lambda: town.posted(purse.fund, "appropriate", line, at=noon, day=later)
    )
    stranger = town.officer(unit="别的单位")
    assert refused(
        "not_own_unit",
        lambda: town.posted(purse.fund, "appropriate", line, at=noon, by=stranger),
    )
    assert refused("no_lines", lambda: town.posted(purse.fund, "appropriate", at=noon))


def test_reverses_to_the_fen_and_once(purse, noon):
    entry = town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon)

    back = ledger.reverse(by=town.officer(), at=noon, entry=entry, day=noon.date(), words="记错了")

    assert balance(purse.appropriated) == balance(purse.budget) == 0
    again = {"by": town.officer(), "at": noon, "day": noon.date(), "words": "再一次"}
    assert refused("already_reversed", lambda: ledger.reverse(entry=entry, **again))
    assert refused("is_reversal", lambda: ledger.reverse(entry=back, **again))
    assert refused("no_reason", lambda: ledger.reverse(entry=entry, **again | {"words": " "}))


def test_closes_the_books(purse, noon):
    line = (purse.budget, purse.appropriated, 1)
    ledger.close_books(by=town.officer(), at=noon, fund=purse.fund, until=noon.date())

    assert refused("books_closed", lambda: town.posted(purse.fund, "appropriate", line, at=noon))
    assert town.posted(purse.fund, "appropriate", line, at=noon + timedelta(days=1))


def test_says_what_was_known_when(purse, noon):
    line = (purse.budget, purse.appropriated, 5)
    later = noon + timedelta(days=9)
    town.posted(purse.fund, "appropriate", line, at=noon)
    town.posted(purse.fund, "appropriate", line, at=later, day=noon.date())

    def then(known_at):
        found = stands_then(purse.fund, day=noon.date(), known_at=known_at)
        return {one.account.kind: one.balance for one in found}["appropriated"]

    assert (then(noon), then(later)) == (5, 10)
    before = stands_then(purse.fund, day=noon.date() - timedelta(days=1), known_at=later)
    assert {one.balance for one in before} == {0}


class TestSecondPerson:
    @pytest.fixture
    def purse(self, noon):
        return Purse(noon, alone=100)

    @pytest.fixture
    def order(self, purse, noon):
        posting = ledger.Posting(
            verb="appropriate", day=noon.date(),
            lines=[ledger.Line(purse.budget, purse.appropriated, 101)],
        )  # fmt: skip
        return orders.ask(by=town.officer(), at=noon, fund=purse.fund, posting=posting)

    def test_decides_above_the_limit(self, purse, order, noon):
        line = (purse.budget, purse.appropriated, 101)
        assert refused(
            "needs_second_person", lambda: town.posted(purse.fund, "appropriate", line, at=noon)
        )
        assert refused(
            "second_person", lambda: orders.approve(by=town.officer(), at=noon, order=order)
        )
        assert balance(purse.appropriated) == 0

        orders.approve(by=town.officer("负责人"), at=noon, order=order)
        assert balance(purse.appropriated) == 101
        assert refused(
            "already_decided",
            lambda: orders.approve(by=town.officer("负责人"), at=noon, order=order),
        )

    def test_refuses_with_a_reason_and_moves_nothing(self, purse, order, noon):
        by = town.officer("负责人")
        assert refused("no_reason", lambda: orders.refuse(by=by, at=noon, order=order, reason=""))
        assert orders.refuse(by=by, at=noon, order=order, reason="无依据").state == Order.REFUSED
        assert refused("already_decided", lambda: orders.approve(by=by, at=noon, order=order))
        assert balance(purse.appropriated) == 0

    @pytest.mark.django_db(transaction=True)
    def test_is_approved_once_by_many_at_once(self, purse, order, noon):
        failures = at_once(
            4,
            lambda number: orders.approve(by=town.officer(f"负责人{number}"), at=noon, order=order),
        )
        assert [one.code for one in failures] == ["already_decided"] * 3
        assert balance(purse.appropriated) == 101


def never(deed):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        deed()


def entry_of(purse, at, **changed):
    given = {
        "code": "TEST-0000", "fund": purse.fund, "verb": "appropriate", "day": at.date(), "size": 1,
        "by_name": "经办人", "by_role": "officer", "by_unit": town.KEEPER, "at": at,
    } | changed  # fmt: skip
    return Transaction.objects.create(**given)


def transfer(entry, out_of, into, amount=1, number=1):
    return Transfer.objects.create(
        transaction=entry, number=number, day=entry.day, out_of=out_of, into=into, amount=amount
    )


class TestTheDatabaseItself:
    """Past the actions: what no program can write."""

    def test_overdraws_nothing(self, purse, noon):
        entry = entry_of(purse, noon, verb="disburse")
        never(lambda: transfer(entry, purse.allocated, purse.paid))
        assert balance(purse.paid) == 0

    def test_knows_the_ways_of_money(self, purse, noon):
        """Every verb with every pair of kinds: the trigger says what the rules say."""
        for verb in flows.WAYS:
            entry = entry_of(purse, noon, verb=verb, code=f"V-{verb[:6]}", size=200)
            number = 0
            for kind in flows.KINDS:
                for into in flows.KINDS:
                    if kind == into or flows.may_flow(verb, kind, into):
                        continue
                    number += 1
                    with pytest.raises(DatabaseError, match="does not flow"), transaction.atomic():
                        transfer(entry, getattr(purse, kind), getattr(purse, into), number=number)
            assert number + len(flows.WAYS[verb]) == 90

    def test_changes_and_removes_nothing(self, purse, noon):
        entry = town.posted(
            purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon
        )
        never(lambda: Transaction.objects.filter(pk=entry.pk).update(words="另说"))
        never(lambda: Transfer.objects.filter(transaction=entry).update(amount=8))
        with connection.cursor() as cursor:
            never(lambda: cursor.execute("DELETE FROM funds_transfer"))
            never(lambda: cursor.execute("DELETE FROM funds_transaction"))
            never(lambda: cursor.execute("DELETE FROM funds_account"))
        never(lambda: Account.objects.filter(pk=purse.paid.pk).update(kind="budget"))

    def test_adds_nothing_to_what_was_posted(self, purse, noon):
        entry = town.posted(
            purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon
        )
        never(lambda: transfer(entry, purse.budget, purse.appropriated, number=2))
        never(lambda: transfer(entry, purse.budget, purse.appropriated, number=0))

    def test_takes_no_amount_that_is_none(self, purse, noon):
        entry = entry_of(purse, noon)
        never(lambda: transfer(entry, purse.budget, purse.appropriated, 0))
        never(lambda: transfer(entry, purse.budget, purse.appropriated, -5))

    def test_keeps_money_in_its_fund(self, purse, noon):
        other = Purse(noon, name="另一项资金")
        entry = entry_of(purse, noon)
        never(lambda: transfer(entry, purse.budget, other.appropriated))
        never(lambda: transfer(entry, other.budget, other.appropriated))

    def test_posts_nothing_into_closed_books_and_accounts(self, purse, noon):
        Account.objects.filter(pk=purse.appropriated.pk).update(closed_on=noon.date())
        entry = entry_of(purse, noon)
        never(lambda: transfer(entry, purse.budget, purse.appropriated))
        ledger.close_books(by=town.officer(), at=noon, fund=purse.fund, until=noon.date())
        never(lambda: entry_of(purse, noon, code="TEST-0001"))
        never(lambda: Close.objects.all().delete())

    def test_closes_no_account_with_money_on_it(self, purse, noon):
        town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon)
        never(
            lambda: Account.objects.filter(pk=purse.appropriated.pk).update(closed_on=noon.date())
        )

    def test_moves_nothing_large_without_an_approved_order(self, noon):
        purse = Purse(noon, alone=100)
        entry = entry_of(purse, noon)
        never(lambda: transfer(entry, purse.budget, purse.appropriated, 101))
        transfer(entry, purse.budget, purse.appropriated, 100)

        posting = ledger.Posting(
            verb="appropriate", day=noon.date(),
            lines=[ledger.Line(purse.budget, purse.appropriated, 101)],
        )  # fmt: skip
        order = orders.ask(by=town.officer(), at=noon, fund=purse.fund, posting=posting)
        never(lambda: entry_of(purse, noon, code="TEST-0001", order=order))
        never(
            lambda: Order.objects.filter(pk=order.pk).update(
                state="approved", second_name=order.by_name, decided_at=noon
            )
        )

    def test_reverses_nothing_but_what_was(self, purse, noon):
        entry = town.posted(
            purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon
        )
        back = entry_of(purse, noon, verb="reverse", reverses=entry)
        never(lambda: transfer(back, purse.appropriated, purse.budget, 6))
        never(lambda: transfer(back, purse.budget, purse.appropriated, 7))
        transfer(back, purse.appropriated, purse.budget, 7)

    def test_control_without_its_shape_money_is_made(self, purse, noon):
        """Two legs of a row each, as others keep them: one leg alone is money out of nothing, and nobody sees it."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE leg (account_id bigint, amount bigint)")
            cursor.execute("INSERT INTO leg VALUES (%s, 7)", [purse.appropriated.pk])
            cursor.execute("SELECT sum(amount) FROM leg")
            assert cursor.fetchone() == (7,)
            cursor.execute("DROP TABLE leg")
        never(lambda: transfer(entry_of(purse, noon), purse.budget, purse.budget, 7))


@pytest.mark.django_db(transaction=True)
def test_never_overdraws_when_many_pay_at_once(noon):
    purse = Purse(noon)
    town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 50), at=noon)
    town.posted(purse.fund, "allocate", (purse.appropriated, purse.allocated, 50), at=noon)

    failures = at_once(
        8, lambda _: town.posted(purse.fund, "disburse", (purse.allocated, purse.paid, 10), at=noon)
    )

    assert [one.code for one in failures] == ["not_enough"] * 3
    assert (balance(purse.allocated), balance(purse.paid)) == (0, 50)
    assert untrue_balances() == []


@pytest.mark.django_db(transaction=True)
def test_posts_nothing_into_books_that_are_being_closed(noon):
    purse = Purse(noon)
    line = (purse.budget, purse.appropriated, 1)

    def deed(number):
        if number == 0:
            ledger.close_books(by=town.officer(), at=noon, fund=purse.fund, until=noon.date())
        else:
            town.posted(purse.fund, "appropriate", line, at=noon)

    failures = at_once(6, deed)

    assert {getattr(one, "code", repr(one)) for one in failures} <= {"books_closed"}
    closed = Close.objects.get()
    assert not Transaction.objects.filter(pk__gt=0, at__gt=closed.at).exists()
    assert balance(purse.appropriated) == 5 - len(failures)


def test_lives_through_everything_that_can_be_done(noon, django_db_blocker):
    """Whatever is posted, reversed and refused in whatever order: the accounts are the fold of their transfers."""

    class Ledger(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.purse, self.entries, self.refusals = Purse(noon), [], []
            self.model = dict.fromkeys(flows.KINDS, 0)

        @rule(
            way=st.sampled_from(
                sorted((verb, *way) for verb, ways in flows.WAYS.items() for way in ways)
            ),
            amount=st.integers(1, 30),
        )
        def post(self, way, amount):
            verb, out_of, into = way
            fits = out_of in flows.OUTSIDE or self.model[out_of] >= amount
            line = (getattr(self.purse, out_of), getattr(self.purse, into), amount)
            try:
                self.entries.append(
                    (town.posted(self.purse.fund, verb, line, at=noon), way, amount)
                )
            except Refused as error:
                self.refusals.append((error.code, fits))
                return
            assert fits
            self.model[out_of] -= amount
            self.model[into] += amount

        @precondition(lambda self: self.entries)
        @rule(which=st.integers(0, 99))
        def reverse(self, which):
            entry, (_verb, out_of, into), amount = self.entries[which % len(self.entries)]
            fits = self.model[into] >= amount
            try:
                ledger.reverse(
                    by=town.officer(), at=noon, entry=entry, day=noon.date(), words="更正"
                )
            except Refused as error:
                self.refusals.append((error.code, fits and error.code != "already_reversed"))
                return
            self.model[out_of] += amount
            self.model[into] -= amount

        @invariant()
        def balances_are_true(self):
            assert trial_balance(self.purse.fund) == self.model
            assert sum(self.model.values()) == 0
            assert untrue_balances() == []
            assert {*self.refusals} <= {("not_enough", False), ("already_reversed", False)}

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Ledger, settings=settings(max_examples=15, stateful_step_count=25, deadline=None)
    )

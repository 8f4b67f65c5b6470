"""Releasing matched money: shown what is missing, released once, and past it there is no way."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from linli.facts.models import Evidence
from linli.funds.actions import ledger, matching
from linli.funds.models import Account, Match, Transaction, Transfer
from linli.funds.queries.matches import missing_of
from linli.funds.rules.matching import Missing
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from tests.funds.test_ledger import Purse, balance
from tests.town import funds as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
HALF = 112_524_000  # fen


@pytest.fixture
def purse(noon):
    purse = Purse(noon)
    town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 2 * HALF), at=noon)
    return purse


def agreed(purse, noon, **changed):
    given = {
        "words": "市县各半", "ready": purse.appropriated, "into": purse.allocated, "partner": purse.matched,
        "amount": HALF, "last_day": noon.date() + timedelta(days=30),
    } | changed  # fmt: skip
    return matching.agree(
        by=town.officer(), at=noon, fund=purse.fund, agreement=matching.Agreement(**given)
    )


def partner_posts(purse, amount, at):
    return town.posted(purse.fund, "match", (purse.budget, purse.matched, amount), at=at)


def paper(at):
    return Evidence.objects.create(
        kind="statement", source="肃北县财政局", words="拨款文件", **signed(town.officer(), at)
    )


def released(match, at):
    return matching.release(by=town.officer(), at=at, match=match)


def refused(code, deed):
    count = Transfer.objects.count()
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and Transfer.objects.count() == count


def test_says_what_is_missing_until_nothing_is(purse, noon):
    match, today = agreed(purse, noon), noon.date()
    assert missing_of(match, today) == [
        Missing("money", "partner", HALF), Missing("evidence", "partner"),
    ]  # fmt: skip
    assert refused("something_missing", lambda: released(match, noon))

    partner_posts(purse, HALF - 1, noon)
    matching.show(by=town.officer(), at=noon, match=match, evidence=paper(noon))
    match.refresh_from_db()
    assert missing_of(match, today) == [Missing("money", "partner", 1)]
    assert refused("something_missing", lambda: released(match, noon))

    partner_posts(purse, 1, noon)
    released(match, noon)
    assert (balance(purse.allocated), balance(purse.matched)) == (HALF, HALF)
    assert missing_of(match, today) == []
    assert refused("already_released", lambda: released(match, noon))


def test_counts_nothing_that_was_taken_back(purse, noon):
    match = agreed(purse, noon, needs_evidence=False)
    entry = partner_posts(purse, HALF, noon)
    ledger.reverse(by=town.officer(), at=noon, entry=entry, day=noon.date(), words="退回")

    assert refused("something_missing", lambda: released(match, noon))


def test_is_too_late_after_the_last_day(purse, noon):
    match = agreed(purse, noon, needs_evidence=False)
    partner_posts(purse, HALF, noon)

    assert refused("something_missing", lambda: released(match, noon + timedelta(days=31)))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"words": " "}, "no_words"),
        ({"amount": 0}, "amount_wrong"),
        ({"share": Fraction(0)}, "share_wrong"),
        ({"last_day": None}, "day_passed"),
    ],
)
def test_refuses_what_cannot_be_agreed(purse, noon, changed, code):
    if "last_day" in changed:
        changed = {"last_day": noon.date() - timedelta(days=1)}
    assert refused(code, lambda: agreed(purse, noon, **changed))
    assert not Match.objects.exists()


def test_agrees_between_the_right_accounts_alone(purse, noon):
    assert refused("wrong_accounts", lambda: agreed(purse, noon, ready=purse.budget))
    assert refused("wrong_accounts", lambda: agreed(purse, noon, partner=purse.committed))
    other = Purse(noon, name="另一项资金")
    assert refused("other_fund", lambda: agreed(purse, noon, partner=other.matched))


class TestAccountsOfItsOwn:
    """Nothing counts for two agreements: neither the partner's part nor what stands ready."""

    def test_refuses_accounts_that_serve_another(self, purse, noon):
        agreed(purse, noon)
        spare = {
            kind: town.account(purse.fund, kind, at=noon, name="另一户")
            for kind in ("appropriated", "matched")
        }
        assert refused("account_taken", lambda: agreed(purse, noon, ready=spare["appropriated"]))
        assert refused("account_taken", lambda: agreed(purse, noon, partner=spare["matched"]))
        agreed(purse, noon, ready=spare["appropriated"], partner=spare["matched"])
        assert Match.objects.count() == 2

    def test_past_the_actions_neither(self, purse, noon):
        row = Match.objects.filter(pk=agreed(purse, noon).pk).values().get()
        spare = town.account(purse.fund, "matched", at=noon, name="另一户")
        for changed in ({}, {"partner_id": spare.pk}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Match.objects.create(**row | {"id": None, "code": "TEST-0000"} | changed)

    def test_agrees_anew_after_the_last_day(self, purse, noon):
        match, later = agreed(purse, noon), noon + timedelta(days=31)
        partner_posts(purse, HALF, noon)

        def anew(at=later, match=match, **changed):
            given = {
                "words": "再约定", "ready": purse.appropriated, "into": purse.allocated,
                "partner": purse.matched, "amount": 7, "last_day": noon.date() + timedelta(days=60),
                "needs_evidence": False,
            } | changed  # fmt: skip
            return matching.agree_anew(
                by=town.officer(), at=at, match=match, agreement=matching.Agreement(**given)
            )

        spare = town.account(purse.fund, "matched", at=noon, name="另一户")
        assert refused("day_not_passed", lambda: anew(noon))
        assert refused("other_accounts", lambda: anew(partner=spare))
        newer = anew()
        assert refused("already_replaced", anew)
        assert refused("already_replaced", lambda: released(match, later))
        assert list(Match.objects.waiting()) == [newer]

        released(newer, later)
        assert balance(purse.allocated) == 7
        assert refused("already_released", lambda: anew(match=newer))

    def test_takes_the_place_of_no_other_past_the_actions(self, purse, noon):
        match = agreed(purse, noon)
        row = Match.objects.filter(pk=match.pk).values().get()
        spare = town.account(purse.fund, "matched", at=noon, name="另一户")
        later = {"last_day": match.last_day + timedelta(days=1)}
        new = row | {"id": None, "code": "TEST-0000", "replaces_id": match.pk} | later
        for changed in ({"last_day": match.last_day}, {"partner_id": spare.pk}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Match.objects.create(**new | changed)
        Match.objects.create(**new)


class TestNoWayPast:
    """What stands ready leaves by the release alone: neither by another posting nor past the actions."""

    def test_by_another_posting(self, purse, noon):
        agreed(purse, noon)
        line = (purse.appropriated, purse.allocated, 1)
        assert refused(
            "something_missing", lambda: town.posted(purse.fund, "allocate", line, at=noon)
        )
        assert balance(purse.allocated) == 0

    @pytest.mark.parametrize("lack", ["money", "evidence", "amount", "time"])
    def test_by_a_transaction_of_its_name(self, purse, noon, lack):
        match = agreed(purse, noon)
        partner_posts(purse, HALF - (lack == "money"), noon)
        if lack != "evidence":
            Match.objects.update(evidence=paper(noon))
        entry = Transaction.objects.create(
            code="TEST-0000", fund=purse.fund, verb="allocate", size=1, match=match,
            day=noon.date() + timedelta(days=31 * (lack == "time")), **signed(town.officer(), noon),
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="nothing is missing"), transaction.atomic():
            Transfer.objects.create(
                transaction=entry, number=1, out_of=purse.appropriated, into=purse.allocated,
                amount=HALF + (lack == "amount"),
            )  # fmt: skip

    def test_by_changing_what_was_agreed(self, purse, noon):
        match = agreed(purse, noon)
        for change in (
            {"amount": 1},
            {"share_above": 1, "share_below": 9},
            {"needs_evidence": False},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                Match.objects.filter(pk=match.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            match.delete()

    def test_control_without_an_agreement_it_leaves(self, purse, noon):
        town.posted(purse.fund, "allocate", (purse.appropriated, purse.allocated, 1), at=noon)
        assert balance(purse.allocated) == 1


@pytest.mark.django_db(transaction=True)
def test_is_released_once_by_many_at_once(noon):
    purse = Purse(noon)
    town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 2 * HALF), at=noon)
    match = agreed(purse, noon, needs_evidence=False)
    partner_posts(purse, HALF, noon)

    failures = at_once(4, lambda _: released(match, noon))

    assert [one.code for one in failures] == ["already_released"] * 3
    assert Account.objects.get(pk=purse.allocated.pk).balance == HALF


@pytest.mark.django_db(transaction=True)
def test_is_agreed_once_by_many_at_once(noon):
    purse = Purse(noon)

    failures = at_once(4, lambda _: agreed(purse, noon))

    assert [one.code for one in failures] == ["account_taken"] * 3
    assert Match.objects.count() == 1

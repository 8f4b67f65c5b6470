"""Donations: totals are what the ledger moved, receipts never come to more, and nobody is written down."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.funds.actions import gifts, ledger, orders
from linli.funds.models import Collection, Order, Receipt, Taking, Transaction
from linli.funds.queries import gifts as queries
from linli.funds.rules.gifts import Span, told_spans
from linli.kernel.refusals import Refused
from tests.town import funds
from tests.town import gifts as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(noon):
    return town.collection(at=noon)


def rows():
    return [one.objects.count() for one in (Collection, Taking, Receipt, Transaction, Order)]


def refused(code, deed):
    before = rows()
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return caught.value.code == code and rows() == before


def standing(collection):
    return queries.standings([Collection.objects.get(pk=collection.pk)])[0]


def stands(taking):
    taken = queries.takings_with_books(taking.collection).get(pk=taking.pk)
    return queries.standing_of(taken)


def second():
    return funds.officer("复核员")


def test_takes_in_totals_and_gives_them_on(collection, noon):
    town.taken(collection, 312, 51_200, at=noon)
    town.taken(collection, 3, 100_000, at=noon, door="transfer")
    school = funds.account(collection.fund, "allocated", at=noon, name="助学")
    other = funds.account(collection.fund, "allocated", at=noon, name="图书角")
    for into, amount in ((school, 60_000), (other, 100), (school, 40_000)):
        gifts.give_on(
            by=funds.officer(),
            at=noon,
            collection=collection,
            into=into,
            amount=amount,
            words="助学",
        )

    now = standing(collection)
    assert (now.given, now.gifts, now.used, now.left) == (151_200, 315, 100_100, 51_100)
    assert [(one.account.name, one.amount) for one in queries.uses(collection)] == [
        ("助学", 100_000), ("图书角", 100),
    ]  # fmt: skip


def test_counts_no_total_that_was_taken_back(collection, noon):
    taken = town.taken(collection, 312, 51_200, at=noon)
    ledger.reverse(by=funds.officer(), at=noon, entry=taken.entry, day=noon.date(), words="数错了")

    now = standing(collection)
    assert (now.given, now.gifts, stands(taken)) == (0, 0, "reversed")


def test_waits_for_a_second_person_above_the_limit(noon):
    of = funds.fund(at=noon, name="小额", alone=10_000)
    collection = town.collection(at=noon, of=of)
    yes, no = (town.taken(collection, 20, 10_001 + more, at=noon) for more in (0, 1))
    assert (stands(yes), standing(collection).gifts) == ("waits", 0)

    orders.approve(by=second(), at=noon, order=yes.order)
    orders.refuse(by=second(), at=noon, order=no.order, reason="重数")
    assert (stands(yes), stands(no)) == ("booked", "refused")
    assert standing(collection)[1:] == (10_001, 10_001, 0, 20)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"gifts": 0}, "no_gifts"),
        ({"amount": 0}, "amount_wrong"),
        ({"amount": 4}, "amount_wrong"),
        ({"door": "window"}, "unknown_door"),
        ({"day": date(2020, 1, 1)}, "collection_closed"),
        ({"gifts": 1}, "less_than_receipts"),
        ({"amount": 1499}, "less_than_receipts"),
    ],
)
def test_refuses_a_total_that_cannot_be(collection, noon, changed, code):
    for amount in (500, 1000):
        town.receipt(collection, amount, at=noon)
    said = {"day": noon.date(), "door": "counter", "gifts": 5, "amount": 2000} | changed
    total = gifts.Total(**said)
    assert refused(
        code, lambda: gifts.take(by=funds.officer(), at=noon, collection=collection, total=total)
    )


def test_refuses_collections_and_receipts_that_cannot_be(collection, noon):
    by = funds.officer()
    draft = gifts.CollectionDraft(title="一元钱", purpose=" ", begins_on=noon.date())

    def opened(fund, draft=draft, by=by):
        return lambda: gifts.open_collection(by=by, at=noon, fund=fund, draft=draft)

    assert refused("no_words", opened(collection.fund))
    named = gifts.CollectionDraft(title="一元钱", purpose="助学", begins_on=noon.date())
    assert refused("name_taken", opened(collection.fund, named))
    assert refused("not_own_unit", opened(collection.fund, by=funds.officer(unit="别的局")))
    assert refused("amount_wrong", lambda: town.receipt(collection, 0, at=noon))
    assert refused("unknown_door", lambda: town.receipt(collection, 1, at=noon, door="window"))
    into = funds.account(collection.fund, "allocated", at=noon)
    assert refused(
        "no_words",
        lambda: gifts.give_on(by=by, at=noon, collection=collection, into=into, amount=1, words=""),
    )
    assert refused(
        "already_published",
        lambda: gifts.publish_collection(by=by, at=noon, collection=collection),
    )


def test_collects_no_more_once_closed(collection, noon):
    gifts.close_collection(by=funds.officer(), at=noon, collection=collection)
    later = noon + timedelta(days=1)
    assert refused("collection_closed", lambda: town.receipt(collection, 1, at=later))
    assert refused("collection_closed", lambda: town.taken(collection, 1, 1, at=later))
    assert refused(
        "collection_closed",
        lambda: gifts.close_collection(by=funds.officer(), at=later, collection=collection),
    )
    town.taken(collection, 1, 100, at=later, day=noon.date())  # of its last day, counted later
    assert standing(collection).given == 100


class TestReceipts:
    """A receipt stands in one total of its day and door; totals hold all their receipts."""

    def test_stand_in_the_total_of_their_day_and_door(self, collection, noon):
        mine, other = (town.receipt(collection, 500, at=noon, door=at) for at in ("counter", "box"))
        town.receipt(collection, 100, at=noon - timedelta(days=1))
        taken = town.taken(collection, 4, 1000, at=noon, door="counter")

        assert Receipt.objects.get(pk=mine.pk).taking == taken
        assert other in queries.unbooked_receipts(collection)
        assert queries.unbooked_receipts(collection).count() == 2

    def test_move_on_when_their_total_came_to_nothing(self, collection, noon):
        mine = town.receipt(collection, 500, at=noon, door="box")
        first = town.taken(collection, 1, 500, at=noon)
        entry = first.entry
        ledger.reverse(by=funds.officer(), at=noon, entry=entry, day=noon.date(), words="数错了")
        assert list(queries.unbooked_receipts(collection)) == [mine]

        second_ = town.taken(collection, 2, 700, at=noon)
        assert Receipt.objects.get(pk=mine.pk).taking == second_

    def test_are_gone_after_three_years(self, collection, noon):
        town.receipt(collection, 500, at=noon)
        kept = noon + timedelta(days=3 * 365)
        assert gifts.purge_receipts(at=kept) == 0
        assert gifts.purge_receipts(at=kept + timedelta(days=1)) == 1

    @pytest.mark.parametrize(
        "change", [{"amount": 1}, {"day": date(2026, 1, 1)}, {"door": "box"}, {"taking": None}]
    )
    def test_say_for_good_what_they_said(self, collection, noon, change):
        mine = town.receipt(collection, 500, at=noon)
        town.taken(collection, 1, 500, at=noon, door="counter")
        with pytest.raises(DatabaseError), transaction.atomic():
            Receipt.objects.filter(pk=mine.pk).update(**change)

    def test_never_come_to_more_than_a_total(self, collection, noon):
        taken = town.taken(collection, 2, 900, at=noon, door="counter")
        one, two, three = (town.receipt(collection, 450, at=noon) for _ in range(3))
        box = town.receipt(collection, 1, at=noon, door="box")
        Receipt.objects.filter(pk__in=[one.pk, two.pk]).update(taking=taken)  # control
        for more in (three, box):
            with pytest.raises(DatabaseError, match="its total"), transaction.atomic():
                Receipt.objects.filter(pk=more.pk).update(taking=taken)


class TestTotals:
    """What is told of gifts is what the ledger moved, whoever writes."""

    def test_never_change(self, collection, noon):
        taken = town.taken(collection, 2, 900, at=noon)
        for deed in (lambda: Taking.objects.update(gifts=3), taken.delete):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                deed()

    @pytest.mark.parametrize(
        "told", [{"amount": 901}, {"day": date(2026, 1, 1)}, {"gifts": 0}, {"entry": None}]
    )
    def test_say_nothing_but_what_was_booked(self, collection, noon, told):
        line = (collection.source, collection.account, 900)
        entry = funds.posted(collection.fund, "receive", line, at=noon)
        said = {
            "collection": collection, "day": noon.date(), "door": "box", "gifts": 2, "amount": 900,
            "entry": entry, "by_name": "甲", "by_role": "officer", "by_unit": "乙", "at": noon,
        }  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Taking.objects.create(**said | told)
        Taking.objects.create(**said)  # control

    def test_are_of_accounts_of_their_own(self, collection, noon):
        for change in (
            {"source": funds.account(collection.fund, "gift", at=noon)},
            {"purpose": "别的"},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                Collection.objects.filter(pk=collection.pk).update(**change)


def test_names_no_person_in_any_of_its_tables():
    held = {field.name for one in (Collection, Taking, Receipt) for field in one._meta.local_fields}
    assert held == {
        "id", "by_name", "by_role", "by_unit", "at", "code", "fund", "title", "purpose", "ways", "source",
        "account", "begins_on", "closed_on", "published_at", "collection", "day", "door", "gifts", "amount",
        "entry", "order", "taking",
    }  # fmt: skip


def in_months(told):
    days = [date(2020 + number // 12, number % 12 + 1, 1) for number in range(len(told))]
    return [Span(day, day, *one) for day, one in zip(days, told, strict=True)]


months = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 10_000)), max_size=24)


@given(months.map(in_months))
def test_tells_spans_in_which_nobody_stands_alone(told):
    spans = told_spans(told)

    assert all(one.gifts >= 10 for one in spans)
    if sum(one.gifts for one in told) >= 10:
        for part in ("gifts", "amount"):
            whole = sum(getattr(one, part) for one in told)
            assert sum(getattr(one, part) for one in spans) == whole
    else:
        assert spans == []


@pytest.mark.django_db(transaction=True)
def test_books_a_receipt_once_when_two_count_the_same_day(noon):
    collection = town.collection(at=noon)
    mine = town.receipt(collection, 500, at=noon)

    failures = at_once(3, lambda _: town.taken(collection, 1, 500, at=noon, door="counter"))

    assert failures == []
    assert Taking.objects.count() == 3
    assert Receipt.objects.get(pk=mine.pk).taking is not None
    assert standing(collection).given == 1500

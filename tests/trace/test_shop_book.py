"""A shop enters three fields: valid events come of it, a book that can be reckoned, and nothing is lost."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from linli.kernel.refusals import Refused
from linli.trace.actions import book, book_wrongs
from linli.trace.models import Alert, BookLine, BookSheet, Event, EventLink, Lot, Product
from linli.trace.queries.keys import as_operator
from linli.trace.queries.lots import find
from linli.trace.queries.shop_book import in_hand, left_of
from linli.trace.queries.shop_shelf import Shelf, Typed, Wrong
from linli.trace.rules.epcis.event_faults import event_faults
from tests.town import trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def place():
    found = trace.premises(at=NOW - timedelta(30))
    trace.permit(found, at=NOW - timedelta(30))
    return found


@pytest.fixture
def shop(place):
    other = trace.operator("雄关清真超市", at=NOW, number=2)
    return trace.premises("雄关清真超市", at=NOW, of=other, activities=("retail",))


def does(premises, kind, *fields, at=NOW, **more):
    of = premises.operator
    deed = Shelf(of, premises, at).read(kind, Typed(*fields))
    return book.enter(by=as_operator(of), at=at, operator=of, deeds=[deed], **more)


def bodies():
    return [json.loads(one.body) for one in Event.objects.order_by("id")]


def test_tells_a_whole_life_of_a_lot_as_valid_events(place, shop):
    trace.permit(shop, at=NOW - timedelta(1), number="JY-0002")
    [beef] = does(place, "received", "牛腱", "20 公斤", "祁连屠宰场").lines
    made, used = does(place, "made", "酱牛肉", "30斤", beef.lot.code, at=LATER).lines
    does(place, "sold", made.lot.code, "5", shop.operator.name, at=LATER)
    does(shop, "received", made.lot.uri, "5", place.code, at=LATER)
    does(shop, "sold", made.lot.code, "500g", at=LATER)
    does(shop, "thrown", made.lot.code, "1", at=LATER)
    assert (used.kind, used.lot, made.amount) == ("used", beef.lot, Decimal(15))
    assert (beef.lot.origin, made.lot.origin) == ("祁连屠宰场", None)
    told = bodies()
    assert [fault for event in told for fault in event_faults(event)] == []
    assert [event["bizStep"] for event in told] == [
        "receiving", "creating_class_instance", "shipping", "receiving", "retail_selling", "destroying",
    ]  # fmt: skip
    assert EventLink.objects.count() == 2
    assert [(lot, amount.value) for lot, amount in in_hand(shop.operator)] == [
        (made.lot, Decimal("3.5"))
    ]
    assert left_of(place.operator, [made.lot.pk])[made.lot.pk] == (Decimal(10), "KGM")
    assert not Alert.objects.exists()


def test_keeps_no_word_of_who_buys_over_the_counter(place):
    [made] = does(place, "made", "酱牛肉", "30").lines
    [sold] = does(place, "sold", made.lot.code, "1").lines
    event = json.loads(sold.event.body)
    assert sold.partner == ""
    assert not {"sourceList", "destinationList", "bizTransactionList"} & event.keys()


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("sold", ("没有的货", "1", ""), 0),
        ("made", ("", "1", ""), 0),
        ("received", ("L00000000X", "1", "某厂"), 0),
        ("received", ("牛腱", "许多", "某厂"), 1),
        ("received", ("牛腱", "3 ell", "某厂"), 1),
        ("received", ("牛腱", "3", ""), 2),
        ("received", ("牛腱", "3", "马某 13812345678"), 2),
        ("received", ("牛腱", "3", "620202199001011234"), 2),
        ("made", ("酱牛肉", "3", "LXXXXXXXXX"), 2),
    ],
)
def test_says_which_field_cannot_be_understood(place, kind, fields, field):
    with pytest.raises(Wrong) as wrong:
        does(place, kind, *fields)
    assert wrong.value.field == field
    assert not BookLine.objects.exists()


def test_enters_what_was_done_without_a_permit_and_tells_the_unit(place, shop):
    [made] = does(place, "made", "酱牛肉", "30").lines
    done = does(place, "sold", made.lot.code, "40", shop.code)
    assert [(one.kind, one.name, one.state) for one in done.warned] == [
        ("partner", shop.name, "none"),
        ("too_much", str(made.lot), ""),
    ]
    does(place, "sold", made.lot.code, "1", shop.code, at=LATER)
    [alert] = Alert.objects.all()
    assert (alert.unit, alert.said["name"], alert.said["state"]) == (
        place.operator.unit, shop.name, "none",
    )  # fmt: skip


def test_declares_a_line_wrong_and_writes_what_holds(place):
    [made] = does(place, "made", "酱牛肉", "30").lines
    right = Shelf(place.operator, place, NOW).read("made", Typed(made.lot.code, "13"))
    by = as_operator(place.operator)
    [line] = book_wrongs.correct(by=by, at=LATER, line=made, deed=right).lines
    made.refresh_from_db()
    assert (made.wrong_at, line.corrects, line.lot) == (LATER, made, made.lot)
    first, second, said = bodies()
    assert said["errorDeclaration"]["correctiveEventIDs"] == [second["eventID"]]
    assert (first["action"], second["action"]) == ("ADD", "ADD")
    assert Event.objects.get(pk=made.event_id).mistaken_at == LATER
    assert left_of(place.operator, [made.lot.pk])[made.lot.pk].value == 13
    with pytest.raises(Refused, match="wrong_already"):
        book_wrongs.take_back(by=by, at=LATER, line=made)
    assert Event.objects.count() == 3


def test_takes_back_what_did_not_happen_with_all_its_lines(place):
    [beef] = does(place, "received", "牛腱", "20 公斤", "祁连屠宰场").lines
    made, used = does(place, "made", "酱牛肉", "30", beef.lot.code).lines
    book_wrongs.take_back(by=trace.officer(), at=LATER, line=made)
    used.refresh_from_db()
    assert used.wrong_at == LATER
    assert not EventLink.objects.exists()


def test_refuses_a_correction_that_says_the_same(place):
    [made] = does(place, "made", "酱牛肉", "30").lines
    same = Shelf(place.operator, place, NOW).read("made", Typed(made.lot.code, "30"))
    with pytest.raises(Refused, match="nothing_changed"):
        book_wrongs.correct(by=as_operator(place.operator), at=LATER, line=made, deed=same)
    made.refresh_from_db()
    assert made.wrong_at is None


def test_takes_a_table_in_once(place):
    of, by = place.operator, as_operator(place.operator)
    shelf = Shelf(of, place, NOW)
    rows = [Typed("牛腱", "5", "祁连屠宰场"), Typed("牛腱", "5", "祁连屠宰场")]
    deeds = [
        shelf.read("received", one, NOW + timedelta(milliseconds=place))
        for place, one in enumerate(rows)
    ]
    given = {"by": by, "at": LATER, "operator": of, "digest": "a" * 64, "deeds": deeds}
    sheet, done = book.take_in(**given)
    again, nothing = book.take_in(**given)
    assert (len(done.lines), again, nothing.lines) == (2, sheet, ())
    assert (BookSheet.objects.count(), Product.objects.count(), Lot.objects.count()) == (1, 1, 2)


def test_lets_a_key_write_into_its_own_book_alone(place, shop):
    deed = Shelf(place.operator, place, NOW).read("made", Typed("酱牛肉", "30"))
    with pytest.raises(Refused, match="other_operator"):
        book.enter(by=as_operator(shop.operator), at=NOW, operator=place.operator, deeds=[deed])
    with pytest.raises(Refused, match="other_premises"):
        book.enter(by=as_operator(shop.operator), at=NOW, operator=shop.operator, deeds=[deed])
    with pytest.raises(Refused, match="not_yet"):
        book.enter(
            by=as_operator(place.operator), at=NOW - LATER.resolution, operator=place.operator, deeds=[deed]
        )  # fmt: skip
    assert not BookLine.objects.exists()


def test_never_changes_a_line(place):
    [made] = does(place, "made", "酱牛肉", "30").lines
    for fields in ({"amount": 3}, {"partner": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BookLine.objects.filter(pk=made.pk).update(**fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        Lot.objects.filter(pk=made.lot_id).update(origin="别处")
    with pytest.raises(DatabaseError), transaction.atomic():
        BookLine.objects.all()._raw_delete("default")


def test_finds_a_lot_by_whatever_names_it(place):
    goods = trace.product(place.operator, at=NOW, gtin="06901234567892")
    deed = Shelf(place.operator, place, NOW).read("made", Typed("酱牛肉", "30"))
    [line] = book.enter(by=trace.officer(), at=NOW, operator=place.operator, deeds=[deed]).lines
    lot = line.lot
    assert (lot.product, lot.uri) == (goods, "https://id.gs1.org/01/06901234567892/10/20261120")
    for text in (
        lot.code, lot.code.lower(), f"/q/{lot.code}", f"https://any.example/q/{lot.code}", lot.uri,
        "/01/06901234567892/10/20261120", "(01)06901234567892(10)20261120", "010690123456789210" + lot.number,
    ):  # fmt: skip
        assert find(text) == lot, text
    assert find("L00000000X") is None
    assert find("/01/06901234567892") is None

"""A shop at its workplace, and a clerk for it: in with code and phrase, three fields, a table, labels."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from linli.kernel.sheets import write_xlsx
from linli.trace.actions import keys
from linli.trace.models import BookLine, BookSheet, Lot, Product
from linli.trace.views.trading import TRADE
from tests.town import trace
from tests.town.staff import account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def place():
    found = trace.premises(at=NOW)
    trace.permit(found, at=NOW)
    return found


@pytest.fixture
def phrase(place):
    return keys.hand_phrase(by=trace.officer(), at=NOW, operator=place.operator)


@pytest.fixture
def shop(client, place, phrase):
    """A browser that signed in for the business."""
    to = "/en/trade/in/?to=/en/trade/lots/"
    given = {"code": place.operator.code.lower(), "passphrase": phrase}
    assert client.post(to, given).headers["Location"] == "/en/trade/lots/"
    return client


def enters(client, kind, base="/en/trade/", **fields):
    page = client.get(f"{base}enter/{kind}/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    return client.post(f"{base}enter/{kind}/", {"once": once} | fields), once


def test_opens_the_workplace_with_code_and_phrase(shop, place):
    told = shop.get("/en/trade/")
    assert told.headers["Cache-Control"] == "no-store, private"
    assert place.operator.name in told.content.decode()
    cookie = shop.cookies[TRADE.name]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert place.operator.code not in cookie.value


def test_leads_strangers_to_the_door_and_no_further(client, place, phrase):
    assert (
        client.get("/en/trade/lots/").headers["Location"]
        == "/en/trade/in/?to=%2Fen%2Ftrade%2Flots%2F"
    )
    told = client.post(
        "/en/trade/in/?to=//evil.example/", {"code": place.operator.code, "passphrase": phrase}
    )
    assert told.headers["Location"] == "/en/trade/"


def test_closes_the_workplace_when_it_is_left_or_the_phrase_replaced(shop, place):
    keys.hand_phrase(by=trace.officer(), at=NOW, operator=place.operator)
    assert shop.get("/en/trade/").status_code == 302
    newest = keys.hand_phrase(by=trace.officer(), at=NOW, operator=place.operator)
    shop.post("/en/trade/in/", {"code": place.operator.code, "passphrase": newest})
    assert shop.get("/en/trade/").status_code == 200
    shop.post("/en/trade/out/")
    assert shop.get("/en/trade/").status_code == 302


def test_slows_down_who_tries_phrases(client, place):
    forget_all()
    wrong = {"code": place.operator.code, "passphrase": "0000 0000 0000 0000"}
    answers = [client.post("/en/trade/in/", wrong).status_code for _ in range(7)]
    assert answers == [422] * 6 + [429]
    forget_all()


def test_enters_three_fields_and_shows_the_event_in_words(shop, place):
    told, _once = enters(shop, "received", what="牛腱", how_much="20 公斤", who="祁连屠宰场")
    assert told.status_code == 200
    assert "祁连屠宰场" in told.content.decode()
    beef = Lot.objects.get()
    told, once = enters(shop, "made", what="酱牛肉", how_much="30", who=[beef.code])
    again = shop.post(
        "/en/trade/enter/made/",
        {"once": once, "what": "酱牛肉", "how_much": "30", "who": [beef.code]},
    )
    assert again.content == told.content
    assert BookLine.objects.count() == 3
    line = BookLine.objects.get(kind="made")
    page = shop.get(f"/en/trade/book/{line.code}/").content.decode()
    assert line.event.digest in page
    assert "30 kg" in page


def test_says_what_is_wrong_beside_the_field(shop):
    told, _once = enters(shop, "received", what="牛腱", how_much="许多", who="某厂")
    assert told.status_code == 422
    assert 'href="#id_how_much"' in told.content.decode()
    assert shop.get("/en/trade/enter/eaten/").status_code == 404


def test_corrects_and_takes_back_a_line(shop):
    enters(shop, "made", what="酱牛肉", how_much="30")
    first = BookLine.objects.get()
    page = shop.get(f"/en/trade/book/{first.code}/correct/")
    assert page.context["form"].initial["how_much"] == "30 kg"
    shop.post(f"/en/trade/book/{first.code}/correct/", {"what": first.lot.code, "how_much": "13"})
    second = BookLine.objects.get(corrects=first)
    assert (
        f"/en/trade/book/{second.code}/"
        in shop.get(f"/en/trade/book/{first.code}/").content.decode()
    )
    assert shop.post(f"/en/trade/book/{second.code}/back/").status_code == 302
    assert shop.post(f"/en/trade/book/{second.code}/back/").status_code == 409


def test_takes_a_table_in_once_and_names_the_cells_that_are_wrong(shop):
    blank = shop.get("/en/trade/table/received.xlsx")
    columns = [cell.value for cell in load_workbook(io.BytesIO(blank.content)).active[1]]
    assert len(columns) == 3

    def brings(*rows):
        file = io.BytesIO(write_xlsx(columns, rows, title="t"))
        file.name = "进货.xlsx"
        return shop.post("/en/trade/table/", {"kind": "received", "file": file})

    wrong = brings(("牛腱", "5", "祁连屠宰场"), ("牛腱", "some", "祁连屠宰场"), ("", "5", ""))
    assert wrong.status_code == 422
    assert [fault.cell for fault in wrong.context["faults"]] == ["B3", "A4"]
    assert not BookLine.objects.exists()
    right = (("牛腱", 5, "祁连屠宰场"), ("牛腱", 5, "祁连屠宰场"))
    assert brings(*right).context["new"]
    assert not brings(*right).context["new"]
    assert (BookLine.objects.count(), BookSheet.objects.get().rows) == (2, 2)


def test_prints_labels_that_lead_to_the_lookup(shop):
    enters(shop, "made", what="酱牛肉", how_much="30", best_before="2026-12-20")
    lot = Lot.objects.get()
    page = shop.get(f"/en/trade/lots/{lot.code}/labels/?n=3").content.decode()
    assert page.count("label__square") == 3
    assert (
        reverse("goods:lookup", args=[lot.code])
        in shop.get(f"/en/trade/lots/{lot.code}/").content.decode()
    )
    assert shop.get(f"/en/trade/lots/{lot.code}/labels/?n=9999").status_code == 422


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"gtin": "6901234567892", "owned": "on"}, 302),
        ({"gtin": "6901234567892"}, 422),
        ({"gtin": "6901234567890", "owned": "on"}, 422),
        ({"gtin": "2001234567893", "owned": "on"}, 422),
    ],
)
def test_takes_a_gtin_only_from_who_owns_a_right_one(shop, fields, status):
    assert shop.post("/en/trade/products/", {"name": "酱牛肉"} | fields).status_code == status
    assert Product.objects.count() == (status == 302)


def test_shows_no_book_of_another_business(shop, place):
    other = trace.premises("另一厂", at=NOW, of=trace.operator("另一家", at=NOW, number=2))
    lot = trace.lot(trace.product(other.operator, at=NOW), other, at=NOW)
    assert shop.get(f"/en/trade/lots/{lot.code}/").status_code == 404
    assert shop.get(f"/en/console/trade/{place.operator.code}/").status_code == 302


def test_lets_a_clerk_enter_what_a_paper_says(client, place):
    client.force_login(account(Role.CLERK))
    assert place.operator.code in client.get("/en/console/trade/?words=河西").content.decode()
    base = f"/en/console/trade/{place.operator.code}/"
    told, _once = enters(client, "made", base, what="酱牛肉", how_much="30", on="2026-11-18")
    assert told.status_code == 200
    line = BookLine.objects.get()
    assert (line.by_role, line.happened_at, line.lot.number) == (
        "clerk", NOW - timedelta(2), "20261118",
    )  # fmt: skip


def test_lists_lots_for_the_unit_in_few_queries(client, place, django_assert_max_num_queries):
    goods = trace.product(place.operator, at=NOW)
    for number in range(8):
        trace.lot(goods, place, at=NOW, number=f"N{number}", drawn=number)
    client.force_login(officer := account(Role.OFFICER))
    Staff.objects.filter(pk=officer.pk).update(unit=trace.KEEPER)
    with django_assert_max_num_queries(12):
        assert len(client.get("/en/console/lots/").context["rows"]) == 8
    lot = Lot.objects.get(number="N3")
    assert client.get(f"/en/console/lots/?words={lot.code}").context["page"].object_list == [lot]
    assert client.get(f"/en/console/lots/{lot.code}/").status_code == 200
    Staff.objects.filter(pk=officer.pk).update(unit="另一个局")
    assert client.get(f"/en/console/lots/{lot.code}/").status_code == 404

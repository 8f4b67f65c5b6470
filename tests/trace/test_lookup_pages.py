"""The look-up as everybody gets it: one screen, light, in their language, kept in memory, counted coarsely."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.editions import edition_of
from linli.trace.actions import lab_hearings, operators, permits
from linli.trace.actions.lookups import tally, write_lookups
from linli.trace.models import LookupCount, Product
from linli.trace.queries.keys import as_operator
from linli.trace.rules.signed_answers import opened
from linli.ui.kept import pages
from tests.town import laboratory, recalls, trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = timedelta(days=1)
CSS = Path(settings.ROOT) / "trace/static/trace"
UI = Path(settings.ROOT) / "ui"


@pytest.fixture(autouse=True)
def clock():
    pages.forget()
    tally.taken()
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved
    pages.forget()
    tally.taken()


@pytest.fixture
def lot():
    place = trace.premises(at=NOW - 9 * DAY)
    trace.permit(place, at=NOW - 9 * DAY, days=30)
    goods = trace.product(place.operator, at=NOW, name="酱牛肉", gtin="09520123456788")
    return trace.lot(goods, place, at=NOW - 3 * DAY, number="A1")


def answered(client, code, **asked):
    response = client.get(f"/q/{code}", {"lang": "en"} | asked)
    head = re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]
    return response.status_code, head


def test_answers_whatever_names_the_lot(client, lot):
    place, permit = lot.premises, lot.premises.permits.get()
    for code in (
        lot.code,
        lot.code.lower(),
        "(01)09520123456788(10)A1",
        "0109520123456788" + "10A1",
    ):
        assert answered(client, code) == (200, "Valid")
    for code in (
        permit.code,
        permit.number,
        place.code,
        place.operator.credit_code,
        place.operator.code,
    ):
        assert answered(client, code) == (200, "Valid")
    assert answered(client, "09520123456788") == (200, "Which one is it?")
    assert answered(client, "(01)09520123456788(10)B") == (404, "Not known here")
    assert answered(client, "L00000010R") == (404, "Not known here")
    assert answered(client, lot.code[:-1] + "X") == (404, "Not a code as printed")
    assert answered(client, "牛肉") == (404, "Not a code as printed")
    assert answered(client, "%00%FF") == (404, "Not a code as printed")


def test_answers_by_the_permit_today_and_on_the_day_it_was_made(client, lot, clock):
    permit = lot.premises.permits.get()
    permits.suspend(by=trace.officer(), at=NOW, permit=permit, reason="检查不合格")
    assert answered(client, lot.code) == (200, "Permit suspended")
    assert answered(client, permit.code) == (200, "Permit suspended")
    permits.reinstate(by=trace.officer(), at=NOW + DAY, permit=permit, reason="已整改")
    clock.move_to(NOW + 2 * DAY)
    assert answered(client, lot.code) == (200, "Valid")
    clock.move_to(NOW + 25 * DAY)
    assert answered(client, lot.code) == (200, "Permit expired")
    early = trace.lot(lot.product, lot.premises, at=NOW - 20 * DAY, number="A0", drawn=2, days=99)
    assert answered(client, early.code) == (200, "Made without a valid permit")


def test_answers_what_is_past_or_without_a_permit(client, lot, clock):
    bare = trace.premises("无证店", at=NOW, of=trace.operator("无证店", at=NOW, number=2))
    assert answered(client, bare.code) == (200, "No permit on record")
    old = trace.lot(lot.product, lot.premises, at=NOW - 3 * DAY, number="A2", drawn=3, days=2)
    assert answered(client, old.code) == (200, "Best before is over")
    operators.close_premises(by=trace.officer(), at=NOW, premises=lot.premises, on=NOW.date())
    assert answered(client, lot.code) == (200, "Closed for good")


def test_tells_a_recall_and_never_a_drill(client):
    goods = recalls.chain(NOW)
    before = client.get(f"/q/{goods.beef.code}").content
    recalls.running(goods.beef, at=NOW, drill=True, words="")
    pages.forget()
    assert client.get(f"/q/{goods.beef.code}").content == before
    recall = recalls.running(goods.beef, at=NOW)
    assert answered(client, goods.beef.code) == (200, "Recalled")
    page = client.get(f"/q/{goods.sausage.code}?lang=en").content.decode()
    assert "It was made of a lot that is recalled." in page
    assert f"/en/food/recalls/{recall.code}/" in page


def test_tells_a_test_once_it_is_public(client, lot):
    report = laboratory.adverse(at=NOW, place=lot.premises, lot=lot)
    lab_hearings.tell_operator(by=trace.officer(), at=NOW, report=report)
    assert answered(client, lot.code) == (200, "Valid")
    lab_hearings.reply_to_result(
        by=as_operator(lot.premises.operator), at=NOW, report=report, words="已下架"
    )
    assert answered(client, lot.code) == (200, "A test found something")
    page = client.get(f"/q/{lot.code}?lang=en").content.decode()
    assert f"/en/food/results/{report.sample.code}/" in page


def test_leads_from_the_box_to_the_answer(client, lot):
    assert client.get("/q/").status_code == 200
    answer = client.get("/q/", {"code": f" https://linli.example/q/{lot.code} ", "lang": "ug"})
    assert (answer.status_code, answer["Location"]) == (302, f"/q/{lot.code}?lang=ug")
    answer = client.get("/q/", {"code": "(01)09520123456788(10)A/1"})
    assert answer["Location"] == "/q/%2801%2909520123456788%2810%29A%2F1"


@pytest.mark.parametrize(
    ("accepted", "tag", "direction"),
    [
        ("zh-TW,zh;q=0.9", "zh-Hant", "ltr"),
        ("zh", "zh-Hans", "ltr"),
        ("ug-CN, zh;q=0.5", "ug", "rtl"),
        ("fr, en;q=0.3", "en", "ltr"),
        ("", "zh-Hans", "ltr"),
    ],
)
def test_speaks_the_visitors_language(client, lot, accepted, tag, direction):
    client.get(f"/q/{lot.code}", headers={"accept-language": "bo"})  # which is in memory now
    for _again in range(2):
        answer = client.get(f"/q/{lot.code}", headers={"accept-language": accepted})
        assert f'<html lang="{tag}" dir="{direction}"' in answer.content.decode()
        assert "Accept-Language" in answer["Vary"]


@pytest.mark.django_db(transaction=True)  # PostgreSQL renews the mark as a transaction ends
def test_would_speak_to_all_as_to_the_first_if_memory_knew_no_language(client, lot, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr("linli.ui.kept.varies", lambda _path: False)
    for accepted in ("bo", "en"):
        page = client.get(f"/q/{lot.code}", headers={"accept-language": accepted}).content.decode()
        assert '<html lang="bo"' in page


def test_weighs_little_and_follows_nobody(client, lot):
    answer = client.get(f"/q/{lot.code}?lang=ug&mode=elder")
    page = answer.content.decode()
    fetched = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', page)
    assert sorted(path.rpartition("/")[2] for path in fetched) == [
        "lookup.css", "lookup_colours.css", "mark.svg",
    ]  # fmt: skip
    whole = len(answer.content) + sum(
        path.stat().st_size for path in (*CSS.glob("lookup*.css"), UI / "static/ui/mark.svg")
    )
    assert whole < 30 * 1024
    assert "<script" not in page
    assert not answer.cookies
    assert 'data-mode="elder"' in page


def test_has_the_colours_of_the_house():
    own = (CSS / "lookup_colours.css").read_text()
    tokens = (UI / "css/tokens.css").read_text() + (UI / "css/dark.css").read_text()
    said = {line.strip() for line in tokens.splitlines()}
    ours = [line.strip() for line in own.splitlines() if line.strip().startswith("--")]
    assert len(ours) > 30
    assert {line for line in ours if line not in said} == set()


@pytest.mark.django_db(transaction=True)
def test_is_made_anew_at_once_when_anything_changes(client, lot, django_assert_num_queries):
    address = f"/q/{lot.code}?lang=en"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0"
    with django_assert_num_queries(1):
        assert client.get(address).content == first.content
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    mark = edition_of("food")
    Product.objects.filter(pk=lot.product_id).update(name="卤牛肉")
    assert edition_of("food") != mark
    assert "卤牛肉" in client.get(address).content.decode()
    permits.suspend(
        by=trace.officer(), at=NOW, permit=lot.premises.permits.get(), reason="检查不合格"
    )
    assert answered(client, lot.code) == (200, "Permit suspended")


@contextmanager
def unmarked(table):
    """Take away what makes the mark of a table new, for a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_marked")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_marked")
            return
        name = f"{table}_marked_UPDATE"
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        (made,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
        yield
        cursor.execute(made)


@pytest.mark.django_db(transaction=True)
def test_would_tell_what_was_if_no_mark_were_made(client, lot):
    """The control of the test above."""
    first = client.get(f"/q/{lot.code}")
    with unmarked("trace_product"):
        Product.objects.filter(pk=lot.product_id).update(name="卤牛肉")
    assert client.get(f"/q/{lot.code}").content == first.content


def test_counts_looks_coarsely_from_memory_too(client, lot):
    for _look in range(3):
        client.get(f"/q/{lot.code}")
    client.get("/q/L00000010R")
    write_lookups(by=system("test"), at=NOW)
    kept = LookupCount.objects.values_list("day", "kind", "count")
    assert set(kept) == {(NOW.date(), "valid", 3), (NOW.date(), "unknown", 1)}
    assert {field.name for field in LookupCount._meta.local_fields} == {
        "id",
        "day",
        "kind",
        "count",
    }


def test_signs_the_answer_for_where_there_is_no_network(client, lot):
    said = client.get(f"/q/{lot.code}.json").json()
    answer = opened(said["note"], city_key.signer().key, NOW)
    assert {name: answer[name] for name in said["answer"]} == said["answer"]
    assert (answer["kind"], answer["code"], answer["lot"]["number"]) == ("valid", lot.code, "A1")
    with pytest.raises(ValueError, match="too old"):
        opened(said["note"], city_key.signer().key, NOW + 2 * DAY)
    unknown = client.get("/q/L00000010R.json")
    assert (unknown.status_code, unknown.json()) == (404, {"answer": {"kind": "unknown"}})

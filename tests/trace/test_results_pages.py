"""What everybody reads of laboratories: the list, a report, the data; and what is never said."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from linli.trace.actions import lab_hearings, lab_reports
from linli.trace.models import Report
from linli.trace.queries.keys import as_operator
from linli.trace.rules.laboratory import wording
from tests.offers.console import page
from tests.town import laboratory as lab
from tests.town import trace

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
HALAL = re.compile(r"halal|清真|ھالال|حلال|ཧ་ལལ", re.IGNORECASE)
NOT_FOUND = re.compile(r"not[ _]detected|未检出|未檢出", re.IGNORECASE)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT + timedelta(1), tick=False):
        yield


@pytest.fixture
def clean():
    """A sample of a lot in which nothing was found."""
    place = trace.premises("河西食品加工厂", at=AT, of=trace.operator("河西食品有限公司", at=AT))
    lot = trace.lot(trace.product(place.operator, at=AT), place, at=AT)
    sample = lab.received(lab.taken(lab.ordered(place, at=AT, lot=lot), at=AT), at=AT)
    lab.run_of(sample, 29, 29.5, at=AT, blank=33)
    lab.run_of(sample, None, None, at=AT)
    lab.reported(sample, at=AT)
    return sample


@pytest.mark.django_db
def test_says_what_was_found_and_every_test_behind_it(clean, client):
    text = page(client, f"/food/results/{clean.code}/")
    assert (
        "DNA of pork was not detected (SN/T 0000, limit of detection 5 copies per reaction)."
        in text
    )
    assert "未检出猪源性成分" in text
    assert "No-template control A1: a signal where none may be" in text
    assert "version 1" in text
    assert clean.material in page(client, "/food/results/")
    assert "No result fits" in page(client, "/food/results/?result=detected")


@pytest.mark.django_db
def test_shows_nothing_that_is_not_public(client):
    report = lab.adverse(at=AT)
    address = f"/food/results/{report.sample.code}/"
    assert page(client, address, status=404)
    assert "No result is public yet" in page(client, "/food/results/")
    lab_hearings.tell_operator(by=trace.officer(), at=AT, report=report)
    owner = as_operator(report.sample.premises.operator)
    lab_hearings.reply_to_result(by=owner, at=AT, report=report, words="原料有误，已召回。")
    assert "原料有误，已召回。" in page(client, address)
    made = lab_reports.write_report(by=lab.analyst(), at=AT, sample=report.sample, reason="更正")
    lab_reports.approve_report(by=lab.analyst("复核员"), at=AT, report=made)
    assert "being amended" in page(client, address)
    assert Report.objects.get(pk=made.pk).published_at is None


@pytest.mark.django_db
def test_gives_results_as_a_table_once(clean, client):
    answer = client.get("/food/results.csv")
    head, row = answer.content.decode("utf-8-sig").splitlines()
    said = dict(zip(head.split(","), row.split(","), strict=True))
    assert (said["sample"], said["result"]) == (clean.code, "not_detected")
    assert (said["lot"], said["taken_on"]) == (clean.lot.code, "2026-11-20")
    again = client.get("/food/results.csv", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_asks_few_questions_however_many_results(clean, client, django_assert_max_num_queries):
    for n in (1, 2, 3):
        sample = lab.received(lab.taken(lab.ordered(clean.premises, at=AT), at=AT, seal=f"G-{n}"), at=AT, seal=f"G-{n}")  # fmt: skip
        lab.run_of(sample, None, None, at=AT)
        lab.reported(sample, at=AT)
    with django_assert_max_num_queries(3):
        client.get("/en/food/results/")


def near(text):
    """Where "not detected" stands in one text with the word that an office alone may say."""
    return [
        one for one in re.split(r"\n\s*\n", text) if NOT_FOUND.search(one) and HALAL.search(one)
    ]


def test_never_says_halal_near_not_detected():
    root = Path(__file__).parents[2] / "linli"
    for path in (root / "trace" / "templates").rglob("*.html"):
        text = path.read_text()
        assert not (NOT_FOUND.search(text) and HALAL.search(text)), path.name
    for path in (root / "locale").rglob("*.po"):
        assert near(path.read_text()) == [], path
    said = [text for of in wording._SENTENCES.values() for text in of.values()]
    said += wording._MEASURED.values()
    assert not [text for text in said if HALAL.search(text)]
    assert near('msgid "not detected: halal"\nmsgstr "未检出，清真"')  # the control
    assert HALAL.search("清真食品")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/zh-hant", "/en", "/ug"])
def test_says_nothing_of_halal_on_the_page_of_a_result(clean, language):
    answer = Client().get(f"{language}/food/results/{clean.code}/")
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert NOT_FOUND.search(main)
    assert HALAL.search(main) is None

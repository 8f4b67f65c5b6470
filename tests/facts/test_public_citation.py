"""The permanent address of a figure: what it says, what it rests on, what was said before and after."""

import pytest

from linli.facts.models import Fact
from linli.kernel.codes import code_of, new_code
from tests.town import figures
from tests.town.staff import account

pytestmark = pytest.mark.django_db


def test_says_what_where_when_and_how_sure(client):
    fact = figures.said("120", bound="more_than")

    page = client.get(f"/en/c/{fact.code}")

    text = page.content.decode()
    assert page.status_code == 200
    assert "more than 120 attendances" in text
    assert "嘉峪关市" in text
    assert "一年内参加公共培训的人次。" in text
    assert "said--claimed" in text
    assert "cite--old" not in text


def test_leads_to_the_sentence_in_the_text(client):
    fact = figures.said()

    assert 'href="/reports/7K3M-92QD/#s-f1"' in client.get(f"/c/{fact.code}").content.decode()
    english = client.get(f"/en/c/{fact.code}").content.decode()
    assert figures.SENTENCE in english
    assert 'href="/en/reports/7K3M-92QD/#s-f1"' in english


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        (figures.query, ["培训签到的次数", "2026-05", "cd" * 32, "邻里平台"]),
        (figures.file, ["花名以外的汇总.xlsx", "邻里示范区人社局"]),
        (figures.statement, ["全年培训三百人次。", "https://example.org/a", "邻里日报"]),
    ],
)
def test_says_what_it_rests_on(client, evidence, shown):
    fact = figures.said(status=Fact.EVIDENCED, evidence=evidence())

    text = client.get(f"/c/{fact.code}").content.decode()
    data = client.get(f"/c/{fact.code}.json").json()["evidence"]

    assert [one for one in [*shown, fact.evidence.digest] if one not in text] == []
    assert (data["kind"], data["sha256"], data["data_version"]) == (
        fact.evidence.kind,
        fact.evidence.digest,
        fact.evidence.version,
    )


def test_says_that_a_figure_is_no_longer_current_and_why(client):
    first = figures.said("120")
    second = figures.corrected(first, "96")

    old, new = client.get(f"/c/{first.code}"), client.get(f"/c/{second.code}")

    assert old.context["newest"]["fact"] == second
    assert "cite--old" in old.content.decode()
    assert "按签到表更正" in old.content.decode()
    assert f'href="/c/{second.code}"' in old.content.decode()
    assert new.context["newest"] is None
    assert f'href="/c/{first.code}"' in new.content.decode()


def test_gives_each_correction_its_own_reason(client):
    first = figures.said("120")
    second = figures.corrected(first, "96")
    third = figures.corrected(second, "97", reason="补录一期")

    old = client.get(f"/c/{first.code}")

    assert old.context["next"]["fact"] == second
    assert old.context["newest"]["fact"] == third


def test_says_that_a_figure_was_withdrawn(client):
    first = figures.said("120")
    gone = figures.withdrawn(first)

    old, end = client.get(f"/c/{first.code}"), client.get(f"/c/{gone.code}")

    assert old.context["newest"]["withdrawn"]
    assert "重复统计" in old.content.decode()
    assert end.context["withdrawn"]
    assert "重复统计" in end.content.decode()


def test_gives_the_same_as_data(client):
    first = figures.said("120", bound="more_than")
    second = figures.corrected(first, "96")

    old, new = (
        client.get(f"/c/{first.code}.json").json(),
        client.get(f"/c/{second.code}.json").json(),
    )

    assert (old["code"], old["current"]) == (first.code, False)
    assert old["figure"]["citation"] == f"http://testserver/c/{first.code}"
    assert (old["figure"]["value"], old["figure"]["bound"]) == (120, "more_than")
    assert old["superseded_by"] == old["newest"] == f"http://testserver/c/{second.code}"
    assert old["evidence"]["words"] == figures.SENTENCE
    assert (old["evidence"]["start"], old["evidence"]["end"]) == (40, 40 + len(figures.SENTENCE))
    assert (new["current"], new["superseded_by"]) == (True, None)
    assert [row["value"] for row in new["history"]] == [120, 96]
    assert (new["figure"]["first_value"], new["figure"]["revisions"]) == (120, 1)


def test_gives_a_line_to_quote(client):
    fact = figures.said("120", bound="more_than")

    line = client.get(f"/en/c/{fact.code}").context["quote_line"]

    assert line == (
        "嘉峪关市: Attendances of courses, 2025: more than 120 attendances (Claimed). "
        f"Source: 2025年工作报告. Linli {fact.code}, 2026-05-04. http://testserver/c/{fact.code}"
    )


def test_quotes_one_address_in_every_language(client):
    fact = figures.said()

    pages = [client.get(f"{prefix}/c/{fact.code}") for prefix in ("", "/en", "/zh-hant", "/ug")]

    assert {page.context["address"] for page in pages} == {f"http://testserver/c/{fact.code}"}


def test_forgives_how_a_code_is_typed(client):
    number = next(n for n in range(1, 10_000) if {"0", "1"} <= set(code_of(n)))
    code = code_of(number)
    typed = code.lower().replace("0", "o").replace("1", "i").replace("-", "%20")

    assert client.get(f"/c/{typed}")["Location"] == f"/c/{code}"
    assert client.get(f"/c/{typed}.json")["Location"] == f"/c/{code}.json"
    assert client.get(f"/en/c/{typed}")["Location"] == f"/en/c/{code}"


@pytest.mark.parametrize("typed", ["x", "7K3M-92QE", "0", "%00", "7K3M-92QD-7K3M"])
def test_says_that_a_code_cannot_be_one(client, typed):
    assert client.get(f"/c/{typed}").status_code == 404
    assert client.get(f"/c/{typed}.json").status_code == 404


def test_finds_nothing_under_a_code_that_was_never_given(client):
    figures.said()

    assert client.get(f"/c/{code_of(2**34)}").status_code == 404
    assert client.get(f"/c/{new_code()}.json").status_code == 404


def test_shows_what_is_not_public_to_staff_alone(client):
    hidden = figures.said(on=figures.indicator("course.hidden", public=False))

    assert client.get(f"/c/{hidden.code}").status_code == 404
    assert client.get(f"/c/{hidden.code}.json").status_code == 404

    client.force_login(account())
    page = client.get(f"/c/{hidden.code}")
    assert page.status_code == 200
    assert "notice--soon" in page.content.decode()


def test_asks_the_database_the_same_however_long_the_history_is(client, django_assert_num_queries):
    fact = figures.said("1")
    for number in range(2, 12):
        fact = figures.corrected(fact, str(number))

    with django_assert_num_queries(2):
        client.get(f"/c/{fact.code}")
    with django_assert_num_queries(2):
        client.get(f"/c/{fact.code}.json")


def test_names_nobody(client):
    fact = figures.corrected(figures.said(), "96")

    for address in (f"/c/{fact.code}", f"/c/{fact.code}.json", "/facts/course.trained.csv"):
        assert "甲" not in client.get(address).content.decode()

"""The public list of indicators and the page of each: everything with its source, nothing hidden or lost."""

import csv
import gzip
import io

import pytest

from linli.facts.models import Fact
from tests.town import directory, figures

pytestmark = pytest.mark.django_db

HOME = "/facts/course.trained/"


def table(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def stated(response):
    return [row["figure"] for row in response.context["rows"]]


def test_lists_indicators_that_have_public_figures(client):
    figures.said("120", bound="more_than")
    figures.indicator("course.empty", name="无数字的指标")
    hidden = figures.indicator("course.hidden", name="不公开的指标", public=False)
    figures.said("3", on=hidden)

    page = client.get("/facts/")

    assert [card["indicator"].code for card in page.context["cards"]] == ["course.trained"]
    text = page.content.decode()
    assert page.context["cards"][0]["newest"]["fact"].value == 120
    assert "无数字的指标" not in text
    assert "不公开的指标" not in text


def test_lists_no_indicator_of_which_all_was_withdrawn(client):
    figures.withdrawn(figures.said())

    assert client.get("/facts/").context["cards"] == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("words=培训", ["course.trained"]),
        ("words=courses", ["course.trained"]),
        ("words=nothing", []),
        ("area=620200", ["course.trained"]),
        ("area=620000", ["course.trained", "road.length"]),
        ("area=620100", ["road.length"]),
    ],
)
def test_filters_the_list_by_words_and_place(client, query, codes):
    figures.said()
    lanzhou = directory.area("620100", name="兰州市")
    gansu = directory.area("620000", name="甘肃省", level="province")
    road = figures.indicator("road.length", name="道路", name_en="Roads", unit="km")
    figures.said("7", on=road, area=lanzhou)
    figures.said("5", on=road, area=gansu)

    page = client.get(f"/facts/?{query}")

    assert [card["indicator"].code for card in page.context["cards"]] == codes


def test_says_which_place_it_does_not_know(client):
    figures.said()

    page = client.get("/facts/?area=999999", headers={"accept-language": "en"})

    assert page.status_code == 200
    assert page.context["form"].errors["area"]


def test_shows_who_says_what_with_its_sentence(client):
    figures.said("120", bound="more_than")

    page = client.get(HOME)

    text = page.content.decode()
    assert "一年内参加公共培训的人次。" in text
    assert "邻里示范区人社局" in text
    assert figures.SENTENCE in text
    assert 'href="/reports/7K3M-92QD/#s-f1"' in text
    assert f'href="/c/{Fact.objects.get().code}"' in text


def test_keeps_what_was_published_first_beside_what_was_revised(client):
    first = figures.said("120")
    second = figures.corrected(first, "96")

    row = client.get(HOME).context["rows"][0]

    assert row["fact"] == second
    assert [(one["fact"], one["withdrawn"]) for one in row["vintages"]] == [
        (first, False),
        (second, False),
    ]
    assert "按签到表更正" in client.get(HOME).content.decode()


def test_keeps_what_was_withdrawn_with_its_reason(client):
    figures.withdrawn(figures.said("120"))

    page = client.get(HOME)

    assert [row["withdrawn"] for row in page.context["rows"]] == [True]
    assert "重复统计" in page.content.decode()


@pytest.mark.parametrize(
    ("day", "values"),
    [("2026-05-03", []), ("2026-05-04", ["120"]), ("2026-07-05", ["120"]), ("2026-07-06", ["96"])],
)
def test_says_what_was_said_on_a_day(client, day, values):
    figures.corrected(figures.said("120"), "96")

    page = client.get(f"{HOME}?as_of={day}")
    data = client.get(f"/facts/course.trained.json?as_of={day}").json()
    rows = table(client.get(f"/facts/course.trained.csv?as_of={day}"))

    assert [f"{row['fact'].value.normalize():f}" for row in page.context["rows"]] == values
    assert [str(row["value"]) for row in data["rows"]] == values
    assert [row["value"] for row in rows] == values
    assert data["as_of"] == day


@pytest.mark.parametrize(
    "query", ["as_of=yesterday", "as_of=2026-13-01", "area=999999", "area=%00", "as_of=9999-12-31x"]
)
def test_answers_a_bad_question_with_a_sentence(client, query):
    figures.said()

    page = client.get(f"{HOME}?{query}")
    data = client.get(f"/facts/course.trained.json?{query}")
    sheet = client.get(f"/facts/course.trained.csv?{query}")

    assert (page.status_code, data.status_code, sheet.status_code) == (422, 422, 422)
    assert "rows" not in page.context
    assert str(page.context["refused"].sentence) in page.content.decode()
    assert data.json()["code"] == "not_a_question"
    assert data["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query", ["page=x", "page=-1", "page=9999", "as_of=9999-12-31", "as_of=0001-01-01"]
)
def test_survives_nonsense_in_the_address(client, query):
    figures.said()

    assert client.get(f"{HOME}?{query}").status_code == 200
    assert client.get(f"/facts/?{query}").status_code == 200


def test_narrows_to_a_place_with_all_inside_it(client):
    lanzhou = directory.area("620100", name="兰州市")
    qilihe = directory.area("620103", name="七里河区", level="county")
    figures.said("1", area=lanzhou)
    figures.said("2", area=qilihe)
    figures.said("3")

    rows = table(client.get("/facts/course.trained.csv?area=620100"))

    assert [(row["area"], row["value"]) for row in rows] == [("兰州市", "1"), ("七里河区", "2")]


def test_hides_what_is_not_public(client):
    hidden = figures.indicator("course.hidden", public=False)
    figures.said(on=hidden)

    for address in (
        "/facts/course.hidden/",
        "/facts/course.hidden.csv",
        "/facts/course.hidden.json",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/facts/nothing/").status_code == 404


def test_gives_each_row_with_unit_status_source_and_absolute_address(client):
    fact = figures.said("1125240.5", bound="approx_below", of=2016)

    (row,) = table(client.get("/facts/course.trained.csv"))

    assert row == {
        "citation": f"http://testserver/c/{fact.code}",
        "indicator": "course.trained",
        "area_code": "620200",
        "area": "嘉峪关市",
        "period_from": "2016-01-01",
        "period_until": "2017-01-01",
        "value": "1125240.5",
        "bound": "approx_below",
        "low": "900192.4",
        "low_included": "1",
        "high": "1125240.5",
        "high_included": "0",
        "unit": "person_time",
        "status": "claimed",
        "source": "2025年工作报告",
        "source_kind": "span",
        "source_address": "http://testserver/reports/7K3M-92QD/#s-f1",
        "recorded_at": "2026-05-04T10:00:00+08:00",
        "first_value": "1125240.5",
        "first_recorded_at": "2026-05-04T10:00:00+08:00",
        "revisions": "0",
        "reason": "",
    }


def test_gives_the_same_rows_as_json_with_every_column_explained(client):
    first, other = figures.said("120"), figures.said("7", of=2024)
    figures.corrected(first, "96.5")
    figures.withdrawn(other)

    data = client.get("/en/facts/course.trained.json").json()

    assert list(data["rows"][0]) == list(data["columns"])
    assert all(data["columns"].values())
    assert [(row["value"], row["first_value"], row["status"]) for row in data["rows"]] == [
        (96.5, 120, "evidenced"),
        (None, 7, "withdrawn"),
    ]
    assert [row["revisions"] for row in data["rows"]] == [1, 1]
    assert data["indicator"]["definition"] == "一年内参加公共培训的人次。"


def test_writes_a_table_that_runs_nothing(client):
    figures.said(evidence=figures.statement(source="=HYPERLINK(1)", words="x"))

    (row,) = table(client.get("/facts/course.trained.csv"))

    assert row["source"] == "'=HYPERLINK(1)"


def test_escapes_what_sources_say(client):
    figures.said(evidence=figures.statement(source="<script>x</script>", words="<b>3</b>"))

    text = client.get(HOME).content.decode()

    assert "<script>x" not in text
    assert "<b>3</b>" not in text


@pytest.mark.parametrize("count", [2, 40])
def test_asks_the_database_the_same_however_many_there_are(
    client, django_assert_num_queries, count
):
    for number in range(count):
        figures.said(str(number), of=1980 + number)
    for fact in Fact.objects.filter(value__gte=count // 2):
        figures.corrected(fact, "500")

    with django_assert_num_queries(7):
        page = client.get(HOME)
    assert len(page.context["rows"]) == count
    with django_assert_num_queries(4):
        client.get("/facts/course.trained.csv")


@pytest.mark.parametrize("count", [1, 20])
def test_lists_many_indicators_in_as_few_queries(client, django_assert_num_queries, count):
    for number in range(count):
        figures.said(on=figures.indicator(f"course.n{number}", name=f"指标{number}"))

    with django_assert_num_queries(5):
        page = client.get("/facts/")
    assert len(page.context["cards"]) == count


def test_turns_long_series_into_pages_that_stay_light(client):
    for number in range(60):
        figures.said(str(number), of=1950 + number)

    first, second = client.get(HOME), client.get(f"{HOME}?page=2")

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    assert len(gzip.compress(first.content)) < 30 * 1024
    assert len(client.get("/facts/course.trained.json").json()["rows"]) == 60


@pytest.mark.parametrize(
    ("prefix", "number"),
    [("/en", "30,000"), ("", "3万"), ("/zh-hant", "3萬"), ("/ug", "3万")],
)
def test_says_a_number_as_the_reader_would(client, prefix, number):
    figures.said("30000", bound="more_than")

    (row,) = client.get(f"{prefix}{HOME}").context["rows"]

    assert number in row["figure"]


def test_says_how_firmly_a_figure_was_stated(client):
    figures.said("30000", bound="approx_below")

    (row,) = client.get(f"/en{HOME}").context["rows"]

    assert row["figure"] == "almost 30,000 attendances"


def test_draws_a_chart_once_there_are_two_figures(client):
    figures.said("120", of=2024)
    assert client.get(HOME).context["chart"] is None

    figures.said("150", of=2025, bound="approx")
    figures.withdrawn(figures.said("9", of=2023))

    page = client.get(HOME)
    (panel,) = page.context["chart"].panels
    assert len(panel.dots) == 2
    assert 'role="img"' in page.content.decode()

"""The JSON interface to read and its page: what stands in the description stands on the page, and is answered."""

from datetime import UTC, datetime
from html import unescape

import pytest

from linli.config.api import api
from tests.town import facts, plans

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_shows_every_address_of_the_description(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = unescape(client.get("/api/").content.decode())

    described = api.get_openapi_schema()
    assert [path for path in described["paths"] if f"<code>{path}</code>" not in page] == []
    assert "<code>figures[].citation</code>" in page
    assert 'href="/api/openapi.json"' in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


def test_leads_there_from_every_page_and_from_the_open_data(client):
    for path in "/privacy/", "/data/":
        assert 'href="/api/"' in client.get(path).content.decode()
    assert client.get("/en/api/").status_code == 200


def test_answers_figures_and_promises_with_their_addresses(client):
    fact = facts.fact(
        "1200", period="2024", at=NOON, status="confirmed", evidence=facts.file(at=NOON)
    )
    facts.fact("900", period="2023", at=NOON, source="年鉴")
    task = plans.promised_task(at=NOON)

    def get(path, **asked):
        answer = client.get(f"/api/{path}", asked)
        assert answer.status_code == 200, answer.content
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["Access-Control-Allow-Origin"] == "*"
        return answer.json()

    one = get("figures", indicator="training.trained", area="620000", period="2024")
    assert [(row["citation"], row["value"]) for row in one["figures"]] == [
        (f"http://testserver/c/{fact.code}", 1200)
    ]
    assert get("figures", indicator="training.trained")["total"] == 2
    assert get("figures", indicator="training.trained", page=9)["figures"] == []
    assert [(row["code"], row["figures"], row["places"]) for row in get("indicators")["indicators"]] == [("training.trained", 2, 1)]  # fmt: skip
    assert get("indicators/training.trained")["definition"].startswith("全年")
    assert [row["code"] for row in get("areas", words="620200")["areas"]] == ["620200"]
    assert get("promises")["total"] == 1
    assert get(f"promises/{task.code}")["promise"] == task.code
    assert get("releases") == {"total": 0, "page": 1, "pages": 1, "releases": []}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("figures?indicator=nobody", 404, "no_indicator"),
        ("figures?indicator=training.trained&period=soon", 422, "unknown_period"),
        ("figures", 422, "unreadable"),
        ("cells?indicator=training.trained&period=2024&areas=", 404, "no_area"),
        ("promises?lamp=pink", 422, "unreadable"),
        ("promises/0000-0000", 404, "no_promise"),
        ("releases/zz", 404, "no_release"),
        ("indicators?words=%00", 422, "unreadable"),
    ],
)
def test_refuses_as_a_problem(client, path, status, code):
    facts.indicator(at=NOON)

    answer = client.get(f"/api/{path}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"

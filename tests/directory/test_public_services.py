"""The public pages of services: find one, read its guide, take a slip along. Without an account or a script."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.directory import actions
from linli.directory.actions import CostDraft, DocumentDraft, PhoneDraft, StageDraft, TermDraft
from tests.town import guides as town
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def full(noon):
    """One service of which everything is said, at one place."""
    actions.write_term(by=actor(), at=noon, draft=TermDraft("theme", "work", "就业创业"))
    instead = town.service("灵活就业社保补贴", at=noon)
    service = town.service(
        "创业担保贷款",
        at=noon,
        terms=("theme/work",),
        eligibility="在本市创业的人员",
        promised_days=5,
        statutory_days=20,
        visits=1,
        basis="《就业促进法》第十九条",
        alert="年底前额度紧张",
        instead=instead.uuid,
        documents=(DocumentDraft(name="营业执照", form="copy", copies=2, without="可以书面承诺"),),
        stages=(StageDraft(name="受理", words="窗口核对", days=1),),
        costs=(CostDraft(amount=1050, option="担保费"),),
        phones=(PhoneDraft(number="0937-6200000"),),
    )
    place = town.station(at=noon, schedules=(town.week(at=noon),))
    town.offer(service, place, at=noon, window="3号窗口")
    return service


def page(client, service, **extra):
    return client.get(f"/en/services/{service.code}/", **extra)


def test_shows_every_element_of_a_guide(client, full):
    text = page(client, full).content.decode()

    for said in (
        "创业担保贷款", "在本市创业的人员", "<b>5</b> working days", "<b>20</b> working days",
        "not measured yet", "营业执照", "可以书面承诺", "受理", "窗口核对", "¥10.50", "担保费", "1 visit",
        "雄关街道便民服务站", "3号窗口", "open now", "17:00", "《就业促进法》第十九条", "tel:0937-6200000",
        "年底前额度紧张", "Last checked on", "Last changed on", full.code,
    ):  # fmt: skip
        assert said in text, said
    assert f"/en/ask/?topic=correction&amp;about={full.code}" in text


def test_says_what_is_not_known_instead_of_inventing_it(client, noon):
    text = page(client, town.service(at=noon)).content.decode()

    assert "No time is promised." in text
    assert "No place is named yet" in text
    assert "come as you are" in text
    assert "Nothing: it is free of charge." in text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Checked recently."),
        (200, "Nobody has checked this for 202 days. Better call"),
        (400, "may be wrong"),
    ],
)
def test_says_honestly_how_fresh_a_guide_is(client, noon, days, said):
    service = town.service(at=noon - timedelta(days=days))

    assert said in page(client, service).content.decode()


def test_says_that_a_service_has_ended(client, full, noon):
    actions.end_service(by=actor(), at=noon, service=full)

    assert "no longer offered" in page(client, full).content.decode()


def test_answers_404_for_what_is_not_there(client):
    assert client.get("/services/ZZZZ-ZZZZ/").status_code == 404
    assert client.get("/services/ZZZZ-ZZZZ/slip/").status_code == 404
    assert client.get("/services/ZZZZ-ZZZZ/for-you/").status_code == 404


def test_prints_a_slip_with_papers_hours_and_a_code(client, full):
    text = client.get(f"/en/services/{full.code}/slip/").content.decode()

    assert "<svg" in text
    assert "营业执照" in text
    assert "09:00–17:00" in text
    assert f"http://testserver/en/services/{full.code}/" in text


def test_lists_themes_that_have_services(client, full, noon):
    actions.write_term(by=actor(), at=noon, draft=TermDraft("theme", "empty", "空主题"))

    page = client.get("/en/services/")

    assert [(one["term"].name, one["count"]) for one in page.context["themes"]] == [("就业创业", 1)]
    assert "?theme=work" in page.content.decode()


def test_finds_by_the_address_alone(client, full):
    answer = client.get("/en/services/", {"q": "創業", "kind": "service", "open": "on"})

    assert [hit["entry"].service for hit in answer.context["hits"]] == [full]
    assert answer.context["total"] == 1


def test_forgets_facets_that_cannot_be(client, full):
    answer = client.get("/en/services/", {"q": "创业", "area": "999999", "theme": "no'such"})

    assert answer.status_code == 200
    assert answer.context["total"] >= 1


def test_turns_pages(client, noon):
    for number in range(23):
        town.service(f"补贴事项{number:02}", at=noon)

    first = client.get("/services/", {"q": "补贴事项"})
    second = client.get("/services/", {"q": "补贴事项", "page": "2"})

    assert len(first.context["hits"]) == 20
    assert len(second.context["hits"]) == 3


def test_offers_a_human_when_nothing_is_found(client, full):
    text = client.get("/en/services/", {"q": "火星移民"}).content.decode()

    assert "Nothing found" in text
    assert 'href="/en/ask/"' in text


@pytest.mark.parametrize(
    "words",
    ['"', "'; DROP TABLE", "\0", "a" * 10_000, "NEAR(", "<script>alert(1)</script>", "𠮷😀"],
)
def test_breaks_on_no_words(client, full, words):
    answer = client.get("/services/", {"q": words})

    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_keeps_no_question_in_any_cache_or_log(client, full, caplog):
    with caplog.at_level("DEBUG", "linli"), CaptureQueriesContext(connection) as queries:
        answer = client.get("/services/", {"q": "创业担保贷款"})

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert "创业" not in caplog.text
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert not answer.cookies


def test_answers_304_until_something_changes(client, full, noon, time_machine):
    first = page(client, full)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first.headers["Vary"]

    assert page(client, full, headers={"if-none-match": tag}).status_code == 304
    other = client.get(f"/services/{full.code}/", headers={"if-none-match": tag})
    assert other.status_code == 200

    actions.assure_service(by=actor(), at=MONDAY, service=full)
    assert page(client, full, headers={"if-none-match": tag}).status_code == 200


def test_answers_anew_when_a_place_closes_and_in_another_look(client, full, time_machine):
    tag = page(client, full).headers["ETag"]

    client.cookies["mode"] = "elder"
    assert page(client, full).headers["ETag"] != tag
    del client.cookies["mode"]
    time_machine.move_to(MONDAY + timedelta(hours=6, minutes=59), tick=False)
    assert page(client, full).headers["ETag"] == tag
    time_machine.move_to(MONDAY + timedelta(hours=7), tick=False)
    assert page(client, full).headers["ETag"] != tag


def test_keeps_what_staff_see_out_of_caches(client, full):
    client.force_login(account())

    answer = page(client, full)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_asks_a_bounded_number_of_queries(client, full, noon, django_assert_max_num_queries):
    for number in range(8):
        place = town.station(f"第{number}站", at=noon, schedules=(town.week(at=noon),))
        town.offer(full, place, at=noon, schedules=(town.week(at=noon, closes=time(12)),))
        town.service(f"创业服务{number}", at=noon)

    with django_assert_max_num_queries(16):
        page(client, full)
    with django_assert_max_num_queries(16):
        client.get(f"/services/{full.code}/slip/")
    with django_assert_max_num_queries(10):
        client.get("/services/", {"q": "创业", "open": "on"})
    with django_assert_max_num_queries(8):
        client.get("/services/")
    tag = page(client, full).headers["ETag"]
    with django_assert_max_num_queries(2):
        page(client, full, headers={"if-none-match": tag})


def test_leads_from_the_guide_to_the_place(client, full):
    (place,) = full.at_locations.all()

    assert f'href="/en/stations/{place.location.code}/"' in page(client, full).content.decode()

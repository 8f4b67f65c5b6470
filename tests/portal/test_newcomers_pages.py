"""For who is new in town: where one is understood today, what is needed, what to take along; nothing is kept."""

import pytest
from django.utils.timezone import localtime

from linli.kernel.clock import now
from tests.town import guides as town

pytestmark = pytest.mark.django_db
ASKS = [{}, {"language": "ug"}, {"need": ["papers", "work", "school", "doctor", "legal", "course"]}]


@pytest.fixture
def places(noon):
    """Open today and understood; open today, another language; understood, closed today."""
    every = "MO,TU,WE,TH,FR,SA,SU"
    today = localtime(now()).weekday()
    return [
        town.station(
            name, at=noon,
            schedules=[town.week(at=noon, days=days, days_off="open")],
            languages=[*town.spoken(language, today)],
        )
        for name, language, days in (
            ("听得懂的站", "ug", every), ("别的站", "ko", every), ("今天关门的站", "ug", _but(today)),
        )
    ]  # fmt: skip


def _but(weekday):
    days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return ",".join(day for number, day in enumerate(days) if number != weekday)


def named(client, **asked):
    page = client.get("/newcomers/", asked)
    return [place.name for place, _standing in page.context["places"]]


def test_shows_places_that_open_today_where_the_language_is_spoken(client, places):
    assert named(client, language="ug") == ["听得懂的站"]
    assert sorted(named(client)) == ["别的站", "听得懂的站"]


def test_finds_services_for_what_is_needed(client, noon):
    town.service("居住登记", at=noon)

    page = client.get("/newcomers/", {"need": ["papers", "school"]})

    assert [[one.name for one in services] for _need, services in page.context["needs"]] == [
        ["居住登记"],
        [],
    ]


def test_tells_what_the_rules_say_is_for_who_is_new(client, noon):
    rule = {"kind": "situation", "of": "new_in_town", "reason": "为新来的人办理。"}
    made = town.service("新居民引导", at=noon, rules=[rule])
    town.service("别的事", at=noon)

    assert client.get("/newcomers/").context["first"] == [(made, "为新来的人办理。")]


@pytest.mark.parametrize("asked", ASKS)
def test_gives_the_same_as_a_file_that_needs_nothing_else(client, places, asked):
    answer = client.get("/newcomers.html", asked)
    text = answer.content.decode()

    assert answer["Content-Disposition"] == 'attachment; filename="newcomers.html"'
    assert "听得懂的站" in text
    assert not any(part in text for part in ("<script", "<link", "src=", "<form"))


@pytest.mark.parametrize("asked", [*ASKS, {"need": "x", "language": "\0", "area": "'"}])
def test_keeps_nothing_of_who_asks(client, places, asked):
    answer = client.get("/newcomers/", asked)

    assert answer.status_code == 200
    assert not answer.cookies


def test_asks_nothing_about_who_somebody_is(client):
    assert list(client.get("/newcomers/").context["form"].fields) == ["language", "area", "need"]


def test_asks_a_bounded_number_of_queries(client, places, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        client.get("/newcomers/", ASKS[2])

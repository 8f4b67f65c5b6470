"""Legal aid, help with work, and the newcomer's list."""

import pytest

from linli.cases.models import Topic
from linli.cases.views.windows import THINGS
from tests.town import asking as town
from tests.town import services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["legal-aid/", "employment/", "newcomers/"])
@pytest.mark.parametrize("prefix", ["", "zh-hant/", "en/", "ug/", "bo/", "mn-mong/"])
def test_opens_in_every_language(client, prefix, path):
    assert client.get(f"/{prefix}{path}").status_code == 200


def test_offers_legal_aid_topics_without_naming_them_in_an_address(client):
    town.town()

    page = client.get("/en/legal-aid/").content.decode()

    assert 'name="begin" value="legal"' in page
    assert "?topic=" not in page
    assert "data-leave" in page


def test_lets_nobody_keep_the_page_of_legal_aid(client):
    assert "no-store" in client.get("/en/legal-aid/").headers["Cache-Control"]


def test_offers_topics_about_work_alone(client):
    town.town()

    page = client.get("/en/employment/").content.decode()

    assert 'value="work-wages"' in page
    assert 'value="lamp"' not in page
    assert 'value="legal"' not in page


def test_leaves_out_a_topic_that_is_closed(client):
    town.town()
    Topic.objects.filter(code="work-wages").update(closed_on=town.AT.date())

    assert 'value="work-wages"' not in client.get("/en/employment/").content.decode()


def test_offers_to_ask_where_a_town_has_no_such_topic(client):
    page = client.get("/en/legal-aid/").content.decode()

    assert 'href="/en/ask/"' in page


def test_names_where_and_in_which_languages(client):
    made = town.town()["legal"]
    place = services.station(languages=services.speaks("ug"))
    made.service = services.service()
    made.save()
    services.offer(made.service, place)

    page = client.get("/en/legal-aid/").content.decode()

    assert place.name in page
    assert "ئۇيغۇرچە" in page.split("Spoken here:")[1].split("</p>")[0]


def test_lists_ten_things_each_leading_somewhere(client):
    assert len({thing.key for thing in THINGS}) == 10

    page = client.get("/en/newcomers/")

    assert page.content.decode().count("data-thing=") == 10
    for thing in THINGS:
        assert client.get(thing.address).status_code == 200, thing.key


def test_keeps_no_tick_on_the_server(client):
    page = client.get("/en/newcomers/")

    assert "<form" not in page.content.decode().split("data-things")[1].split("</ol>")[0]
    assert not page.cookies

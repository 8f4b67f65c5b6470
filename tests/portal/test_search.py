"""The search of the start page: services, places and pages in groups; nothing typed is kept."""

import pytest

from tests.town import funds, money
from tests.town import guides as town

pytestmark = pytest.mark.django_db


def test_groups_services_places_and_pages(client, noon):
    town.service("法律援助申请", at=noon)
    town.station("法律援助工作站", at=noon)

    page = client.get("/search/", {"q": "法律援助"})
    groups = page.context["groups"]

    assert [[(e.service or e.location).name for e in group.entries] for group in groups] == [
        ["法律援助申请"],
        ["法律援助工作站"],
    ]
    assert groups[0].address.startswith("/services/?q=")


def test_hides_near_hits_behind_exact_ones(client, noon):
    town.service("居住证办理", at=noon)
    town.station("居住证受理站", at=noon)

    groups = client.get("/search/", {"q": "居住证办理"}).context["groups"]

    assert [group.exact for group in groups] == [True]


def test_says_how_many_more_there_are(client, noon):
    for number in range(8):
        town.service(f"就业补贴{number}", at=noon)

    (group, *_) = client.get("/search/", {"q": "就业补贴"}).context["groups"]

    assert len(group.entries) == 6
    assert group.total == 8


def test_offers_a_human_when_nothing_is_found(client):
    text = client.get("/en/search/", {"q": "火星移民"}).content.decode()

    assert 'class="button" href="/en/ask/' in text


def test_keeps_no_words_in_any_cache(client):
    assert client.get("/search/", {"q": "居住证"}).headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in client.get("/search/").headers


def test_finds_published_money(client, noon):
    fund = money.published_fund(noon)
    project = money.published_project(noon, fund)
    funds.fund(at=noon, name="牛羊肉暗处补贴")

    def found(words):
        return [one.address for one in client.get("/search/", {"q": words}).context["money"]]

    assert found("牛羊肉 补贴") == [f"/funds/{fund.code}/"]
    assert found("牧草") == [f"/funds/projects/{project.code}/"]

"""Pages of single cells and rates: what stands there, what is refused and why, how many queries it takes."""

import json
from datetime import timedelta

import pytest
import time_machine

from linli.atlas.models import CellCitation, Rate
from linli.facts.models import Indicator
from linli.kernel.actors import Role
from tests.town import atlas_cells as town
from tests.town import facts
from tests.town.staff import account

pytestmark = pytest.mark.django_db
OF_RATE = "rate=training.per_ten_thousand&area=620201&period=2024"
HOSTILE = ("\0", "9" * 400, "2024/2020", "9999", "甲" * 200, "-1", "2024-13")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(town.AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def of():
    """A rate of two counties; in the third the denominator is of another year."""
    areas = town.places()
    for code, held, people in ((town.ONE, 12, 60_000), (town.TWO, 7, 30_000)):
        town.stated(town.courses(), areas[code], "2024", held)
        town.stated(town.residents(), areas[code], "2024", people)
    town.stated(town.courses(), areas[town.ONE], "2023", 10)
    town.stated(town.courses(), areas[town.THREE], "2024", 3)
    town.stated(town.residents(), areas[town.THREE], "2020", 20_000)
    return town.rate()


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def cited(client, query):
    asked = dict(one.split("=") for one in query.split("&"))
    answer = client.post("/en/atlas/cell/cite/", asked)
    assert answer.status_code == 302
    return answer["Location"]


def test_shows_a_rate_with_both_figures(client, of, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        page = text(client.get(f"/en/atlas/cell/?{OF_RATE}"))

    assert "2 sessions per 10,000 people" in page
    assert "/facts/training.courses/" in page
    assert "/facts/population.residents/" in page
    assert page.count("统计局") == 3  # both sources, and who published how many live there


def test_says_why_there_is_no_rate(client, of):
    page = text(client.get("/en/atlas/cell/?rate=training.per_ten_thousand&area=620203&period=2024"), 422)  # fmt: skip

    assert "so there is nothing to compare with" in page
    assert "period=2020" in page  # what is known of the denominator here
    assert "area=620201" in page  # and where it is known of 2024
    assert "to-cite" not in page


def test_gives_a_cell_one_address_for_ever(client, of, django_assert_max_num_queries):
    at = cited(client, OF_RATE)
    assert cited(client, OF_RATE) == at
    code = CellCitation.objects.get().code
    with django_assert_max_num_queries(11):
        page = text(client.get(at))
    assert at == f"/en/atlas/cell/{code}"
    assert f"http://testserver/atlas/cell/{code}" in page
    assert "tag--done" in page
    assert client.get(f"/en/atlas/cell/{code.lower()}")["Location"] == at
    assert not client.cookies


def test_tells_a_cited_cell_to_programs(client, of):
    code = cited(client, OF_RATE).rpartition("/")[2]
    told = json.loads(text(client.get(f"/atlas/cell/{code}.json")))

    assert (told["value"], told["per"], told["made_again"]) == ("2", 10_000, "the same")
    assert told["parts"]["denominator"]["value"] == "60000"
    assert told["parts"]["denominator"]["fact"]
    assert told["sha256"] == CellCitation.objects.get().digest


def test_says_what_has_become_of_it_since(client, of):
    at = cited(client, OF_RATE)
    fact = CellCitation.objects.get().numerator
    town.revised(fact, 18, at=town.AT + timedelta(minutes=5))
    page = text(client.get(at))

    assert "2 sessions per 10,000 people" in page
    assert "3 sessions per 10,000 people" in page  # today
    assert "更正" in page
    assert "tag--done" in page


def test_shows_a_change(client, of):
    page = text(client.get("/en/atlas/cell/?indicator=training.courses&area=620201&period=2024&before=2023"))  # fmt: skip
    assert "2 sessions more (+20%)" in page
    at = cited(client, "indicator=training.courses&area=620201&period=2024&before=2023")
    assert "+20%" in text(client.get(at))
    assert text(client.get("/en/atlas/cell/?indicator=training.courses&area=620201&period=2024&before=2024"), 422)  # fmt: skip


def test_keeps_a_rate_back_on_its_page(client, of, monkeypatch):
    area = town.places()[town.TWO]
    hidden = facts.indicator("offers.attended.released", about_people=True, at=town.AT)
    town.kept_back(monkeypatch, (hidden, "2024", area))
    town.rate("attended.rate", numerator=hidden)
    query = "rate=attended.rate&area=620202&period=2024"
    page = text(client.get(f"/en/atlas/cell/?{query}"))

    assert "onecell__figure--kept" in page
    assert "/releases/7K3M-92QD/" in page
    assert "onecell__figure--kept" in text(client.get(cited(client, query)))
    assert "kept back" in text(client.get("/en/atlas/rates/attended.rate/?period=2024"))


def test_shows_nothing_that_is_not_public(client, of):
    at = cited(client, OF_RATE)
    listed = f"/en/atlas/rates/{of.code}/"
    assert text(client.get(listed))
    Indicator.objects.filter(code="training.courses").update(public=False)

    for address in (at, f"{at}.json", f"/en/atlas/cell/?{OF_RATE}", listed):
        assert client.get(address).status_code == 404
    assert of.code not in text(client.get("/en/atlas/rates/"))


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", ["rate", "indicator", "area", "period", "before"])
def test_no_words_make_a_fault(client, of, field, typed):
    asked = dict(one.split("=") for one in OF_RATE.split("&"))
    if field == "indicator":
        del asked["rate"]
    for answer in (
        client.get("/en/atlas/cell/", asked | {field: typed}),
        client.post("/en/atlas/cell/cite/", asked | {field: typed}),
    ):
        assert answer.status_code in {302, 404, 422}
    assert client.get(f"/en/atlas/rates/{of.code}/", {field: typed}).status_code == 200


def test_shows_a_rate_in_all_places(client, of, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = text(client.get(f"/en/atlas/rates/{of.code}/?area=620200&period=2024"))

    assert "sessions per 10,000 people" in page
    assert "<strong>2</strong>" in page
    assert "so there is nothing to compare with" in page  # the third county
    assert page.count('id="p-') == 4
    assert f"/en/atlas/cell/?{OF_RATE.replace('&', '&amp;')}" in page


def test_declares_a_rate_on_the_console(client):
    one, over = town.courses(), town.residents()
    client.force_login(account(Role.PLANNER))
    sent = {
        "code": "a.rate", "name": "比率", "name_hant": "比率", "name_en": "A rate", "numerator": one.pk,
        "denominator": over.pk, "per": 1000, "digits": 1, "definition": "比。",
    }  # fmt: skip
    assert text(client.get("/en/console/rates/new/"))
    assert text(client.post("/en/console/rates/new/", sent | {"denominator": one.pk}), 422)
    assert text(client.post("/en/console/rates/new/", sent | {"digits": "9" * 30}), 422)
    assert not Rate.objects.exists()
    assert client.post("/en/console/rates/new/", sent)["Location"] == "/en/atlas/rates/a.rate/"
    assert "another" in text(client.post("/en/console/rates/new/", sent), 422).lower()
    assert "a.rate" in text(client.get("/en/console/rates/"))

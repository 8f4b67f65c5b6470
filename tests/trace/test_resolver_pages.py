"""The resolver: a code on a pack leads to the page about it in the reader's language, and only what is ours is known."""

import json

import pytest
from jsonschema import Draft7Validator

from linli.trace.queries.lots import gs1_uri
from linli.trace.rules.codes import linksets
from tests.town import directory, trace
from tests.town.goods_told import NOW

pytestmark = pytest.mark.django_db
GTIN, GLN = "09520123456788", "9521234567899"
LOT = f"/01/{GTIN}/10/A7"


@pytest.fixture
def lot(db):
    """A lot of a product that owns its number, at a place that owns one too."""
    place = trace.premises(at=NOW, gln=GLN, area=directory.area())
    goods = trace.product(place.operator, at=NOW, gtin=GTIN)
    return trace.lot(goods, place, at=NOW, number="A7", uri=gs1_uri(GTIN, "A7"))


@pytest.mark.parametrize("path", [LOT, f"/01/{GTIN}/22/x/10/A7/21/99?17=271231", f"{LOT}?4300=x"])
def test_leads_a_lot_to_its_answer(client, lot, path):
    response = client.get(path)
    if "4300" in path:
        assert response.status_code == 400
        return
    assert (response.status_code, response["Location"]) == (307, f"http://testserver/q/{lot.code}")
    assert 'rel="https://gs1.org/voc/pip"' in response["Link"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.head(path).status_code == 307


def test_takes_the_link_and_the_language_asked_for(client, lot):
    def led(query="", **headers):
        return client.get(f"{LOT}{query}", **headers)["Location"].removeprefix("http://testserver")

    page = f"/q/{lot.code}"
    assert led("?linkType=gs1:pip", HTTP_ACCEPT_LANGUAGE="ug,en;q=0.5") == f"{page}?lang=ug"
    assert led("?linkType=gs1:pip", HTTP_ACCEPT_LANGUAGE="fr") == f"{page}?lang=zh-hans"
    assert led("?linkType=gs1:pip&lang=en", HTTP_ACCEPT_LANGUAGE="ug") == f"{page}?lang=en"
    papers = led("?linkType=https://gs1.org/voc/certificationInfo", HTTP_ACCEPT_LANGUAGE="en")
    assert papers == f"/en/food/{lot.premises.code}/"
    assert client.get(f"{LOT}?linkType=gs1:masterData").status_code == 404


def test_leads_goods_and_places_to_where_they_are_made(client, lot):
    page = f"http://testserver/en/food/{lot.premises.code}/"
    for path in (f"/01/{GTIN}", f"/01/{GTIN}/10/other", f"/414/{GLN}"):
        assert client.get(path, HTTP_ACCEPT_LANGUAGE="en")["Location"] == page


@pytest.mark.parametrize("ask", [{"path": f"{LOT}?linkType=all"}, {"path": LOT, "HTTP_ACCEPT": "application/linkset+json"}])  # fmt: skip
def test_tells_all_links_as_gs1_has_them(client, lot, ask, shared):
    response = client.get(**ask)
    assert (response.status_code, response["Content-Type"]) == (200, "application/linkset+json")
    schema = shared / "conformance/gs1-digital-link/linkset/gs1-linkset-schema.json"
    said = response.json()
    assert [*Draft7Validator(json.loads(schema.read_text())).iter_errors(said)] == []
    assert linksets.faults_of(said) == []
    (thing,) = said["linkset"]
    assert thing["anchor"] == f"http://testserver{LOT}"
    assert len(thing[linksets.DEFAULT]) == 1
    assert len(thing["https://gs1.org/voc/pip"]) == 6


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/01/09506000134352/10/A7", 404, "unknown_thing"),  # another's number
        (f"/01/{GTIN[:-1]}0", 400, "unreadable"),  # a slip of the pen
        ("/414/9520123456788", 404, "unknown_thing"),
        ("/00/106141411234567897", 404, "unknown_thing"),
        ("/01/12345", 400, "unreadable"),
    ],
)
def test_claims_nothing_that_is_not_ours(client, lot, path, status, code):
    response = client.get(path, HTTP_ACCEPT="application/json")
    assert (response.status_code, response.json()["code"]) == (status, code)
    page = client.get(path, HTTP_ACCEPT="text/html", HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == status
    assert code in page.content.decode()


def test_says_what_it_resolves_and_no_number_of_a_person(client, lot):
    said = client.get("/.well-known/gs1resolver").json()
    assert said["resolverRoot"] == "http://testserver"
    assert {"01", "414"} <= {*said["supportedPrimaryKeys"]}
    assert not {"8017", "8018"} & {*said["supportedPrimaryKeys"]}
    assert client.get("/8018/952012345678901234").status_code == 404

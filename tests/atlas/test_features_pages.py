"""OGC API Features, part 1: its abstract tests, one by one, asked of a small town. Names are theirs (/conf/…)."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml
from django.test import override_settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from shapely import box, intersects
from shapely.geometry import shape

from linli.atlas.queries import features
from linli.atlas.rules.features.asking import MOST
from linli.atlas.schemas.features import CONFORMS, GEOJSON, HTML, JSON, OPENAPI
from tests.town import atlas_open_data as town
from tests.town.once import built_once

pytestmark = pytest.mark.django_db
PAGES = (
    "/ogc/", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/areas",
    "/ogc/collections/areas/items", "/ogc/collections/areas/items/620102",
)  # fmt: skip
ITEMS = "/ogc/collections/areas/items"
BOX = "103.51,36.11,103.59,36.19"  # within the north-west quarter


@pytest.fixture(scope="module", autouse=True)
def _town(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    home = tmp_path_factory.mktemp("home")
    features.forget()
    with (
        override_settings(HOME=home, KEYS=home / "keys"),
        pytest.MonkeyPatch.context() as patch,
        built_once(django_db_blocker),
    ):
        town.whole(patch, at=noon)
        yield
    features.forget()


@pytest.fixture(scope="module")
def registry(shared):
    """The standard's schemas, by their file names."""
    found = {}
    for path in (shared / "conformance/ogcapi-features/openapi/schemas").glob("*.yaml"):
        found[f"https://ogc.test/{path.name}"] = nulls(yaml.safe_load(path.read_text()))
    made = [(name, Resource(one | {"$id": name}, DRAFT202012)) for name, one in found.items()]
    return Registry().with_resources(made)


def nulls(said):
    """YAML reads the word null as nothing: a type of that name is meant."""
    if isinstance(said, dict):
        return {name: "null" if name == "type" and one is None else nulls(one) for name, one in said.items()}  # fmt: skip
    if isinstance(said, list):
        return ["null" if one is None else nulls(one) for one in said]
    return said


def fits(registry, name, said):
    schema = {"$ref": f"https://ogc.test/{name}.yaml"}
    jsonschema.Draft202012Validator(schema, registry=registry).validate(said)


def asked(client, path, **words):
    answer = client.get(path, words)
    assert answer.status_code == 200, answer.content[:300]
    return answer.json()


def ids(client, path=ITEMS, **words):
    return [one["id"] for one in asked(client, path, limit=MOST, **words)["features"]]


def linked(said, rel):
    return [one for one in said["links"] if one["rel"] == rel]


def path_of(link):
    parts = urlsplit(link["href"])
    return f"{parts.path}?{parts.query}"


def test_root_op_and_success(client, registry):
    said = asked(client, "/ogc/")

    fits(registry, "landingPage", said)
    assert {"service-desc", "service-doc", "conformance", "data"} <= {one["rel"] for one in said["links"]}  # fmt: skip
    for link in said["links"]:
        if "testserver" in link["href"]:
            answer = client.get(path_of(link))
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].split("; charset")[0] == link["type"]


def test_conformance_lists_every_class(client, registry):
    said = asked(client, "/ogc/conformance")

    fits(registry, "confClasses", said)
    assert said["conformsTo"] == [*CONFORMS]
    for version in ("1.0", "1.1"):
        for part in ("core", "geojson", "html", "oas30"):
            assert f"http://www.opengis.net/spec/ogcapi-features-1/{version}/conf/{part}" in CONFORMS  # fmt: skip


def test_fc_md_lists_every_collection_with_its_links(client, registry):
    said = asked(client, "/ogc/collections")

    fits(registry, "collections", said)
    assert {one["type"] for one in linked(said, "self") + linked(said, "alternate")} == {JSON, HTML}
    assert [one["id"] for one in said["collections"]] == ["areas", "premises", "released-cells", "stations"]  # fmt: skip
    for one in said["collections"]:
        fits(registry, "collection", one)
        assert {link["type"] for link in linked(one, "items")} == {GEOJSON, HTML}
        assert all(link["rel"] and link["type"] for link in one["links"])


def test_sfc_md_says_of_one_what_the_list_says(client):
    for one in asked(client, "/ogc/collections")["collections"]:
        alone = asked(client, f"/ogc/collections/{one['id']}")

        for name in ("id", "title", "description", "itemType"):
            assert alone[name] == one[name]
        assert alone.get("extent") == one.get("extent")
        assert {link["href"] for link in linked(one, "items")} <= {link["href"] for link in alone["links"]}  # fmt: skip


def test_fc_md_extent_holds_every_feature(client):
    for one in asked(client, "/ogc/collections")["collections"]:
        found = asked(client, f"/ogc/collections/{one['id']}/items", limit=MOST)["features"]
        spatial = one.get("extent", {}).get("spatial", {"bbox": [(0, 0, 0, 0)]})
        west, south, east, north = spatial["bbox"][0]

        for feature in found:
            if feature["geometry"]:
                x0, y0, x1, y1 = shape(feature["geometry"]).bounds
                assert west <= x0 <= x1 <= east
                assert south <= y0 <= y1 <= north
    areas = asked(client, "/ogc/collections/areas")["extent"]["temporal"]["interval"]
    assert areas == [["1981-01-01T00:00:00Z", None]]


def test_fc_response_and_its_numbers(client, registry):
    before = datetime.now(UTC).replace(microsecond=0)
    said = asked(client, ITEMS, limit=3)

    fits(registry, "featureCollectionGeoJSON", said)
    assert said["type"] == "FeatureCollection"
    assert said["numberReturned"] == len(said["features"]) == 3
    assert said["numberMatched"] == len(ids(client))
    assert before <= datetime.fromisoformat(said["timeStamp"]) <= datetime.now(UTC)
    assert "甘S(2026)12号" in said["attribution"]


def test_fc_links_lead_to_itself_its_other_form_and_on(client):
    said = asked(client, ITEMS, limit=4)
    seen = []

    assert linked(said, "self")[0]["type"] == GEOJSON
    assert linked(said, "alternate")[0]["type"] == HTML
    assert all(one["rel"] and one["type"] for one in said["links"])
    while True:
        seen += [one["id"] for one in said["features"]]
        if not (on := linked(said, "next")):
            break
        said = client.get(path_of(on[0])).json()
    assert seen == ids(client)
    assert linked(said, "prev")


def test_fc_limit_is_kept_and_never_an_error_above_the_most(client):
    assert len(asked(client, ITEMS, limit=2)["features"]) == 2
    assert len(asked(client, ITEMS, limit=10**12)["features"]) == len(ids(client))


def test_fc_bbox_gives_what_meets_it_and_what_has_no_place(client):
    found = asked(client, ITEMS, bbox=BOX, limit=MOST)["features"]
    wanted = box(*map(float, BOX.split(",")))

    assert {one["id"] for one in found if one["geometry"]} == {"620102"}
    assert all(one["geometry"] is None or intersects(shape(one["geometry"]), wanted) for one in found)  # fmt: skip
    everywhere = asked(client, ITEMS, limit=MOST)["features"]
    assert {one["id"] for one in everywhere if one["geometry"] is None} <= {one["id"] for one in found}  # fmt: skip
    six = "103.51,36.11,-100,103.59,36.19,9000"
    assert ids(client, bbox=six) == [one["id"] for one in found]


@pytest.mark.parametrize(
    ("when", "there"),
    [
        ("1990-06-01T00:00:00Z", True), ("2000-12-31/2001-06-01", True), ("2001-01-01T00:00:00Z", False),
        ("../1985-01-01T00:00:00Z", True), ("/1985-01-01", True), ("2010-01-01T00:00:00Z/..", False), ("2010-01-01/", False),
    ],
)  # fmt: skip
def test_fc_time_gives_what_was_then(client, when, there):
    found = ids(client, datetime=when)

    assert ("620191" in found) == there  # its code was in force from 1981 to 2000
    assert "620102" in found


def test_fc_time_and_bbox_both_hold(client):
    assert "620102" not in ids(client, bbox=BOX, datetime="1970-01-01")
    assert "620102" in ids(client, bbox=BOX, datetime="2020-01-01")


@pytest.mark.parametrize(
    "words",
    ["bbox=1,2,3", "bbox=x", "limit=0", "limit=a", "datetime=yesterday", "f=pdf", "offset=-1",
     "crs=x", "BBOX=1,2,3,4", "limit=1&limit=2", "bbox=%00", "datetime=%00"],
)  # fmt: skip
def test_query_param_invalid_and_unknown_answer_400(client, words):
    answer = client.get(f"{ITEMS}?{words}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 400


@pytest.mark.parametrize("path", PAGES)
def test_query_param_unknown_answers_400_everywhere(client, path):
    assert client.get(path, {"unheard_of": "1"}).status_code == 400
    assert client.get(path, {"unheard_of": "1"}, headers={"accept": HTML}).status_code == 400


def test_f_op_gives_each_feature_under_its_id(client, registry):
    for collection in ("areas", "stations", "premises", "released-cells"):
        for one in asked(client, f"/ogc/collections/{collection}/items", limit=5)["features"]:
            said = asked(client, f"/ogc/collections/{collection}/items/{one['id']}")

            fits(registry, "featureGeoJSON", said)
            assert said["id"] == one["id"]
            assert {"self", "alternate", "collection"} <= {link["rel"] for link in said["links"]}
            assert {name: said[name] for name in one} == one


def test_crs84_is_what_every_coordinate_is_in(client):
    for collection in ("areas", "stations"):
        for one in asked(client, f"/ogc/collections/{collection}/items", limit=MOST)["features"]:
            if one["geometry"]:
                west, south, east, north = shape(one["geometry"]).bounds
                assert 103.4 < west <= east < 103.8
                assert 35.9 < south <= north < 36.3
    assert asked(client, "/ogc/collections/areas")["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]  # fmt: skip


def test_geojson_rings_run_against_the_clock(client):
    one = asked(client, f"{ITEMS}/620102")["geometry"]

    assert one["type"] == "Polygon"
    assert shape(one).exterior.is_ccw


def test_geojson_content_fits_its_own_schema(client, shared):
    schema = json.loads((shared / "conformance/geojson/GeoJSON.schema.json").read_text())
    for collection in ("areas", "stations", "released-cells"):
        jsonschema.validate(asked(client, f"/ogc/collections/{collection}/items", limit=MOST), schema)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_html_and_json_are_given_as_they_are_asked_for(client, path):
    html = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    media = GEOJSON if "/items" in path else OPENAPI if path.endswith("api") else JSON

    assert html.headers["Content-Type"].startswith(HTML)
    assert html.content.startswith(b"<!doctype html>")
    assert client.get(path, {"f": "html"}).headers["Content-Type"].startswith(HTML)
    for accept in (media, "*/*", ""):
        assert client.get(path, headers={"accept": accept}).headers["Content-Type"] == media
    assert html.headers["Vary"].count("Accept") >= 1
    assert html.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/en{path}", {"f": "html"}).status_code == 200


def test_oas30_describes_the_parameters_as_the_standard_does(client):
    said = asked(client, "/ogc/api")
    of = said["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]
    told = {one["name"]: one for one in of}

    for name in ("bbox", "datetime", "limit"):
        assert (told[name]["in"], told[name]["required"]) == ("query", False)
        assert (told[name]["style"], told[name]["explode"]) == ("form", False)
    assert told["bbox"]["schema"]["items"] == {"type": "number"}
    assert told["bbox"]["schema"]["oneOf"] == [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]  # fmt: skip
    assert told["datetime"]["schema"] == {"type": "string"}
    assert told["limit"]["schema"]["type"] == "integer"
    assert "securitySchemes" not in said["components"]  # nobody signs in here


def test_what_is_not_there_is_404_in_either_form(client):
    for path in (
        "/ogc/collections/no",
        "/ogc/collections/no/items",
        f"{ITEMS}/nobody",
        f"{ITEMS}/%00",
    ):
        assert client.get(path).json()["code"] == "not_found"
        assert client.get(path).status_code == 404
        assert client.get(path, {"f": "html"}).status_code == 404
    assert client.post(ITEMS).status_code == 405


def test_asks_the_database_the_same_few_things_each_time(client, django_assert_max_num_queries):
    ids(client)
    ids(client, "/ogc/collections/stations/items")

    with django_assert_max_num_queries(4):
        client.get(ITEMS)
    with django_assert_max_num_queries(4):
        client.get("/ogc/collections/stations/items")


def test_tells_an_edit_at_once(client, noon):
    before = len(ids(client, "/ogc/collections/stations/items"))
    town.guides.station("新站", at=noon, area="620103")

    assert len(ids(client, "/ogc/collections/stations/items")) == before + 1


def test_places_stations_in_their_area_and_says_so(client):
    one = asked(client, "/ogc/collections/stations/items", limit=1)["features"][0]

    assert one["geometry"]["type"] == "Point"
    assert one["properties"]["located_by"] == "area"


def test_keeps_back_what_the_gate_keeps_back(client):
    found = asked(client, "/ogc/collections/released-cells/items", limit=MOST)["features"]
    told = {one["properties"]["area_code"]: one["properties"] for one in found}

    assert told["990103"]["value"] is None  # four people
    assert told["990103"]["kept_back"] == "primary"
    assert told["990105"]["value"] is None  # nobody
    assert all(one["value"] % 5 == 0 for one in told.values() if one["value"] is not None)
    assert all("low" not in one and "high" not in one for one in told.values())

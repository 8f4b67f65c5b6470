"""The page in 3D: prisms, the same figures in a table, one GeoJSON; nothing in it that may not be said."""

import json
import re
from datetime import UTC, datetime

import pytest
import shapely

from linli.atlas.models import Layer
from linli.directory.models import Area
from tests.town import atlas_layers, atlas_views, facts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
FIGURES = {"620102": "40", "620103": "10", "620104": "20"}


def say(figures, *, at=AT, **given):
    """Record a figure of each of these quarters in 2024."""
    indicator = atlas_views.schools(at=at, **given)
    for code, value in figures.items():
        facts.fact(value, indicator=indicator, area=Area.objects.get(pk=code), period="2024", at=at)
    return indicator


@pytest.fixture
def town():
    atlas_layers.shown(at=AT)
    buildings = atlas_layers.geojson(
        [
            atlas_layers.feature(
                atlas_layers.quarter("620104").centroid.buffer(0.001).envelope,
                code="620104", kind="station", name="邻里服务站", height_m=12.5,
            )
        ]
    )  # fmt: skip
    atlas_layers.shown(at=AT, data=buildings, kind=Layer.BUILDINGS, name="公共建筑")
    return say(FIGURES)


def scene(client, query="?indicator=education.schools"):
    answer = client.get(f"/atlas/3d/areas.json{query}")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_draws_every_place_that_has_a_boundary(client, town, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        answer = client.get("/atlas/3d/?indicator=education.schools")

    page = answer.content.decode()
    assert answer.status_code == 200
    for code in (*FIGURES, "620105"):
        assert f'href="#p-{code}"' in page
        assert f'<tr id="p-{code}">' in page
    assert page.count('class="prism__walls"') == 3
    assert atlas_layers.NUMBER in re.search(r'class="prisms__notice"[^>]*>([^<]*)', page).group(1)
    assert "邻里服务站" in page
    assert "12.5" in page


def test_asks_no_more_of_more_places(client, town, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        told = scene(client)

    assert len(told["features"]) == 5


def test_says_the_same_to_the_map_that_turns(client, town):
    told = scene(client)

    places = {one["properties"]["code"]: one["properties"] for one in told["features"][:4]}
    high = places["620102"]["height"]
    assert [places[code]["height"] for code in FIGURES] == [high, round(high / 4), round(high / 2)]
    assert (places["620105"]["state"], places["620105"]["height"]) == ("unknown", 0)
    building = told["features"][4]["properties"]
    assert (building["kind"], building["name"], building["height"]) == (
        "building",
        "邻里服务站",
        12.5,
    )
    assert atlas_layers.NUMBER in told["notice"]
    ground = shapely.from_geojson(json.dumps(told["features"][0]["geometry"]))
    assert shapely.Point(*told["features"][0]["properties"]["centre"]).within(ground)


def test_keeps_back_what_the_gate_keeps_back(client, town, monkeypatch):
    from linli.atlas.queries import cells as reading
    from linli.facts.rules.periods import of_iso
    from linli.facts.rules.released import through_gate

    hidden = {(town.pk, of_iso("2024"), "620105"): through_gate(None, "7K3M-92QD")}
    monkeypatch.setattr(reading, "kept_back", lambda *_asked: hidden)

    told = scene(client)
    page = client.get("/atlas/3d/?indicator=education.schools").content.decode()

    (kept,) = (
        one["properties"] for one in told["features"] if one["properties"].get("code") == "620105"
    )
    assert (kept["state"], kept["step"], kept["height"]) == ("kept_back", 0, 0)
    assert 'class="prism prism--kept_back prism--0"' in page


def test_draws_no_boundary_that_only_staff_may_see(client):
    atlas_layers.layer(at=AT)
    say(FIGURES)

    page = client.get("/atlas/3d/?indicator=education.schools")

    assert page.status_code == 200
    assert b"prisms__drawing" not in page.content
    assert b"data-turning" not in page.content
    assert b'id="p-620102"' in page.content
    assert [one for one in scene(client)["features"] if one["properties"]["kind"] == "area"] == []


def test_counts_no_people_that_never_passed_the_gate(client, town):
    hidden = atlas_views.schools("offers.attended", about_people=True, public=False)
    facts.fact("7", indicator=hidden, area=Area.objects.get(pk="620102"), period="2024", at=AT)

    assert client.get("/atlas/3d/areas.json?indicator=offers.attended").status_code == 422
    assert client.get("/atlas/3d/?indicator=offers.attended").status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "?indicator=no.such", "?indicator=%00", "?indicator=education.schools&period=%00", "?side=up",
        "?indicator=education.schools&area=9" + "9" * 40, "?indicator=education.schools&as_of=9999-99-99",
        "?indicator=education.schools&classes=x", "?indicator=education.schools&period=" + "9" * 400,
    ],
)  # fmt: skip
def test_survives_what_nobody_should_ask(client, town, query):
    for address in ("/atlas/3d/", "/atlas/3d/areas.json"):
        assert client.get(address + query).status_code in {200, 302, 404, 422}


def test_turns_the_drawing(client, town):
    drawn = [
        client.get(f"/atlas/3d/?indicator=education.schools&side={side}").content.decode()
        for side in ("south", "west", "north", "east")
    ]

    assert (
        len({re.search(r'class="prism__walls" d="([^"]+)"', page).group(1) for page in drawn}) == 4
    )


def test_loosens_no_policy(client, town):
    policy = client.get("/atlas/3d/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "blob:" not in policy
    assert "default-src 'self'" in policy


def test_has_nothing_to_show_before_anything_is_known(client):
    assert client.get("/atlas/3d/").status_code == 302
    assert client.get("/atlas/3d/areas.json").status_code == 404

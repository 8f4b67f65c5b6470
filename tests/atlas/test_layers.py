"""Layers: nothing wrong taken in, nothing shown without its number, nothing changed after."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import shapely
from django.db import DatabaseError, transaction

from linli.atlas.actions import layers as actions
from linli.atlas.management import boundary_reader
from linli.atlas.models import Layer, Shape
from linli.atlas.queries import layers
from linli.atlas.queries.boundary_files import read_shapes
from linli.atlas.queries.layer_import import dry_run
from linli.kernel.actors import Role, system
from linli.kernel.refusals import Refused
from tests.town import atlas_layers as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Read within this process: how the program is started is asked in test_boundary_files."""

    def run(program, *, input, **_given):  # noqa: A002 - as subprocess.run has it
        said, kind, metres = program[-3:]
        told = boundary_reader.answer(input, said=said, kind=kind, metres=int(metres))
        return SimpleNamespace(stdout=json.dumps(told))

    monkeypatch.setattr("linli.atlas.queries.boundary_files.subprocess.run", run)


def test_enters_a_layer_with_its_shapes():
    layer = town.shown(at=NOW)
    assert (layer.public, layer.approval_no, layer.shapes.count()) == (True, town.NUMBER, 4)
    found = layers.shapes(["620102", "620103", "999999"])
    assert found.keys() == {"620102", "620103"}
    assert shapely.geometry.shape(found["620102"]).equals(town.quarter("620102"))
    assert layers.centres(["620102"]) == {"620102": (103.55, 36.15)}
    assert town.NUMBER in layers.notice(["620102"])


def test_a_newer_layer_takes_the_place_of_an_older_one():
    town.shown(at=NOW)
    smaller = town.geojson([town.feature(town.quarter("620102").buffer(-0.02), code="620102")])
    newer = town.shown(at=datetime(2026, 11, 21, tzinfo=UTC), data=smaller, approval_no="甘S(2026)99号")  # fmt: skip
    assert layers.shapes(["620102"])["620102"] != layers.shapes(["620103"])["620103"]
    assert "甘S(2026)99号" in layers.notice(["620102"])
    assert "甘S(2026)99号" not in layers.notice(["620103"])
    actions.withdraw_layer(by=town.planner(), at=NOW, layer=newer, reason="界线有误")
    assert shapely.geometry.shape(layers.shapes(["620102"])["620102"]).equals(town.quarter("620102"))  # fmt: skip


def test_shows_an_internal_layer_to_nobody():
    layer = town.layer(at=NOW)
    assert layers.shapes(["620102"]) == {}
    assert layers.notice() == ""
    assert layers.shapes(["620102"], internal=True).keys() == {"620102"}
    assert layers.said_of([layer]) != ""
    actions.publish_layer(by=town.planner(), at=NOW, layer=layer, approval_no="甘S（2026）12号")
    assert layers.shapes(["620102"]).keys() == {"620102"}
    assert Layer.objects.get().approval_no == town.NUMBER


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("no_approval", {"public": True}),
        ("not_a_number", {"public": True, "approval_no": "已送审"}),
        ("not_a_number", {"approval_no": "GS(2099)1号"}),
        ("no_source", {"source": " "}),
        ("no_licence", {"licence": ""}),
        ("no_name", {"name": ""}),
        ("unknown_datum", {"datum": "bd09"}),
        ("unknown_kind", {"kind": "homes"}),
        ("unknown_tolerance", {"metres": 2001}),
        ("not_allowed", {"by": actor(Role.OFFICER)}),
        ("invented", {"name": "虚构边界", "fictional": True, "public": True}),
        ("invented", {"name": "虚构边界", "public": True}),
        ("changed_meanwhile", {"checksum": "0" * 64}),
        ("nothing_in_it", {"data": town.geojson([])}),
        (
            "shapes_have_errors",
            {"data": town.geojson([town.feature(town.quarter("620102"), code="110000")])},
        ),
    ],
)
def test_refuses_and_writes_nothing(code, given):
    with pytest.raises(Refused) as refused:
        town.layer(at=NOW, **given)
    assert refused.value.code == code
    assert not Layer.objects.exists()


def test_says_of_every_shape_what_is_wrong_with_it():
    town.town()
    good, other = town.quarter("620102"), town.quarter("620103")
    data = town.geojson(
        [
            town.feature(good, code="620102", name="城关"),
            town.feature(shapely.box(120, 30, 121, 31), code="620102"),
            town.feature(shapely.Point(1, 2), code="620103"),
            town.feature(None, code="620104"),
            town.feature(other, name="无码"),
            town.feature(shapely.box(500_000, 4_000_000, 500_001, 4_000_001), code="620105"),
            town.feature(shapely.box(125, 30, 126, 31), code="110105\x00"),
        ]
    )
    run = dry_run(read_shapes(data, datum="wgs84", kind="areas", metres=0), kind="areas")
    assert [row.wrong for row in run.rows] == [
        "", "stated_twice", "not_a_polygon", "not_a_polygon", "no_code", "not_in_degrees", "unknown_area",
    ]  # fmt: skip
    assert run.rows[0].other_name == "城关区"
    assert run.missing == {}  # each part stands in the file, if only with an error


def test_names_the_parts_that_a_file_leaves_out():
    town.town()
    data = town.geojson([town.feature(town.quarter("620102"), code="620102")])
    run = dry_run(read_shapes(data, datum="wgs84", kind="areas", metres=0), kind="areas")
    assert run.missing == {"兰州市": ["七里河区", "西固区", "安宁区"]}


def buildings(**said):
    given = {"code": "620102", "name": "市民中心", "kind": "hall", "height_m": 24} | said
    return town.geojson([town.feature(shapely.box(103.51, 36.11, 103.511, 36.111), **given)])


def test_enters_public_buildings_with_their_height():
    town.shown(at=NOW, kind="buildings", data=buildings())
    (found,) = layers.buildings(["620102"])
    assert (found.name, found.kind, float(found.height_m)) == ("市民中心", "hall", 24.0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("not_public", {"kind": "home"}),
        ("not_public", {"kind": ""}),
        ("no_name", {"name": ""}),
        ("no_height", {"height_m": ""}),
        ("no_height", {"height_m": "NaN"}),
        ("no_height", {"height_m": -3}),
        ("no_height", {"height_m": 10**300}),
        ("unknown_location", {"location": "7K3M-92QD"}),
    ],
)
def test_takes_no_home_and_no_building_without_height(wrong, said):
    town.town()
    file = read_shapes(buildings(**said), datum="wgs84", kind="buildings", metres=0)
    assert dry_run(file, kind="buildings").rows[0].wrong == wrong


# What the database refuses, whoever asks


@pytest.mark.parametrize(
    ("given", "well"),
    [
        ({"public": True}, {"public": True, "approval_no": "GS(2024)0650号"}),
        ({"approval_no": "已送审"}, {"approval_no": "GS(2024)0650号"}),
        ({"public": True, "fictional": True}, {"public": True, "fictional": True, "name": "虚构"}),
        ({"source": ""}, {}),
        ({"datum": "bd09"}, {"datum": "gcj02"}),
    ],
)
def test_the_database_shows_no_map_without_its_number(given, well):
    with pytest.raises(DatabaseError), transaction.atomic():
        town.row(at=NOW, **given).save()
    town.row(at=NOW, **well).save()


def changes():
    yield "the name", lambda one: Layer.objects.update(name="另一个")
    yield "the source", lambda one: Layer.objects.update(source="另一处")
    yield "the number", lambda one: Layer.objects.update(approval_no="GS(2025)1号")
    yield "shown no more", lambda one: Layer.objects.update(public=False)
    yield "removed", lambda one: Layer.objects.all()._raw_delete("default")
    yield "a shape", lambda one: Shape.objects.filter(area="620102").update(west=1)
    yield "no shape", lambda one: Shape.objects.all()._raw_delete("default")
    yield "another shape", _copy


def _copy(layer):
    shape = layer.shapes.first()
    Shape.objects.filter(pk=shape.pk)
    shape.pk, shape.area_id = None, "620100"
    shape.save(force_insert=True)


@pytest.mark.parametrize(("name", "change"), list(changes()))
def test_the_database_keeps_a_shown_layer_as_it_was_approved(name, change):
    layer = town.shown(at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(layer)


def test_a_shape_may_be_added_before_a_layer_is_shown():
    """The control of the test above: it is the showing that closes a layer."""
    _copy(town.layer(at=NOW))


@pytest.mark.parametrize("given", [{"kind": "home"}, {"height_m": None}, {"name": ""}, {"kind": "", "name": "", "height_m": None}])  # fmt: skip
def test_the_database_takes_no_home(given):
    layer = town.layer(at=NOW, kind="buildings", data=buildings())
    shape = layer.shapes.get()
    shape.pk = None
    for name, value in given.items():
        setattr(shape, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        shape.save(force_insert=True)


def test_invented_boundaries_say_so():
    layer = town.invented(at=NOW)
    assert layer.public
    assert layers.notice(["620102"]) == layers.said_of([layer]) != ""
    with pytest.raises(Refused) as refused:
        town.layer(at=NOW, by=system("import"), name="虚构", fictional=True)
    assert refused.value.code == "invented"


def test_is_withdrawn_once_and_with_a_reason():
    layer, by = town.shown(at=NOW), town.planner()

    def withdraw(reason):
        actions.withdraw_layer(by=by, at=NOW, layer=layer, reason=reason)

    def publish():
        actions.publish_layer(by=by, at=NOW, layer=layer, approval_no=town.NUMBER)

    assert refusal(lambda: withdraw(" ")) == "no_reason"
    assert refusal(publish) == "already_public"
    withdraw("界线有误")
    assert layers.shapes(["620102"]) == {}
    assert refusal(lambda: withdraw("再次")) == "already_withdrawn"
    assert refusal(publish) == "already_withdrawn"


def refusal(deed):
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code

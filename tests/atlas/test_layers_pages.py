"""Pages of layers and schematic maps: brought by a form, looked at, shown under a number; tiles moved by buttons."""

import json
import re
import subprocess
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
import shapely
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from linli.atlas.management import boundary_reader
from linli.atlas.models import Layer
from linli.atlas.queries import layers
from linli.kernel.actors import Role
from tests.town import atlas_layers as town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planner(client):
    account = get_user_model().objects.create(
        username=uuid4().hex,
        name="规划员",
        role=Role.PLANNER,
        unit="民宗局",
        password="long-enough-1",
    )
    client.force_login(account)
    return client


def form(data=None, **overrides):
    given = {
        "kind": "areas", "name": "兰州市界", "source": town.SOURCE, "licence": town.LICENCE,
        "datum": "cgcs2000", "approval_no": "", "metres": "0",
    }  # fmt: skip
    return given | {"file": SimpleUploadedFile("map.geojson", data or town.town_file())} | overrides


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def quick(monkeypatch):
    """Read within this process: how the program is started is asked in test_boundary_files."""

    def run(program, *, input, **_given):  # noqa: A002 - as subprocess.run has it
        said, kind, metres = program[-3:]
        told = boundary_reader.answer(input, said=said, kind=kind, metres=int(metres))
        if told is None:
            raise subprocess.CalledProcessError(3, program)
        return SimpleNamespace(stdout=json.dumps(told))

    monkeypatch.setattr("linli.atlas.queries.boundary_files.subprocess.run", run)


def test_brings_a_layer_and_shows_it_under_its_number(planner, django_assert_max_num_queries):
    town.town()
    went = planner.post("/console/layers/bring/", form())
    assert went.status_code == 302
    with django_assert_max_num_queries(14):
        rows = planner.get(went.url)
    assert rows.content.decode().count("outlines__area") == 4
    checksum = re.search(r'name="checksum" value="(\w+)"', words(rows))[1]
    entered = planner.post(went.url, {"checksum": checksum})
    layer = Layer.objects.get()
    assert entered.url == f"/console/layers/{layer.code}/"
    assert planner.get(f"/atlas/layers/{layer.code}/").status_code == 404

    no = planner.post(f"{entered.url}publish/", {"approval_no": "已送审"})
    assert no.status_code == 422
    assert "已送审" in words(no)  # nothing typed is lost
    assert not Layer.objects.get().public
    planner.post(f"{entered.url}publish/", {"approval_no": "甘S（2026）12号"})
    with django_assert_max_num_queries(12):
        page = planner.get(f"/atlas/layers/{layer.code}/")
    drawn = words(page)
    notice = drawn[drawn.index("outlines__notice") :]
    assert town.NUMBER in notice[:200]  # under the drawing, at its beginning


def test_gives_a_layer_away_with_its_number(client):
    layer = town.kept(at=NOW, shapes=town.quarters() if town.town() else {}, public=True)
    told = json.loads(client.get(f"/atlas/layers/{layer.code}.geojson").content)
    assert told["approval_no"] == town.NUMBER
    assert town.NUMBER in told["notice"]
    found = {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in told["features"]}  # fmt: skip
    assert all(found[code].equals(shape) for code, shape in town.quarters().items())


def test_lists_layers_with_bounded_queries(client, planner, django_assert_max_num_queries):
    town.town()
    for _number in range(6):
        town.kept(at=NOW, shapes=town.quarters(), public=True)
    for path in ("/atlas/layers/", "/console/layers/", "/console/layouts/"):
        with django_assert_max_num_queries(12):
            assert planner.get(path).status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"approval_no": "已送审"}, "approval_no"),
        ({"public": "on"}, "approval_no"),
        ({"source": "\x00"}, "source"),
        ({"licence": ""}, "licence"),
        ({"datum": "bd09"}, "datum"),
        ({"kind": "homes"}, "kind"),
        ({"metres": "9" * 400}, "metres"),
        ({"data": b"\x00\x01"}, "file"),
        ({"data": b""}, "file"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(planner, given, field):
    data = given.pop("data", None)
    sent = form(data, **given)
    if data == b"":
        sent["file"] = SimpleUploadedFile("map.geojson", b"")
    answer = planner.post("/console/layers/bring/", sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert given.get("name", "兰州市界") in words(answer)


def test_takes_all_shapes_or_none(planner):
    town.town()
    data = town.geojson(
        [
            town.feature(town.quarter("620102"), code="620102"),
            town.feature(town.quarter("620103"), code="999999"),
        ]
    )
    went = planner.post("/console/layers/bring/", form(data))
    rows = planner.get(went.url)
    assert 'name="checksum"' not in words(rows)  # there is no button to take it in
    assert planner.post(went.url, {"checksum": ""}).status_code == 422
    assert not Layer.objects.exists()


def test_moves_a_tile_by_a_button_and_all_by_numbers(planner, django_assert_max_num_queries):
    town.town()
    assert planner.get("/console/layouts/999999/").status_code == 404
    with django_assert_max_num_queries(12):
        page = planner.get("/console/layouts/620100/", {"area": "620103"})
    assert 'aria-current="true"' in words(page)
    planner.post("/console/layouts/620100/move/", {"area": "620103", "step": "down"})
    assert layers.layout("620100")["620103"] == (1, 1)
    typed = {f"{name}_{code}": "1" for code in town.QUARTERS for name in ("row", "column")}
    assert planner.post("/console/layouts/620100/", typed).status_code == 422
    line = {f"column_{code}": at for at, code in enumerate(town.QUARTERS, 1)}
    assert planner.post("/console/layouts/620100/", typed | line).status_code == 302
    assert layers.layout("620100") == {code: (0, at) for at, code in enumerate(town.QUARTERS)}
    strange = planner.post("/console/layouts/620100/move/", {"area": "\x00\r\n", "step": "up"})
    assert strange.url == "/console/layouts/620100/"


def test_the_command_brings_a_file(tmp_path, capsys):
    town.town()
    file = tmp_path / "lanzhou.geojson"
    file.write_bytes(town.town_file())
    said = ["--source", town.SOURCE, "--licence", town.LICENCE, "--datum", "wgs84"]
    call_command("atlas", "import-areas", str(file), *said)
    assert "4 shapes" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no_approval"):
        call_command("atlas", "import-areas", str(file), *said, "--public")
    with pytest.raises(CommandError):
        call_command("atlas", "import-areas", str(tmp_path / "none"), *said)
    assert Layer.objects.count() == 1

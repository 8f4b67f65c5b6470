"""Files of shapes: three formats read alike, moved to our datum, mended, simplified without gaps; nothing else opened."""

import io
import sqlite3
import zipfile

import numpy as np
import pytest
import shapely

from linli.atlas.management import boundary_reader
from linli.atlas.management.boundary_reader import NoFile
from linli.atlas.queries.boundary_files import read_shapes
from linli.atlas.rules.maps.datum import shifted
from linli.kernel.refusals import Refused
from tests.town import atlas_layers as town


def read(data, *, said="cgcs2000", kind="areas", metres=0):
    """Read in this process what otherwise a program alone reads."""
    return boundary_reader.read(data, said=said, kind=kind, metres=metres)


def shapes(told):
    return {one["code"]: shapely.geometry.shape(one["geometry"]) for one in told["features"]}


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile"])
def test_reads_packages_and_shapefiles_as_geojson(driver, tmp_path):
    told = shapes(read(town.written(driver, folder=tmp_path)))
    for code, shape in shapes(read(town.town_file())).items():
        assert told[code].equals(shape), code


def test_turns_projected_metres_into_degrees(tmp_path):
    metres = {"620102": shapely.box(500_000, 4_000_000, 501_000, 4_001_000)}
    (found,) = shapes(read(town.written("GPKG", crs="EPSG:4547", folder=tmp_path, shapes=metres))).values()  # fmt: skip
    west, south, east, _north = found.bounds
    assert west == pytest.approx(114.0, abs=1e-6)  # the zone's middle, where x is 500,000
    assert (east - west) * 111_320 * 0.808 == pytest.approx(1000, rel=0.01)
    assert 36.1 < south < 36.2


def test_turns_gcj_back_to_within_a_metre():
    moved = {
        code: shapely.transform(shape, _shifted) for code, shape in town.quarters().items()
    }  # fmt: skip
    data = town.geojson(town.feature(shape, code=code) for code, shape in moved.items())
    for code, shape in shapes(read(data, said="gcj02")).items():
        assert shape.hausdorff_distance(town.quarter(code)) * 111_320 < 0.2
    # The control: read as it stands, it lies hundreds of metres away.
    assert shapes(read(data))["620102"].hausdorff_distance(town.quarter("620102")) * 111_320 > 100


def _shifted(points):
    return np.array([shifted(x, y) for x, y in points])


def test_refuses_gcj_outside_its_frame():
    data = town.geojson([town.feature(shapely.box(2, 48, 3, 49), code="620102")])
    assert read(data, said="gcj02")["features"][0]["wrong"] == "outside_the_datum"


def test_puts_a_crossed_border_right_and_refuses_what_covers_nothing():
    loop = [(10.05, 10.1), (10.0501, 10.101), (10.0499, 10.101), (10.05, 10.1)]
    touching = shapely.Polygon([(10, 10), (10.1, 10), (10.1, 10.1), *loop, (10, 10.1)])
    bow = shapely.Polygon([(0, 0), (0.1, 0.1), (0.1, 0), (0, 0.1)])
    told = read(town.geojson([town.feature(one, code="1") for one in (touching, bow)]))
    assert [one["wrong"] for one in told["features"]] == ["", "broken"]
    assert told["features"][0]["repaired"]
    assert shapely.geometry.shape(told["features"][0]["geometry"]).is_valid


def test_keeps_borders_shared_when_they_are_simplified():
    wavy = [(town.X + 0.1 + 0.004 * (at % 3 - 1), town.Y + 0.001 * at) for at in range(201)]
    west = shapely.Polygon([(town.X, town.Y), *wavy, (town.X, town.Y + 0.2)])
    east = shapely.Polygon([(town.X + 0.2, town.Y), *wavy, (town.X + 0.2, town.Y + 0.2)])
    data = town.geojson([town.feature(west, code="620102"), town.feature(east, code="620103")])
    told = read(data, metres=1000)
    drawn = [shapely.geometry.shape(one["outline"]) for one in told["features"]]
    assert told["vertices_drawn"] < told["vertices"] / 5
    assert shapely.coverage_is_valid(drawn)
    assert shapely.union_all(drawn).geom_type == "Polygon"
    # The control: simplified each alone, the two tear apart.
    alone = [shapely.simplify(west, 0.005), shapely.simplify(shapely.reverse(east.buffer(0)), 0.004)]  # fmt: skip
    assert not shapely.coverage_is_valid(alone)


def test_closes_slivers_and_names_disputes():
    left, right = town.quarter("620102"), town.quarter("620103")
    sliver = shapely.box(town.X + 0.1 - 2e-6, town.Y + 0.1, town.X + 0.2, town.Y + 0.2)
    told = read(town.geojson([town.feature(left, code="620102"), town.feature(sliver, code="620103")]))  # fmt: skip
    assert [one["wrong"] for one in told["features"]] == ["", ""]
    assert shapely.coverage_is_valid(list(shapes(told).values()))
    dispute = shapely.union(right, shapely.box(town.X + 0.09, town.Y + 0.1, town.X + 0.1, town.Y + 0.2))  # fmt: skip
    told = read(town.geojson([town.feature(left, code="620102"), town.feature(dispute, code="620103")]))  # fmt: skip
    assert [one["wrong"] for one in told["features"]] == ["overlaps", "overlaps"]
    assert told["features"][0]["overlaps"] == "620103"


def test_a_city_may_lie_over_its_counties():
    whole = town.feature(shapely.union_all(list(town.quarters().values())), code="620100")
    parts = [town.feature(shape, code=code) for code, shape in town.quarters().items()]
    assert not any(one["wrong"] for one in read(town.geojson([whole, *parts]))["features"])


def hostile():
    pair = b'{"type":"FeatureCollection","features":['
    yield "nothing", b""
    yield "words", "这不是地图".encode()
    yield "a list", b"[1,2]"
    yield "nested", b"[" * 200_000
    yield "no features", b'{"type":"FeatureCollection","features":[]}'
    yield (
        "another file",
        b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
    )
    yield "a cut zip", b"PK\x03\x04" + b"\0" * 40
    yield "a cut database", b"SQLite format 3\x00" + b"\0" * 100
    yield "no numbers", pair + b'{"geometry":{"type":"Polygon","coordinates":[[["a","b"]]]},"properties":{}}]}'  # fmt: skip


@pytest.mark.parametrize(("name", "data"), list(hostile()))
def test_takes_nothing_that_is_no_map(name, data):
    told = boundary_reader.answer(data, said="wgs84", kind="areas", metres=0)
    assert told is None or told["refused"] in {"not_a_map", "nothing_in_it"}, name


def test_opens_no_other_format_from_a_zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("map.vrt", "<OGRVRTDataSource/>")
    with pytest.raises(NoFile, match="one_shapefile"):
        read(packed.getvalue())


def test_opens_no_package_that_reaches_out_of_itself(tmp_path):
    town.written("GPKG", folder=tmp_path)
    kept = sqlite3.connect(tmp_path / "town.gpkg")
    kept.execute("CREATE VIRTUAL TABLE others USING fts5(words)")
    kept.commit()
    kept.close()
    with pytest.raises(NoFile, match="not_a_map"):
        read((tmp_path / "town.gpkg").read_bytes())


def test_keeps_nothing_of_a_table_of_people():
    for column in ("民族", "religion", "姓名"):
        with pytest.raises(Refused) as refused:
            read(town.town_file(**{column: "x"}))
        assert refused.value.code == "trait_of_a_person"
    told = read(town.town_file(longitude=103.5))  # of an area, not of a person
    assert not any(one["wrong"] for one in told["features"])


def test_reads_alone_and_survives_what_breaks():
    """The program itself: limits, an empty environment, a no for what it cannot read."""
    file = read_shapes(town.town_file(), datum="cgcs2000", kind="areas", metres=0)
    assert [one.code for one in file.features] == list(town.QUARTERS)
    with pytest.raises(Refused) as refused:
        read_shapes(b"PK\x03\x04" + b"\0" * 40, datum="cgcs2000", kind="areas", metres=0)
    assert refused.value.code == "not_a_map"

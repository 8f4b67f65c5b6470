"""Open data: files made once and true, the catalogue clean by its own shapes, packages that others read, all of it signed."""

import csv
import io
import json
import warnings
from datetime import timedelta
from hashlib import sha256
from zipfile import ZipFile

import pyshacl
import pytest
from django.core.management import call_command
from django.test import override_settings
from frictionless import Package
from pyarrow import parquet
from rdflib import DCTERMS, RDF, Graph, Namespace
from rdflib.compare import isomorphic

from linli.atlas.actions.open_files import make, remake
from linli.atlas.queries import features, open_files
from linli.atlas.schemas import packing, verify_data
from linli.facts.models import Fact, Indicator
from linli.kernel import city_key, open_data
from linli.kernel.actors import system
from tests.town import atlas_open_data as town
from tests.town import facts
from tests.town.once import built_once

pytestmark = pytest.mark.django_db
CLERK = system("open data")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module", autouse=True)
def release(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    home = tmp_path_factory.mktemp("home")
    features.forget()
    with (
        override_settings(HOME=home, KEYS=home / "keys"),
        pytest.MonkeyPatch.context() as patch,
        built_once(django_db_blocker),
    ):
        yield town.whole(patch, at=noon)
    features.forget()


def data_set(code):
    return next(one for one in open_data.data_sets() if one.code == code)


def body(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(client, code):
    return list(csv.DictReader(io.StringIO(body(client.get(f"/data/{code}.csv")).decode())))


def catalogue(client, name="catalog.ttl", form="turtle"):
    return Graph().parse(data=body(client.get(f"/dcat/{name}")), format=form)


def test_lists_the_tables_of_every_engine():
    codes = {one.code for one in open_data.data_sets()}

    assert {
        "areas", "figures-2024", "food-permits", "food-premises", "food-recalls", "food-results", "funds",
        "indicators", "inspections", "instruments", "open311", "projects", "promises", "released-cells",
        "releases", "reports", "services", "sessions", "station-languages", "stations",
    } <= codes  # fmt: skip


def test_says_what_is_known_and_nothing_that_did_not_pass_the_gate(client):
    inside = Fact.objects.get(indicator__name=town.SECRET)
    figures = table(client, "figures-2024") + table(client, "figures-2020")

    assert {(one["indicator"], one["value"], one["ground"]) for one in figures} == {
        ("training.trained", "300", "nobody"),
        ("population.total", "41200", "published"),
    }
    assert inside.value == 7  # the control: it is there to be said
    assert town.SECRET not in str(table(client, "indicators"))
    # Nor if somebody makes the indicator public behind the gate's back.
    with pytest.raises(Exception, match=r"."):
        Indicator.objects.filter(pk=inside.indicator_id).update(public=True)


def test_writes_a_cell_that_is_kept_back_as_c_and_as_nothing_in_parquet(client, release, tmp_path):
    cells = {one["area_code"]: one for one in table(client, "released-cells")}
    path = tmp_path / "cells.parquet"
    path.write_bytes(body(client.get("/data/released-cells.parquet")))
    columns = parquet.read_table(path).to_pydict()

    assert (cells["990103"]["value"], cells["990103"]["kept_back"]) == ("c", "primary")
    assert cells["990103"]["citation"] == ""
    assert int(cells["990101"]["value"]) % 5 == 0
    assert dict(zip(columns["area_code"], columns["value"], strict=True))["990103"] is None
    released = {one["period_from"] for one in cells.values()}
    assert released == {release.period_from.isoformat()}
    assert [one["release"] for one in table(client, "releases")] == [release.code]


def test_writes_the_same_rows_in_both_forms(client, tmp_path):
    rows = table(client, "figures-2024")
    path = tmp_path / "figures.parquet"
    path.write_bytes(body(client.get("/data/figures-2024.parquet")))
    found = parquet.read_table(path)

    assert [str(one) for one in found.column("citation").to_pylist()] == [one["citation"] for one in rows]  # fmt: skip
    assert found.column("value").to_pylist() == [float(one["value"]) for one in rows]
    assert found.schema.field("period_from").type == "date32[day]"
    assert found.schema.field("value").metadata[b"title"]


def test_keeps_what_did_not_change_and_makes_what_did(settings, tmp_path, noon):
    settings.HOME = tmp_path
    first = remake(by=CLERK, at=noon, data_set=data_set("figures-2024"))
    same = remake(by=CLERK, at=noon + timedelta(hours=1), data_set=data_set("figures-2024"))
    facts.fact("310", at=noon, period="2024", source="教育局")
    young = make(by=CLERK, at=noon + timedelta(hours=1, minutes=5), data_set=data_set("figures-2024"))  # fmt: skip
    other = make(by=CLERK, at=noon + timedelta(hours=2), data_set=data_set("figures-2024"))

    assert (same.changed_at, same.made_at) == (noon, noon + timedelta(hours=1))
    assert young == same
    assert other.changed_at == noon + timedelta(hours=2)
    assert (first.rows, other.rows) == (1, 2)
    assert not first.path("csv").exists()
    assert [one.name for one in open_files.folder().glob("figures-2024-*.csv")] == [other.path("csv").name]  # fmt: skip


def test_gives_a_file_under_its_digest_once(client):
    answer = client.get("/data/stations.csv")
    data, tag = body(answer), answer.headers["ETag"]

    assert tag == f'"{sha256(data).hexdigest()[:32]}"'
    assert client.get("/data/stations.csv", headers={"if-none-match": tag}).status_code == 304
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert data.count("街道便民服务站".encode()) == 2


@pytest.mark.parametrize(
    "path", ["/data/no.csv", "/data/open311.csv", "/data/no/", "/data/no/datapackage.json", "/data/all.csv", "/data/x..csv"],
)  # fmt: skip
def test_knows_only_what_there_is(client, path):
    assert client.get(path).status_code == 404


def test_catalogue_is_clean_by_the_shapes_of_dcat_ap(client, shared, noon):
    packing.renew(by=CLERK, at=noon)
    shapes = Graph().parse(shared / "conformance/dcat-ap/3.0.1/html-shacl/shapes.ttl")
    ranges = Graph().parse(shared / "conformance/dcat-ap/3.0.1/html-shacl/range.ttl")
    found = catalogue(client)
    good, _graph, words = pyshacl.validate(found, shacl_graph=shapes + ranges)

    assert good, words
    # The control: without its publisher and one title it is not.
    for one in found.triples((None, DCTERMS.publisher, None)):
        found.remove(one)
    assert not pyshacl.validate(found, shacl_graph=shapes)[0]


def test_catalogue_says_the_same_in_both_forms(client):
    turtle = catalogue(client)
    with warnings.catch_warnings():  # rdflib's own reader still leans on what it no longer wants
        warnings.simplefilter("ignore", DeprecationWarning)
        jsonld = catalogue(client, "catalog.jsonld", "json-ld")

    assert isomorphic(turtle, jsonld)


def test_catalogue_tells_languages_years_digests(client, noon):
    packing.renew(by=CLERK, at=noon)
    found = catalogue(client)
    here = next(one for one in found.subjects(RDF.type, DCAT.Dataset) if str(one).endswith("/data/stations"))  # fmt: skip
    years = [str(one) for one in found.subjects(DCAT.inSeries)]
    csv_ = next(one for one in found.objects(here, DCAT.distribution) if ".csv" in str(one))
    digest = found.value(found.value(csv_, SPDX.checksum), SPDX.checksumValue)

    promises = next(
        one for one in found.subjects(RDF.type, DCAT.Dataset) if str(one).endswith("/promises")
    )
    assert {one.language for one in found.objects(promises, DCTERMS.title)} == {
        "zh-Hans",
        "zh-Hant",
        "en",
    }
    assert sorted(one[-4:] for one in years) == ["2020", "2024", "2025"]  # fmt: skip
    assert str(digest) == sha256(body(client.get("/data/stations.csv"))).hexdigest()
    for needed in (DCTERMS.spatial, DCAT.theme, DCAT.contactPoint, DCTERMS.publisher):
        assert found.value(here, needed) is not None
    assert found.value(next(found.subjects(DCAT.inSeries)), DCTERMS.temporal) is not None


def test_packages_are_read_by_the_program_that_defines_them(tmp_path, noon):
    call_command("export", "frictionless", str(tmp_path))
    package = Package(str(tmp_path / "datapackage.json"))
    report = package.validate()

    assert report.valid, report.flatten(["name", "type", "note"])[:5]
    assert len(package.resources) >= 18
    # The control: a number that is none, a key that stands twice.
    path = tmp_path / "stations.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_package_of_one_names_its_file_by_address_and_digest(client, shared):
    import jsonschema

    said = json.loads(body(client.get("/data/released-cells/datapackage.json")))
    resource = said["resources"][0]
    data = body(client.get(resource["path"].removeprefix("http://testserver")))

    assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert resource["bytes"] == len(data)
    assert resource["schema"]["missingValues"] == ["", "c"]
    profile = json.loads((shared / "conformance/frictionless/2.0/datapackage.json").read_text())
    assert set(profile["required"]) <= set(said)
    jsonschema.validate({key: said[key] for key in ("resources",)}, {"properties": {"resources": {"minItems": 1}}})  # fmt: skip


def test_exports_files_that_stand_alone(tmp_path):
    call_command("export", "dcat", str(tmp_path))
    call_command("export", "geojson", str(tmp_path))
    areas = json.loads((tmp_path / "areas.geojson").read_text())

    assert len(Graph().parse(tmp_path / "catalog.ttl")) > 500
    assert "甘S(2026)12号" in areas["attribution"]
    assert sum(one["geometry"] is not None for one in areas["features"]) == 4


def test_everything_in_one_file_is_signed_and_checked_by_a_file_alone(client, tmp_path, capsys):
    path, key = tmp_path / "all.zip", str(city_key.signer().key)
    path.write_bytes(body(client.get("/data/all.zip")))
    names = ZipFile(path).namelist()

    assert {"SIGNED.txt", "datapackage.json", "catalog.ttl", "stations.csv", "verify_data.py"} <= {*names}  # fmt: skip
    assert not [name for name in names if name.startswith("figures.")]  # they stand in the years
    assert verify_data.main([str(path), "--key", key]) == 0
    assert capsys.readouterr().out.count("holds") == 3
    assert ZipFile(path).read("SIGNED.txt") == body(client.get("/data/all.note"))
    ZipFile(path).extractall(tmp_path / "out")
    assert verify_data.main([str(tmp_path / "out"), "--key", key]) == 0
    assert body(client.get("/data/verify_data.py")) == ZipFile(path).read("verify_data.py")


def test_the_verifier_notices_what_was_changed_added_removed_or_signed_by_another(client, tmp_path):
    folder, key = tmp_path / "out", str(city_key.signer().key)
    ZipFile(io.BytesIO(body(client.get("/data/all.zip")))).extractall(folder)
    file, note = folder / "stations.csv", folder / "SIGNED.txt"
    good, signed = file.read_bytes(), note.read_text()

    def fails(check):
        files = verify_data._opened(folder)
        return check in verify_data.verify(files, note.read_text(), key)

    file.write_bytes(good + b"x")
    assert fails("files")
    file.unlink()
    assert fails("list")
    file.write_bytes(good)
    (folder / "more.csv").write_text("x")
    assert fails("list")
    (folder / "more.csv").unlink()
    note.write_text(signed.replace("  stations.csv", "  stations.csv2"))
    assert fails("key")
    note.write_text(signed)
    assert verify_data.main([str(folder), "--key", key]) == 0
    assert verify_data.main([str(folder / "stations.csv")]) == 2


def test_packs_anew_only_when_something_changed(client, noon):
    first = packing.pack_all(by=CLERK, at=noon + timedelta(days=1))
    same = packing.pack_all(by=CLERK, at=noon + timedelta(days=2))

    assert same.forms == first.forms
    assert same.changed_at == first.changed_at


@pytest.mark.parametrize("tongue", ["", "/en", "/zh-hant", "/ug"])
def test_shows_all_of_it_and_each_of_it(client, tongue, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get(f"{tongue}/data/").content.decode()
    assert f'href="{tongue}/data/stations/"' in page
    assert 'href="/data/stations.csv"' in page
    with django_assert_max_num_queries(12):
        one = client.get(f"{tongue}/data/released-cells/").content.decode()
    assert "kept_back" in one
    assert "CC BY 4.0" in one


def test_tells_releases_as_a_feed(client, release):
    answer = client.get("/en/feeds/releases.atom")
    said = answer.content.decode()

    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert f"/releases/{release.code}/" in said
    assert release.digest in said
    stamp = answer.headers["Last-Modified"]
    assert client.get("/en/feeds/releases.atom", headers={"if-modified-since": stamp}).status_code == 304  # fmt: skip

"""What guides and stations tell programs in schema.org's words."""

import importlib.util
import io
import json
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from linli.directory import actions
from tests.directory.test_hsds import town  # noqa: F401 - the same town
from tests.town import services

pytestmark = pytest.mark.django_db
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

DAY = re.compile(r'"https://schema\.org/([A-Z][a-z]+day)"')


def told(client, path):
    (data,) = ELEMENT.findall(client.get(path).content.decode())
    return json.loads(data)


def test_tells_a_service(client, town):  # noqa: F811
    guide = town["guide"]
    data = told(client, f"/services/{guide.code}/")

    assert data["@type"] == "GovernmentService"
    assert data["@id"] == f"http://testserver/services/{guide.code}/"
    assert data["serviceOperator"]["name"] == "嘉峪关市就业服务中心"
    assert [area["name"] for area in data["areaServed"]] == ["嘉峪关市"]
    assert [(one["price"], one["priceCurrency"]) for one in data["offers"]] == [("12.50", "CNY")]
    (channel,) = data["availableChannel"]
    assert channel["name"] == "3号窗口"
    assert channel["serviceLocation"]["@type"] == "GovernmentOffice"


def test_tells_a_place(client, town):  # noqa: F811
    data = told(client, f"/stations/{town['station'].code}/")
    (hours,) = data["openingHoursSpecification"]

    assert data["address"]["streetAddress"] == "祁连街1号"
    assert data["telephone"] == ["+86 937 6220000;ext=12", "0937-6220001;ext=012"]
    assert (hours["opens"], hours["closes"], hours["validThrough"]) == (
        "09:00:00", "17:30:00", "2026-12-31"
    )  # fmt: skip
    assert hours["dayOfWeek"][0] == "https://schema.org/Monday"


def test_tells_a_venue_as_a_building_for_all(client):
    venue = services.station("文化广场", kind="venue")

    assert told(client, f"/stations/{venue.code}/")["@type"] == "CivicStructure"


def test_lets_nothing_end_the_element(client):
    words = "</script><script>alert(1)</script><!-- & -->"
    guide = services.service(description=words)
    page = client.get(f"/services/{guide.code}/").content.decode()

    assert told(client, f"/services/{guide.code}/")["description"] == words
    assert page.count("<script>") == 0


def test_holds_against_the_shapes(client, town, shared, tmp_path):  # noqa: F811
    if not all(importlib.util.find_spec(name) for name in ("pyshacl", "pyld", "rdflib")):
        pytest.skip("the packages pyshacl, pyld and rdflib are not here")
    call_command("export", "schemaorg", str(tmp_path), stdout=io.StringIO())
    # The lint reads whatever stands in its examples folder: give it ours.
    examples = tmp_path / "conformance/schemaorg"
    examples.mkdir(parents=True)
    for path in (shared / "conformance/schemaorg").iterdir():
        if path.is_file():
            (examples / path.name).symlink_to(path)
    (examples / "examples").mkdir()
    for path in tmp_path.glob("*.jsonld"):
        # The shapes know a weekday only where its type stands beside it.
        typed = DAY.sub(r'{"@id": "http://schema.org/\1", "@type": "DayOfWeek"}', path.read_text())
        (examples / "examples" / f"{path.stem}.json").write_text(typed)
    (tmp_path / "checks").mkdir()
    script = tmp_path / "checks/schemaorg.py"
    script.write_bytes((shared / "checks/schemaorg.py").read_bytes())

    done = subprocess.run([sys.executable, script], check=False, capture_output=True, text=True)

    assert done.stdout.splitlines() == ["conform 3 not 0"], done.stderr


def test_exports_a_document_for_each_service_and_place(town, tmp_path):  # noqa: F811
    actions.end_service(by=services.planner(), at=services.NOON, service=town["other"])
    call_command("export", "schemaorg", str(tmp_path), stdout=io.StringIO())

    codes = {town["guide"].code, town["station"].code}
    assert {path.stem for path in tmp_path.iterdir()} == codes
    assert {json.loads(path.read_text())["@context"] for path in tmp_path.iterdir()} == {
        "https://schema.org"
    }


def test_exports_nothing_of_an_empty_directory(tmp_path):
    with pytest.raises(CommandError, match="no service"):
        call_command("export", "schemaorg", str(tmp_path))

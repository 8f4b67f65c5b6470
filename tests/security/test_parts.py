"""The parts that others made: each is listed with its digest. And a form takes what it has, once."""

import json
import tomllib

from django.http import QueryDict

from tests.architecture.source import ROOT
from tests.security.test_code import LOCK, runtime
from tools.sbom import listed


def test_lists_every_part_with_its_digest():
    said = listed()

    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.5")
    parts = {one["name"]: one for one in said["components"]}
    assert runtime() - {"linli"} <= {*parts}
    bare = [name for name in runtime() - {"linli"} if not parts[name]["hashes"]]
    assert bare == []
    assert all(h["alg"] == "SHA-256" for one in parts.values() for h in one["hashes"])
    assert {one["purl"] for one in parts.values() if one["name"] == "django"} == {
        f"pkg:pypi/django@{version('django')}"
    }
    assert said["metadata"]["component"]["name"] == "linli"
    json.dumps(said)


def test_lists_scripts_and_fonts_that_are_served():
    recorded = json.loads((ROOT / "tools/vendor/VENDOR.json").read_text())
    names = {one["name"] for one in listed()["components"]}

    assert recorded
    assert any("htmx" in name for name in names)
    assert any("maplibre" in name for name in names)


def test_would_miss_a_part():
    """The control: a part that is not in the lock is in no list."""
    assert "left-pad" not in {one["name"] for one in listed()["components"]}


def test_locks_what_the_project_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    assert len(runtime()) > len(asked)


def test_takes_no_field_that_a_form_has_not():
    from linli.portal.accounts.forms import KeyForm

    form = KeyForm({"name": "窗口程序", "role": "administrator", "staff": "1", "is_active": "on"})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "窗口程序"}


def test_takes_the_last_of_two_values():
    from linli.portal.accounts.forms import KeyForm

    form = KeyForm(QueryDict("name=a&name=b"))

    assert form.is_valid()
    assert form.cleaned_data == {"name": "b"}


def version(name):
    return next(one["version"] for one in LOCK["package"] if one["name"] == name)

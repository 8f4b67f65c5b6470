"""What others made is what was recorded, names its terms, and names no place to fetch it from."""

import json
import re
import shutil

import pytest

from tools import vendor


@pytest.fixture
def copy(tmp_path, monkeypatch):
    shutil.copytree(vendor.STATIC, tmp_path / "ui")
    monkeypatch.setattr(vendor, "STATIC", tmp_path / "ui")
    return tmp_path / "ui"


def test_holds_what_was_recorded():
    assert vendor.faults() == []


def test_notices_a_changed_file(copy):
    script = copy / "vendor" / "htmx.min.js"
    script.write_text(script.read_text() + ";")

    assert vendor.faults() == ["vendor/htmx.min.js has changed"]


def test_notices_a_missing_and_a_stray_file(copy):
    (copy / "fonts" / "linli-bo.woff2").unlink()
    (copy / "vendor" / "extra.js").write_text("")

    assert vendor.faults() == [
        "fonts/linli-bo.woff2 is missing",
        "vendor/extra.js is not recorded",
    ]


def test_says_version_and_licence_of_everything():
    entries = json.loads(vendor.RECORD.read_text())

    assert {(e["name"], e["version"], e["licence"]) for e in entries} == {
        ("htmx.org", "2.0.11", "0BSD"),
        ("maplibre-gl", "6.17.0", "BSD-3-Clause"),
        ("@fontsource/noto-serif-tibetan", "5.3.0", "OFL-1.1"),
        ("@fontsource/noto-naskh-arabic", "5.3.0", "OFL-1.1"),
        ("@fontsource/noto-sans-mongolian", "5.3.0", "OFL-1.1"),
        ("@fontsource/noto-sans-yi", "4.5.12", "OFL-1.1"),
    }


@pytest.mark.parametrize("name", ["htmx.min.js", "maplibre.min.js"])
def test_points_at_no_source_map(name):
    assert "sourceMappingURL" not in (vendor.STATIC / "vendor" / name).read_text()


def test_carries_the_terms_of_everything_in_the_map():
    terms = (vendor.STATIC / "vendor" / "LICENSE-maplibre.txt").read_text()

    assert len(re.findall(r"^==== \S+ \S+ \(.+\) ====$", terms, re.MULTILINE)) == 18
    assert terms.count("Permission is hereby granted") + terms.count("Redistribution and use") >= 9


def test_locks_versions_without_naming_a_registry():
    locked = json.loads((vendor.WORK / "package-lock.json").read_text())["packages"]

    assert all("resolved" not in package for package in locked.values())
    assert all("integrity" in package for name, package in locked.items() if name)


def test_keeps_fonts_small():
    sizes = {path.name: path.stat().st_size for path in (vendor.STATIC / "fonts").glob("*.woff2")}

    assert sum(size for name, size in sizes.items() if name.startswith("names-")) < 14_000
    assert sum(sizes.values()) < 290_000

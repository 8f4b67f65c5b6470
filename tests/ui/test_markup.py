"""Templates: nothing inline, htmx in the subset that survives its next version, short, all on show."""

import re
import statistics
from pathlib import Path

import pytest

import linli

ROOT = Path(linli.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
HTMX = {"get", "post", "target", "swap", "trigger", "push-url", "indicator", "confirm"}
FRAGMENTS = sorted((ROOT / "ui" / "templates" / "ui").glob("_*.html"))
# Frame of every page, or of the console alone.
FRAME = {"_header", "_footer", "_languages", "_switches", "_way", "_mark", "_fallback", "_messages"}
FRAME |= {"_keys", "_list_tools", "_palette", "_wrongs"}


def inline(text):
    return re.findall(
        r"\sstyle=|<style|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", text, re.IGNORECASE
    )


def beyond_subset(text):
    return sorted(set(re.findall(r"\b(?:data-)?hx-([\w:-]+)", text)) - HTMX)


def test_knows_what_is_inline():
    assert len(inline('<p style="x"><a onclick = "y"><script>z</script>')) == 3


def test_knows_what_is_beyond_the_subset():
    assert beyond_subset('<a hx-get="/" hx-boost="true" hx-on:click="x">') == ["boost", "on:click"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_keeps_scripts_and_styles_in_files(path):
    text = path.read_text()

    assert inline(text) == []
    assert beyond_subset(text) == []


def test_keeps_templates_short():
    lengths = [len(path.read_text().splitlines()) for path in TEMPLATES]

    assert max(lengths) <= 120
    assert statistics.median(lengths) <= 30


def test_keeps_own_script_short():
    script = (ROOT / "ui" / "static" / "ui" / "linli.js").read_text()

    assert len(script.splitlines()) <= 150
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|Storage", script)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_shows_every_component_in_the_styleguide(path):
    guide = "".join(
        shown.read_text() for shown in (ROOT / "ui" / "templates" / "ui" / "guide").glob("*.html")
    )

    assert path.stem in FRAME or f"ui/{path.name}" in guide

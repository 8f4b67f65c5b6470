"""The stylesheet: one bundle from small parts, logical properties only, colours that can be read."""

import re

import pytest

from linli.ui.bundle import BUNDLE, HERE, bundled, parts
from tools.vendor import FACES

PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|float|clear|(?:min-|max-)?(?:width|height)|overflow-[xy]"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|text-align\s*:\s*(?:left|right)"
    # Shorthands of two values or more name sides of the screen, not of the text.
    r"|(?:^|[;{\s])(?:margin|padding|inset|border-radius)\s*:\s*[^\s;(]+(?:\([^;]*?\))?\s+[^\s;]"
)
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
# Foreground on background, as the components pair them.
PAIRS = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "link") for paper in ("paper", "surface", "sunk")],
    *[("link-deep", paper) for paper in ("paper", "surface", "sunk")],
    *[(ink, paper) for ink in ("brand", "late", "done") for paper in ("paper", "surface")],
    *[(kind, f"{kind}-tint") for kind in ("brand", "done", "soon", "late", "note")],
    *[(ink, f"{kind}-tint") for ink in ("ink", "ink-soft", "link") for kind in ("done", "soon", "late", "note")],
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("surface", "late"),
    ("brand", "sunk"),
]  # fmt: skip


def declared(scheme):
    light = (HERE / "css" / "tokens.css").read_text().split("[data-density")[0]
    dark = (HERE / "css" / "dark.css").read_text().split("[data-mode")[0]
    return dict(COLOUR.findall(light)) | (dict(COLOUR.findall(dark)) if scheme == "dark" else {})


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_commits_the_bundle_of_its_parts():
    assert BUNDLE.read_text(encoding="utf-8") == bundled()


def test_bundles_every_part_once():
    assert sorted(parts()) == sorted((HERE / "css").rglob("*.css"))


def test_keeps_parts_short_and_components_few():
    lengths = {path.name: len(path.read_text().splitlines()) for path in parts()}

    assert {name: n for name, n in lengths.items() if n > 120} == {}
    assert len(list((HERE / "css" / "components").iterdir())) <= 30


@pytest.mark.parametrize(
    "css",
    [
        "a{margin-left:0}",
        "a{ left: 0}",
        "a{text-align: right}",
        "a{width:1px}",
        "a{float:left}",
        "a{margin: 0 1px}",
        "a{padding: var(--a) var(--b)}",
    ],
)
def test_knows_a_physical_property(css):
    assert PHYSICAL.search(css)


@pytest.mark.parametrize("path", parts(), ids=lambda path: path.stem)
def test_uses_logical_properties_only(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert [hit.group().strip() for hit in PHYSICAL.finditer(text)] == []


@pytest.mark.parametrize("path", parts()[2:], ids=lambda path: path.stem)
def test_names_colours_in_tokens_only(path):
    text = path.read_text().partition("@media print")[0]

    assert re.findall(r"#[0-9a-f]{3,8}\b", text) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keeps_text_readable(scheme):
    colours = declared(scheme)
    poor = {
        (one, other): round(contrast(colours[one], colours[other]), 2)
        for one, other in PAIRS
        if contrast(colours[one], colours[other]) < 4.5
    }

    assert poor == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edge", ["edge", "focus"])
@pytest.mark.parametrize("paper", ["paper", "surface", "sunk"])
def test_keeps_edges_and_focus_visible(scheme, edge, paper):
    colours = declared(scheme)

    assert contrast(colours[edge], colours[paper]) >= 3


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.key)
def test_loads_a_font_for_the_characters_that_are_in_it(face):
    css = (HERE / "css" / "fonts.css").read_text()
    ranges = re.findall(
        rf'fonts/(?:linli|names)-{face.key}\.woff2"[^}}]*?unicode-range: ([^;]+);', css, re.DOTALL
    )

    assert [re.sub(r"\s", "", found) for found in ranges] == [face.ranges, face.ranges]
    assert "U+0020" in face.ranges

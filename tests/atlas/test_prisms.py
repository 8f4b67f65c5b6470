"""Prisms: what is drawn is what a viewer would see, whatever the shapes; what cannot be seen is named."""

import random
import re
from decimal import Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from linli.atlas.rules.maps.depth import Piece, back_to_front
from linli.atlas.rules.maps.prisms import SIDES, TALLEST, heights, prism_map, visible
from linli.atlas.rules.maps.tiles import KEPT_BACK, KNOWN, UNKNOWN, Entry

box = shapely.box


def entry(code, value, state=KNOWN):
    value = None if value is None else Decimal(value)
    return Entry(
        code=code, name=f"{code}县", value=value, state=state, short=str(value or ""), label=code
    )


def country(seed, places=8, cells=50):
    """A country without gaps whose places interlock, some inside others."""
    chance = random.Random(seed)
    points = [(chance.uniform(0, 9), chance.uniform(0, 9)) for _ in range(cells)]
    frame = box(0, 0, 9, 9)
    found = {}
    for cell in shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=frame).geoms:
        found.setdefault(str(chance.randrange(places)), []).append(cell.intersection(frame))
    return {code: shapely.union_all(parts, grid_size=1e-6) for code, parts in found.items()}


def met_first(grounds, high, x, up):
    """Return whose block the line of sight through (x, up) meets first, by walking along it; None for no block."""
    sight = shapely.LineString([(x, -1e3), (x, 1e3)])
    stretches = []
    for code, ground in grounds.items():
        met = ground.intersection(sight)
        stretches += [
            (part.bounds[1], part.bounds[3], code)
            for part in getattr(met, "geoms", [met])
            if part.length
        ]
    for near, far, code in sorted(stretches):
        if up - high[code] <= far and near <= up:
            return code
    return None


def shown_at(seen, x, up):
    point = shapely.Point(x, up)
    return [code for code, one in seen.items() if one.walls.contains(point) or one.roof.contains(point)]  # fmt: skip


def wrong(grounds, high, seen, samples, chance):
    """Count the points at which the drawing shows another block than the one that is seen."""
    wrong = 0
    edges = shapely.union_all([part.boundary for one in seen.values() for part in one])
    for _ in range(samples):
        x, up = chance.uniform(0.01, 8.99), chance.uniform(0.01, 14)
        if edges.distance(shapely.Point(x, up)) < 0.05:
            continue
        first = met_first(grounds, high, x, up)
        wrong += shown_at(seen, x, up) != ([first] if first else [])
    return wrong


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_shows_what_every_line_of_sight_meets_first(seed, data):
    grounds = country(seed)
    high = {code: data.draw(st.sampled_from([0, 0.5, 2, 5])) for code in sorted(grounds)}

    seen = visible(back_to_front(grounds), high)

    assert wrong(grounds, high, seen, 40, random.Random(seed)) == 0


def test_would_notice_a_drawing_that_guesses_by_distance():
    """The control: whole places, the farthest first, as painters without cuts do."""
    grounds = country(3)
    high = {code: (0, 2, 5)[int(code) % 3] for code in grounds}
    guessed = sorted(
        (Piece(code, part) for code, ground in grounds.items() for part in shapely.get_parts(ground)),
        key=lambda piece: -piece.ground.centroid.y,
    )  # fmt: skip

    assert wrong(grounds, high, visible(guessed, high), 400, random.Random(3)) > 0
    assert wrong(grounds, high, visible(back_to_front(grounds), high), 400, random.Random(3)) == 0


def test_cuts_only_what_interlocks():
    ring = box(0, 0, 9, 9).difference(box(3, 3, 6, 6))
    beside = box(9, 0, 12, 9)

    pieces = back_to_front({"ring": ring, "town": box(3, 3, 6, 6), "beside": beside})

    codes = [piece.code for piece in pieces]
    assert codes.count("town") == codes.count("beside") == 1
    behind, before = (
        next(at for at, one in enumerate(pieces) if one.code == "ring" and inside(one.ground))
        for inside in (lambda ground: ground.bounds[1] >= 6, lambda ground: ground.bounds[3] <= 3)
    )
    assert behind < codes.index("town") < before
    assert shapely.union_all([p.ground for p in pieces if p.code == "ring"]).area == pytest.approx(
        72
    )


def test_stands_in_proportion_from_nought():
    found = heights(
        [entry("a", 50), entry("b", 200), entry("c", 0), entry("d", None, UNKNOWN)], 100
    )

    assert found == {"a": 25, "b": 100, "c": 0, "d": 0}
    assert heights([entry("a", 0)], 100) == {"a": 0}


SQUARES = {
    "a": mapping(box(103, 36, 104, 37)),
    "b": mapping(box(104, 36, 105, 37)),
    "c": mapping(box(103, 37, 105, 37.2)),
}


def test_names_what_is_hidden_and_what_has_no_shape():
    entries = [entry("a", 900), entry("b", 880), entry("c", 1), entry("far", 3)]

    south, north = (prism_map(entries, SQUARES, side=side) for side in ("south", "north"))

    assert [one.code for one in south.hidden] == ["c"]
    assert [one.code for one in north.hidden] == []
    assert [one.code for one in south.unshaped] == ["far"]
    assert {one.entry.code for one in south.prisms} == {"a", "b"}
    assert south.top == "900"
    assert prism_map(entries, {}) is None


def test_lies_flat_where_nothing_may_be_said():
    drawn = prism_map(
        [entry("a", 9), entry("b", None, KEPT_BACK), entry("c", None, UNKNOWN)], SQUARES
    )

    flat = {one.entry.code: one for one in drawn.prisms if not one.walls}
    assert {code: one.step for code, one in flat.items()} == {"b": 0, "c": 0}
    assert (drawn.kept_back, drawn.unknown) == (1, 1)


@pytest.mark.parametrize("side", SIDES)
def test_stays_inside_its_frame(side):
    grounds = {code: mapping(ground) for code, ground in country(5).items()}
    drawn = prism_map(
        [entry(code, int(code) * 10 + 1) for code in sorted(grounds)], grounds, side=side
    )

    assert len(drawn.prisms) + len(drawn.hidden) == len(grounds)
    assert drawn.height > drawn.base > TALLEST
    for one in drawn.prisms:
        for path in (one.walls, one.roof):
            for start in re.findall(r"M(-?[\d.]+),(-?[\d.]+)", path):
                assert 0 <= float(start[0]) <= drawn.width
                assert 0 <= float(start[1]) <= drawn.height
    for label in drawn.labels:
        assert 0 < label.x < drawn.width
        assert 0 < label.y < drawn.base

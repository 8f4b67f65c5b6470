"""GCJ-02 turned back: to within a millimetre, and refused where it is not defined."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.atlas.rules.maps.approvals import approval_number
from linli.atlas.rules.maps.datum import shifted, true_place

METRES = 111_320


def away(one, other):
    east = (one[0] - other[0]) * METRES * math.cos(math.radians(one[1]))
    return math.hypot(east, (one[1] - other[1]) * METRES)


def test_shifts_a_known_point_as_published():
    assert shifted(116.404, 39.915) == pytest.approx((116.41024449916938, 39.91640428150164))


@settings(max_examples=40)
@given(st.floats(74, 135), st.floats(4, 53.5))
def test_comes_back_to_within_a_millimetre(x, y):
    moved = shifted(x, y)
    assert away(moved, (x, y)) > 20  # else there would be nothing to turn back
    assert away(true_place(*moved), (x, y)) < 0.001


@pytest.mark.parametrize(("x", "y"), [(2.35, 48.86), (0.0, 0.0), (140.0, 36.0), (100.0, 60.0)])
def test_refuses_what_lies_outside_its_frame(x, y):
    with pytest.raises(ValueError, match="frame"):
        true_place(x, y)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GS(2024)0650号", "GS(2024)0650号"),
        ("审图号：甘S【2023】012 号", "甘S(2023)012号"),
        ("gs京（2022）1061號", "GS京(2022)1061号"),
        ("ＧＳ〔2020〕5号", "GS(2020)5号"),
    ],
)
def test_reads_the_number_of_a_map(typed, meant):
    assert approval_number(typed, year=2026) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "无", "GS(2027)1号", "GS(1899)1号", "GS(2024)0号", "(2024)12号", "GS2024", "内部预览"],
)
def test_tells_a_number_from_a_word(typed):
    assert approval_number(typed, year=2026) is None

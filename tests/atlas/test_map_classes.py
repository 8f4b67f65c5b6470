"""Classes of a map: every value has one, equal values the same, and the order of colours is the order of values."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.atlas.rules.maps.classes import METHODS, STEPS, classes, step_of

VALUES = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=40)
CSS = Path(__file__).parents[2] / "linli/atlas/static/atlas/maps.css"


@given(VALUES, st.sampled_from(METHODS))
def test_gives_every_value_one_class_in_the_order_of_values(values, method):
    found = classes(values, method)

    assert sum(one.count for one in found) == len(values)
    assert len(found) <= min(STEPS, len(set(values)))
    steps = [one.step for one in found]
    assert steps == sorted(set(steps))
    assert all(1 <= step <= STEPS for step in steps)
    assert all(one.high < other.low for one, other in pairwise(found))
    for value in values:
        (mine,) = [one for one in found if one.low <= value <= one.high]
        assert step_of(value, found) == mine.step


def test_puts_about_as_many_places_into_each_class():
    found = classes([Decimal(one) for one in (1, 2, 3, 4, 5, 6, 7, 8, 9, 1000)])

    assert [one.count for one in found] == [2, 2, 2, 2, 2]
    assert [one.step for one in found] == [1, 2, 3, 4, 5]


def test_makes_classes_equally_wide_when_asked():
    found = classes([Decimal(one) for one in (0, 1, 2, 60, 100)], "equal")

    assert [(one.step, one.low, one.high, one.count) for one in found] == [
        (1, 0, 2, 3),
        (4, 60, 60, 1),
        (5, 100, 100, 1),
    ]


def test_keeps_equal_values_together_and_colours_apart():
    found = classes([Decimal(one) for one in (1, 1, 1, 1, 9)])

    assert [(one.step, one.count) for one in found] == [(1, 4), (5, 1)]
    assert [one.step for one in classes([Decimal(7)] * 3)] == [3]
    assert classes([]) == ()


@pytest.mark.parametrize("dark", [False, True])
def test_colours_can_be_told_apart_and_read(dark):
    tokens = _tokens(dark=dark)
    steps = [tokens[f"--step-{number}"] for number in range(1, STEPS + 1)]
    inks = [tokens[f"--on-step-{number}"] for number in range(1, STEPS + 1)]

    assert all(_contrast(*pair) >= 4.5 for pair in zip(steps, inks, strict=True))
    assert all(_contrast(one, other) >= 1.7 for one, other in pairwise(steps))
    # Two steps apart differ as much as a picture's parts must; nearer ones differ by their bars.
    assert all(_contrast(one, other) >= 3 for one, other in zip(steps, steps[2:], strict=False))


def _tokens(*, dark):
    light, darker = CSS.read_text().split("@media (prefers-color-scheme: dark)", 1)
    lines = (darker.split("}")[0] if dark else light).splitlines()
    pairs = (line.strip(" ;").split(": ") for line in lines if line.strip().startswith("--"))
    return dict(pairs)


def _contrast(one, other):
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""Krippendorff's alpha: published examples, an independent program, and the formula itself."""

from fractions import Fraction
from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.agreement import INTERVAL, METRICS, NOMINAL, ORDINAL, alpha

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): the four observers of sections C and D.
FOUR = """
    1 2 3 3 2 1 4 1 2 . . .
    1 2 3 3 2 2 4 1 2 5 . 3
    . 3 3 3 2 3 4 2 2 5 1 .
    1 2 3 3 2 4 4 1 2 5 1 .
"""
# The same text, section B: two observers and five names. Section A: two observers, yes and no.
NAMES = "a a b b d c c c e d d a\nb a b b b c c c e d d d"
TWO = "0 1 0 0 0 0 0 0 1 0\n1 1 1 0 0 1 0 0 0 0"


def _things(table):
    """By thing, what each observer said of it; nothing for a dot."""
    rows = [line.split() for line in table.strip().splitlines()]
    return [[value for value in column if value != "."] for column in zip(*rows, strict=True)]


def _numbers(table):
    return [[int(value) for value in values] for values in _things(table)]


@pytest.mark.parametrize(
    ("things", "metric", "told"),
    [
        (_things(TWO), NOMINAL, "0.095"),
        (_things(NAMES), NOMINAL, "0.692"),
        (_numbers(FOUR), NOMINAL, "0.743"),
        (_numbers(FOUR), ORDINAL, "0.815"),
        (_numbers(FOUR), INTERVAL, "0.849"),
    ],
)
def test_equals_the_published_examples(things, metric, told):
    assert f"{float(alpha(things, metric)):.3f}" == told


def test_is_exact():
    assert alpha([[1, 1], [2, 2], [1, 2]]) == 1 - Fraction(2, 18) * 5
    assert alpha([[0, 1], [1, 0]]) == Fraction(-1, 2)


def test_says_nothing_where_nothing_can_be_compared():
    assert alpha([]) is None
    assert alpha([[1], [2]]) is None
    assert alpha([[1, 1], [1, 1]], INTERVAL) is None


_THINGS = st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=1, max_size=8)


@settings(max_examples=60)
@given(_THINGS, st.sampled_from(METRICS))
def test_equals_an_independent_program(things, metric):
    ours = alpha(things, metric)
    width = 4
    table = np.array([values + [np.nan] * (width - len(values)) for values in things], dtype=float)
    seen = {value for values in things if len(values) > 1 for value in values}
    if ours is None:
        assert len(seen) < 2
        return

    theirs = krippendorff.alpha(reliability_data=table.T, level_of_measurement=metric)

    assert float(ours) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=60)
@given(_THINGS)
def test_equals_the_sum_over_all_pairs(things):
    paired = [values for values in things if len(values) > 1]
    given = [value for values in paired for value in values]
    observed = sum(
        Fraction((a - b) ** 2, len(values) - 1)
        for values in paired
        for a, b in permutations(values, 2)
    )
    chance = sum((a - b) ** 2 for a, b in permutations(given, 2))

    told = alpha(things, INTERVAL)

    assert told == (1 - observed * (len(given) - 1) / chance if chance else None)


@given(_THINGS, st.integers(1, 9), st.integers(-9, 9))
@settings(max_examples=30)
def test_is_the_same_on_another_scale(things, times, more):
    moved = [[value * times + more for value in values] for values in things]

    assert alpha(moved, INTERVAL) == alpha(things, INTERVAL)
    assert alpha(moved, ORDINAL) == alpha(things, ORDINAL)

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.intervals import (
    BOUNDS,
    LARGEST,
    Interval,
    apart,
    exceeds,
    interval,
    too_precise,
)
from linli.facts.rules.statements import Statement, fault


def numbers():
    return st.decimals(-LARGEST, LARGEST, places=3).filter(lambda v: not too_precise(v))


def intervals():
    return st.builds(interval, numbers(), st.sampled_from(BOUNDS))


def has(values, point):
    """Say whether a point lies in an interval, by the book."""
    above = values.low is None or point > values.low or (values.low_in and point == values.low)
    below = values.high is None or point < values.high or (values.high_in and point == values.high)
    return above and below


D = Decimal


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("exact", Interval(D(300), D(300), low_in=True, high_in=True)),
        ("approx", Interval(D(270), D(330), low_in=True, high_in=True)),
        ("approx_below", Interval(D(240), D(300), low_in=True, high_in=False)),
        ("more_than", Interval(D(300), None, low_in=False, high_in=False)),
        ("at_least", Interval(D(300), None, low_in=True, high_in=False)),
        ("at_most", Interval(None, D(300), low_in=False, high_in=True)),
        ("less_than", Interval(None, D(300), low_in=False, high_in=False)),
    ],
)
def test_reads_a_bound_as_an_interval(bound, expected):
    assert interval(D(300), bound) == expected


def test_reads_almost_below_nought_towards_nought():
    assert interval(D(-5), "approx_below") == Interval(D(-5), D(-4), low_in=False, high_in=True)
    assert interval(D(-10), "approx") == Interval(D(-11), D(-9), low_in=True, high_in=True)
    assert interval(D(0), "approx_below") == interval(D(0), "exact")


def test_rounds_the_fog_outwards_to_what_a_database_keeps():
    assert interval(D("0.000007"), "approx")[:2] == (D("0.000006"), D("0.000008"))
    assert interval(D("123456789012345"), "approx")[1] == D("135802467913580")


def test_knows_no_other_bound():
    with pytest.raises(ValueError, match="vague"):
        interval(D(3), "vague")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((300, "exact"), (301, "exact"), True),
        ((300, "exact"), (300, "exact"), False),
        ((300, "exact"), (300, "more_than"), True),
        ((300, "exact"), (300, "at_least"), False),
        ((100_000, "approx_below"), (95_000, "exact"), False),
        ((100_000, "approx_below"), (100_000, "exact"), True),
        ((300, "less_than"), (300, "more_than"), True),
        ((300, "at_most"), (300, "at_least"), False),
        ((10, "more_than"), (1_000_000, "more_than"), False),
    ],
)
def test_tells_what_excludes_what(one, other, expected):
    assert apart(interval(D(one[0]), one[1]), interval(D(other[0]), other[1])) is expected


@given(numbers(), st.sampled_from(BOUNDS))
def test_keeps_its_ends_in_order_and_exactly_storable(value, bound):
    values = interval(value, bound)

    ends = [end for end in values[:2] if end is not None]
    assert ends
    assert sorted(ends) == ends
    assert not any(too_precise(end) for end in ends)
    assert all(abs(end) < D(10) ** 15 for end in ends)


@given(numbers())
def test_keeps_the_value_where_the_words_do(value):
    holders = {bound for bound in BOUNDS if has(interval(value, bound), value)}

    kept = {"exact", "approx", "at_least", "at_most"}
    assert holders == (kept | {"approx_below"} if value == 0 else kept)


@given(intervals(), intervals())
def test_is_apart_both_ways_or_neither(a, b):
    assert apart(a, b) is apart(b, a)
    assert not (exceeds(a, b) and exceeds(b, a))


@given(intervals(), intervals(), numbers())
def test_is_never_apart_while_a_point_is_shared(a, b, point):
    shared = [p for p in (point, *a[:2], *b[:2]) if p is not None and has(a, p) and has(b, p)]

    if shared:
        assert not apart(a, b)


@given(intervals(), intervals())
def test_shares_a_point_when_it_is_not_apart(a, b):
    """Between the larger low and the smaller high lies a point of both, when they are not apart."""
    if apart(a, b):
        return
    lows = [i.low for i in (a, b) if i.low is not None]
    highs = [i.high for i in (a, b) if i.high is not None]
    low, high = (
        max(lows, default=min(highs, default=0) - 2),
        min(highs, default=max(lows, default=0) + 2),
    )
    point = (low + high) / 2

    assert has(a, point)
    assert has(b, point)


@pytest.mark.parametrize(
    ("value", "bound", "code"),
    [
        ("1125240", "exact", ""),
        ("123456789.012345", "exact", ""),
        ("900000000000000", "at_least", ""),
        ("1234567890.123456", "exact", "too_precise"),
        ("0.0000001", "exact", "too_precise"),
        ("900000000000001", "exact", "too_large"),
        ("-1E+20", "exact", "too_large"),
        ("NaN", "exact", "not_a_number"),
        ("Infinity", "exact", "not_a_number"),
        ("3", "vague", "unknown_bound"),
    ],
)
def test_names_what_is_wrong_with_a_statement(value, bound, code):
    assert fault(Statement(D(value), bound)) == code

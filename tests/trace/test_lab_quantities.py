"""Copies out of Ct values: a line through standards, an interval around a ratio, a decision with a guard band."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.quantities import (
    ABOVE,
    UNDECIDED,
    WITHIN,
    Amount,
    NoCurve,
    against,
    copies_of,
    covers,
    curve_faults,
    curve_of,
    ratio,
    told,
)
from tests.trace.laboratory import d

_EXACT = [(d(10**n), d("38.0") - d("3.3") * n) for n in range(1, 6)]


def test_draws_the_line_through_standards_that_lie_on_one():
    curve = curve_of(_EXACT)
    assert (curve.slope, curve.intercept, curve.fit) == (d("-3.3"), d("38.0"), 1)
    assert (curve.residual, curve.levels, curve.least, curve.most) == (0, 5, 10, 100000)
    assert curve_faults(curve) == []


def test_draws_the_line_of_least_squares():
    # log10: 1 2 3 4; Ct: 35 31 29 25 -> slope -3.2, intercept 38, left 0.8 of 52
    curve = curve_of([(d(10), d(35)), (d(100), d(31)), (d(1000), d(29)), (d(10000), d(25))])
    assert (curve.slope, curve.intercept) == (d("-3.2"), d("38.0"))
    assert round(curve.fit, 6) == d("0.984615")
    assert round(curve.residual, 6) == d("0.632456")


@pytest.mark.parametrize(
    ("standards", "code"),
    [
        (_EXACT[:2], "too_few"),
        ([_EXACT[0]] * 3, "one_level"),
        ([(d(10), d(30)), (d(100), d(30)), (d(1000), d(30))], "flat"),
    ],
)
def test_draws_no_line_through_too_little(standards, code):
    with pytest.raises(NoCurve) as none:
        curve_of(standards)
    assert none.value.code == code


def test_says_why_nothing_is_computed_with_a_curve():
    flat = curve_of([(d(10**n), d(38) - 3 * n) for n in range(1, 4)])
    rough = curve_of([(d(10), d(35)), (d(100), d(30)), (d(1000), d(30)), (d(10000), d(25))])
    assert curve_faults(flat) == ["too_few_levels", "slope"]
    assert curve_faults(rough) == ["slope", "fit"]


def test_reads_copies_back_with_their_uncertainty():
    curve = curve_of(_EXACT)
    amount = copies_of(curve, [d("28.1"), d("28.1")])
    assert (round(amount.value, 12), amount.relative) == (1000, 0)
    spread = copies_of(curve, [d("28.0"), d("28.2")])
    # ln 10 / 3.3 × s(0.1414) × sqrt(1/2 + 1/5 + 0)
    assert round(spread.relative, 6) == d("0.082559")
    assert covers(curve, spread)
    assert not covers(curve, copies_of(curve, [d(36), d(36)]))


def test_reads_no_copies_from_one_well():
    with pytest.raises(ValueError, match="fewer than two"):
        copies_of(curve_of(_EXACT), [d(30)])


def test_tells_a_ratio_as_far_as_it_is_known():
    found = ratio(Amount(d(12), d("0.03")), Amount(d(1000), d("0.04")))
    assert (found.value, round(found.relative, 12)) == (d("1.2"), d("0.05"))
    assert told(found) == (d("1.20"), d("0.12"))
    assert told(Amount(d("1234.567"), d("0.05"))) == (d("1.23E+3"), d("1.2E+2"))
    assert told(Amount(d(7), d(0))) == (7, 0)
    with_method = ratio(Amount(d(12), d("0.03")), Amount(d(1000), d("0.04")), d("0.12"))
    assert round(with_method.relative, 12) == d("0.13")


@pytest.mark.parametrize(
    ("value", "guarded", "plain"),
    [("1.11", ABOVE, ABOVE), ("1.10", UNDECIDED, ABOVE), ("1.00", UNDECIDED, WITHIN),
     ("0.91", UNDECIDED, WITHIN), ("0.90", WITHIN, WITHIN)],
)  # fmt: skip
def test_decides_with_a_guard_band(value, guarded, plain):
    relative = d("0.05") / d(value)  # an expanded uncertainty of 0.10
    amount = Amount(d(value), relative)
    at = d(1)
    assert abs(amount.expanded - d("0.1")) < d("1e-20")
    steady = Amount(d(value), Decimal(0))
    assert against(amount, at, guarded=False) == against(steady, at) == plain
    if value not in ("1.10", "0.90"):  # there the last digit of a division would decide
        assert against(amount, at) == guarded


_amounts = st.builds(
    Amount, st.decimals("0.01", "100", places=2), st.decimals("0", "0.5", places=3)
)


@given(_amounts, st.decimals("0.01", "100", places=2))
def test_accuses_nobody_by_the_width_of_a_measurement(amount, limit):
    if against(amount, limit) == ABOVE:
        assert amount.value - amount.expanded > limit
        assert against(amount, limit, guarded=False) == ABOVE
    wider = amount._replace(relative=amount.relative + d("0.1"))
    assert against(wider, limit) in (against(amount, limit), UNDECIDED)


@given(st.permutations(_EXACT), st.integers(-3, 3))
def test_gives_the_same_digits_whatever_the_order(standards, moved):
    shifted = [(copies, ct + moved) for copies, ct in standards]
    curve, straight = curve_of(shifted), curve_of(_EXACT)
    assert curve.slope == straight.slope
    assert curve.intercept == straight.intercept + moved


@given(st.lists(st.decimals("15", "38", places=2), min_size=2, max_size=6))
def test_finds_more_copies_where_the_signal_comes_earlier(cts):
    curve = curve_of(_EXACT)
    assume(max(cts) > min(cts))
    early, late = copies_of(curve, [min(cts)] * 2), copies_of(curve, [max(cts)] * 2)
    assert early.value > late.value

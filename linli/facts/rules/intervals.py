"""What a stated value says for certain: an interval. Pure.

The conventions are wide on purpose: a contradiction is named, or a target called met, only when no
reading of the words could save it. `exact` v is [v, v]; `approx` is ten in a hundred to either side;
`approx_below` ("almost") is [0.8 v, v); `more_than` and `less_than` leave v out, `at_least` and
`at_most` keep it, and none of the four has another end. "Almost" and "about" grow away from nought,
so that almost -5 lies above -5.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

BOUNDS = ("exact", "approx", "approx_below", "more_than", "at_least", "at_most", "less_than")
DIGITS = 15  # significant digits that every database of ours keeps exactly
PLACES = 6
LARGEST = Decimal(900_000_000_000_000)  # a tenth more still has fifteen digits before the point

_TENTH = Decimal("0.1")
_FIFTH = Decimal("0.2")


class Interval(NamedTuple):
    """All values from `low` to `high`; None is no limit, `…_in` says whether the end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool
    high_in: bool


def interval(value: Decimal, bound: str) -> Interval:
    """Return the values that a statement allows. Raises ValueError for a bound that is not in BOUNDS."""
    if bound == "exact" or (value == 0 and bound in {"approx", "approx_below"}):
        return Interval(value, value, low_in=True, high_in=True)
    if bound == "approx":
        fog = abs(value) * _TENTH
        return Interval(_down(value - fog), _up(value + fog), low_in=True, high_in=True)
    if bound == "approx_below":
        near = value - value * _FIFTH
        if value > 0:
            return Interval(_down(near), value, low_in=True, high_in=False)
        return Interval(value, _up(near), low_in=False, high_in=True)
    if bound in {"more_than", "at_least"}:
        return Interval(value, None, low_in=bound == "at_least", high_in=False)
    if bound in {"less_than", "at_most"}:
        return Interval(None, value, low_in=False, high_in=bound == "at_most")
    raise ValueError(f"no such bound: {bound}")


def apart(a: Interval, b: Interval) -> bool:
    """Say whether no value lies in both."""
    return exceeds(a, b) or exceeds(b, a)


def exceeds(a: Interval, b: Interval) -> bool:
    """Say whether every value of `a` is larger than every value of `b`."""
    if a.low is None or b.high is None:
        return False
    if a.low == b.high:
        return not (a.low_in and b.high_in)
    return a.low > b.high


def too_precise(value: Decimal) -> bool:
    """Say whether a database would round the value: more than 15 digits, or 6 after the point."""
    _, digits, exponent = value.normalize().as_tuple()
    return len(digits) > DIGITS or (isinstance(exponent, int) and exponent < -PLACES)


def nearest(value: Decimal) -> Decimal:
    """Return the nearest value that every database of ours keeps exactly."""
    return _rounded(value, ROUND_HALF_EVEN)


def _down(value: Decimal) -> Decimal:
    return _rounded(value, ROUND_FLOOR)


def _up(value: Decimal) -> Decimal:
    return _rounded(value, ROUND_CEILING)


def _rounded(value: Decimal, rounding: str) -> Decimal:
    """Round to what a database keeps. Fog is rounded outwards: it may widen by a hair, never shrink."""
    exponent = max(-PLACES, value.adjusted() - DIGITS + 1)
    return value.quantize(Decimal(1).scaleb(exponent), rounding=rounding)

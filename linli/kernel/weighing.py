"""Weights and points in whole numbers, so that a sum comes out again to the bit, in whatever order it is made. Pure."""

from collections.abc import Iterable
from fractions import Fraction


def divided(amount: int, by: int) -> int:
    """Return the quotient, rounded half to even; `by` is above nought."""
    whole, rest = divmod(amount, by)
    twice = rest * 2
    return whole + (twice > by or (twice == by and whole % 2))


def weighed(parts: Iterable[tuple[int, int]]) -> Fraction:
    """Return the mean of points, each with its weight, exactly: (weight, points), one weight above nought at least."""
    above = under = 0
    for weight, points in parts:
        above += weight * points
        under += weight
    return Fraction(above, under)

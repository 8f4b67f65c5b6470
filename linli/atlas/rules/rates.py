"""Rates and changes: one figure over another, one figure after another; and why there is none. Pure.

A rate is said only of the same area over the same period on both sides; a change only of one area over two periods of
the same length. What is kept back on one side keeps all of it back. Fog on either side stays fog: the ends of the
result are rounded outwards.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final, Literal

from linli.facts.rules.intervals import LARGEST
from linli.facts.rules.periods import Period

PER: Final = (1, 100, 1_000, 10_000, 100_000)
MOST_DIGITS: Final = 4
# Of what adds up or stands still, never of what is a share already.
COUNTABLE: Final = frozenset({"count", "money", "area", "length", "duration", "other"})

Why = Literal[
    "",
    "no_numerator",
    "no_denominator",
    "no_earlier",
    "other_area",
    "other_period",
    "nought",
    "too_large",
    "not_earlier",
    "other_length",
]
_STATUSES: Final = ("claimed", "evidenced", "confirmed")
_LONGEST: Final = 4  # days by which months or years may differ and still be as long as one another
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure as it may be said: where and when, its value (None: kept back), the ends between which it lies."""

    area: str
    period: Period
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of figures: a point, or why there is none. share: of a change, in a hundred of what was before."""

    point: Point | None
    why: Why = ""
    share: Decimal | None = None


def rate(numerator: Point | None, denominator: Point | None, *, per: int, digits: int) -> Made:
    """Return `per` times one figure over another, to so many digits after the point.

    Of two figures that do not match there is no rate.
    """
    if numerator is None or denominator is None:
        return Made(None, "no_denominator" if numerator else "no_numerator")
    if why := _mismatch(numerator, denominator):
        return Made(None, why)
    status = weaker(numerator.status, denominator.status)
    if numerator.value is None or denominator.value is None:
        return Made(Point(numerator.area, numerator.period, None, None, None, status))
    if denominator.value <= 0:
        return Made(None, "nought")
    step = Decimal(1).scaleb(-digits)
    value = numerator.value * per / denominator.value
    if abs(value) > LARGEST:
        return Made(None, "too_large")
    value = value.quantize(step, ROUND_HALF_EVEN)
    low, high = _ends(numerator, denominator, per)
    low, high = _kept(low, step, ROUND_FLOOR), _kept(high, step, ROUND_CEILING)
    if _exact(numerator) and _exact(denominator):
        low = high = value  # rounding is no fog
    return Made(Point(numerator.area, numerator.period, value, low, high, status))


def _exact(point: Point) -> bool:
    return point.low == point.value == point.high


def change(later: Point | None, earlier: Point | None) -> Made:
    """Return what a figure has changed by since an earlier period, and by how much of what was before."""
    if later is None or earlier is None:
        return Made(None, "no_earlier" if later else "no_numerator")
    if why := _not_before(earlier, later):
        return Made(None, why)
    status = weaker(later.status, earlier.status)
    if later.value is None or earlier.value is None:
        return Made(Point(later.area, later.period, None, None, None, status))
    low = _less(later.low, earlier.high)
    high = _less(later.high, earlier.low)
    point = Point(later.area, later.period, later.value - earlier.value, low, high, status)
    share = None
    if earlier.value > 0:
        share = ((later.value - earlier.value) * _HUNDRED / earlier.value).quantize(
            Decimal("0.1"), ROUND_HALF_EVEN
        )
    return Made(point, share=share)


def as_long(one: Period, other: Period) -> bool:
    """Say whether two periods are of one length: months and years differ by some days and are."""
    days = (one.until - one.start).days, (other.until - other.start).days
    apart = max(days) - min(days)
    return apart <= _LONGEST and apart * 10 <= max(days)


def weaker(one: str, other: str) -> str:
    """Return the status of what rests on both: no firmer than the weaker of them."""
    ranks = [_STATUSES.index(each) if each in _STATUSES else 0 for each in (one, other)]
    return _STATUSES[min(ranks)]


def _mismatch(numerator: Point, denominator: Point) -> Why:
    """Return why two figures make no rate."""
    if numerator.area != denominator.area:
        return "other_area"
    return "other_period" if numerator.period != denominator.period else ""


def _not_before(earlier: Point, later: Point) -> Why:
    """Return why one figure is not what another has changed from."""
    if later.area != earlier.area:
        return "other_area"
    if earlier.period.until > later.period.start:
        return "not_earlier"
    return "" if as_long(later.period, earlier.period) else "other_length"


def _ends(numerator: Point, denominator: Point, per: int) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most that the rate may be; None: no limit that we know."""
    low = high = None
    if numerator.low is not None:
        by = denominator.high if numerator.low >= 0 else denominator.low
        low = numerator.low * per / by if by is not None and by > 0 else _nought(numerator.low)
    if numerator.high is not None:
        by = denominator.low if numerator.high >= 0 else denominator.high
        high = numerator.high * per / by if by is not None and by > 0 else None
    return low, high


def _nought(low: Decimal) -> Decimal | None:
    """Return nought where a rate cannot lie below it, however large its denominator is."""
    return Decimal(0) if low >= 0 else None


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _kept(end: Decimal | None, step: Decimal, rounding: str) -> Decimal | None:
    """Return an end as it is kept, None for one so far out that it limits nothing."""
    if end is None or abs(end) > LARGEST:
        return None
    return end.quantize(step, rounding)

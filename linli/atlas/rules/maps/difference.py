"""What lies between two values of the same figure: how many times, how many points. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

TIMES, POINTS, SAME, NONE = "times", "points", "same", ""
WIDEST: Final = 100  # of a bar


class Difference(NamedTuple):
    """How two values differ. kind: "times" (the larger is so many times the smaller), "points", "same", or "" where nothing
    can be said; larger: 1 or 2, 0 for neither.
    """

    kind: str
    amount: Decimal
    larger: int


def difference(first: Decimal | None, second: Decimal | None, *, in_percent: bool) -> Difference:
    """Return how two values differ; nothing is said of what is not known or kept back, or of times nought."""
    if first is None or second is None:
        return Difference(NONE, Decimal(0), 0)
    if first == second:
        return Difference(SAME, Decimal(0), 0)
    larger = 1 if first > second else 2
    low, high = min(first, second), max(first, second)
    if in_percent:
        return Difference(POINTS, high - low, larger)
    if low <= 0:
        return Difference(NONE, Decimal(0), larger)
    return Difference(TIMES, _round(high / low), larger)


def bars(first: Decimal | None, second: Decimal | None) -> tuple[int, int] | None:
    """Return the lengths of two bars on one scale from nought to 100; None where one has none."""
    if first is None or second is None or min(first, second) < 0 or max(first, second) == 0:
        return None
    most = max(first, second)
    return round(WIDEST * first / most), round(WIDEST * second / most)


def _round(ratio: Decimal) -> Decimal:
    places = Decimal("0.01") if ratio < 10 else Decimal(1)
    return ratio.quantize(places, ROUND_HALF_UP).normalize() + Decimal(0)

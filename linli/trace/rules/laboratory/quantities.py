"""Copies and ratios of copies out of Ct values, with their uncertainty, and what they say against a limit. Pure.

A ratio of DNA copies is no share by mass, and is never said to be one. All is computed in decimal numbers of fixed
precision, so that anybody gets the same digits.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Final, NamedTuple

PRECISION: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)
# What a standard curve must reach, as the European network of GMO laboratories asks of real-time PCR methods.
STEEPEST, FLATTEST = Decimal("-3.6"), Decimal("-3.1")
LEAST_FIT: Final = Decimal("0.98")
FEWEST_LEVELS: Final = 4
COVERAGE: Final = 2  # about 95 %
ABOVE, WITHIN, UNDECIDED = "above", "within", "undecided"
_LN10: Final = Decimal(10).ln(PRECISION)


class NoCurve(ValueError):
    """Standards through which no line goes; `code` says why: too_few, one_level, flat."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Curve(NamedTuple):
    """A line through standards: Ct = intercept + slope × log10(copies).

    `residual`: standard deviation of the Ct about the line. `points`, `levels`: how many standards and different
    amounts. `mean`: of log10(copies); `sum_of_squares`: about it. `least`, `most`: the copies that the line covers.
    """

    slope: Decimal
    intercept: Decimal
    fit: Decimal
    residual: Decimal
    points: int
    levels: int
    mean: Decimal
    sum_of_squares: Decimal
    least: Decimal
    most: Decimal


class Amount(NamedTuple):
    """Copies, or a ratio in per cent, with the relative standard uncertainty."""

    value: Decimal
    relative: Decimal

    @property
    def expanded(self) -> Decimal:
        """The expanded uncertainty, about 95 %, in the unit of the value."""
        return COVERAGE * self.value * self.relative


def curve_of(standards: Sequence[tuple[Decimal, Decimal]]) -> Curve:
    """Return the line of least squares through (copies, Ct) of standards. Raises NoCurve."""
    levels = {copies for copies, _ct in standards}
    if len(standards) < 3:
        raise NoCurve("too_few")
    if len(levels) < 2:
        raise NoCurve("one_level")
    with localcontext(PRECISION):
        logs = [copies.log10() for copies, _ct in standards]
        cts = [ct for _copies, ct in standards]
        mean, mean_ct = _mean(logs), _mean(cts)
        across = sum(((x - mean) ** 2 for x in logs), Decimal(0))
        up = sum(((y - mean_ct) ** 2 for y in cts), Decimal(0))
        both = sum(((x - mean) * (y - mean_ct) for x, y in zip(logs, cts, strict=True)), Decimal(0))
        if not both:
            raise NoCurve("flat")
        slope = both / across
        left = max(up - slope * both, Decimal(0))
        return Curve(
            slope=slope,
            intercept=mean_ct - slope * mean,
            fit=1 - left / up,
            residual=(left / (len(cts) - 2)).sqrt(),
            points=len(cts),
            levels=len(levels),
            mean=mean,
            sum_of_squares=across,
            least=min(levels),
            most=max(levels),
        )


def curve_faults(curve: Curve) -> list[str]:
    """Return why nothing may be computed with a curve: too_few_levels, slope, fit; nothing when it may."""
    found = []
    if curve.levels < FEWEST_LEVELS:
        found.append("too_few_levels")
    if not STEEPEST <= curve.slope <= FLATTEST:
        found.append("slope")
    if curve.fit < LEAST_FIT:
        found.append("fit")
    return found


def copies_of(curve: Curve, cts: Sequence[Decimal]) -> Amount:
    """Return the copies in a reaction whose replicates have these Ct, two of them at least.

    The uncertainty is that of reading a line backwards, with the scatter of the standards or of the replicates,
    whichever is greater. Raises ValueError for fewer than two replicates.
    """
    if len(cts) < 2:
        message = "fewer than two replicates"
        raise ValueError(message)
    with localcontext(PRECISION):
        mean = _mean(cts)
        log = (mean - curve.intercept) / curve.slope
        own = sum(((ct - mean) ** 2 for ct in cts), Decimal(0)) / (len(cts) - 1)
        scatter = max(own.sqrt(), curve.residual)
        away = (log - curve.mean) ** 2 / curve.sum_of_squares
        spread = (Decimal(1) / len(cts) + Decimal(1) / curve.points + away).sqrt()
        return Amount(Decimal(10) ** log, _LN10 * scatter * spread / abs(curve.slope))


def covers(curve: Curve, amount: Amount) -> bool:
    """Say whether an amount lies between the least and the greatest standard: no line is drawn on beyond them."""
    return curve.least <= amount.value <= curve.most


def ratio(target: Amount, reference: Amount, of_method: Decimal = Decimal(0)) -> Amount:
    """Return the copies of a species per copies of the reference gene, in per cent.

    `of_method`: relative standard uncertainty from the method's validation, which no single run shows.
    """
    with localcontext(PRECISION):
        parts = (target.relative, reference.relative, of_method)
        relative = sum((one * one for one in parts), Decimal(0)).sqrt()
        return Amount(100 * target.value / reference.value, relative)


def told(amount: Amount) -> tuple[Decimal, Decimal]:
    """Return value and expanded uncertainty as they are told: two digits of the uncertainty, the value as far."""
    expanded = amount.expanded
    if not expanded:
        return amount.value, expanded
    with localcontext(PRECISION):
        rounded = expanded.quantize(Decimal(1).scaleb(expanded.adjusted() - 1))
        place = Decimal(1).scaleb(rounded.adjusted() - 1)
        return amount.value.quantize(place), rounded.quantize(place)


def against(amount: Amount, limit: Decimal, *, guarded: bool = True) -> str:
    """Return whether an amount is above a limit, within it, or not to be decided.

    Guarded (as ILAC-G8 describes it): above only where the whole interval is, so that nobody is accused by the width
    of a measurement; within likewise. Else the value alone decides.
    """
    width = amount.expanded if guarded else Decimal(0)
    if amount.value - width > limit:
        return ABOVE
    return WITHIN if amount.value + width <= limit else UNDECIDED


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)

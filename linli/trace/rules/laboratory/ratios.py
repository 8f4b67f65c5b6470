"""How much of a species was detected, as copies per copies of the reference gene, where a method can tell. Pure.

A method that only finds or does not find gives no number; nor does a run whose standards do not lie on a line.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from linli.trace.rules.laboratory.methods import SAMPLE, STANDARD, Method
from linli.trace.rules.laboratory.quantities import (
    Amount,
    NoCurve,
    copies_of,
    covers,
    curve_faults,
    curve_of,
    ratio,
)
from linli.trace.rules.laboratory.results import DETECTED, results
from linli.trace.rules.laboratory.runs import Well


class Measured(NamedTuple):
    """A ratio in per cent of copies, or why there is none: (target, code)."""

    amount: Amount | None
    whys: tuple[tuple[str, str], ...] = ()


def measured(method: Method, wells: Sequence[Well], sample: str, target: str) -> Measured:
    """Return the ratio of a species in a sample of a run.

    Whys: qualitative, not_detected; of a target too_few, one_level, flat, too_few_levels, slope, fit,
    too_few_replicates, outside_range.
    """
    assay = method.assay(target)
    if not method.reference or assay is None:
        return Measured(None, ((target, "qualitative"),))
    said = [one.result for one in results(method, wells) if one[:2] == (sample, target)]
    if said != [DETECTED]:
        return Measured(None, ((target, "not_detected"),))
    found, found_whys = _copies(method, wells, sample, target)
    whole, whole_whys = _copies(method, wells, sample, method.reference)
    if found is None or whole is None:
        return Measured(None, (*found_whys, *whole_whys))
    return Measured(ratio(found, whole, assay.uncertainty))


def _copies(
    method: Method, wells: Sequence[Well], sample: str, target: str
) -> tuple[Amount | None, tuple[tuple[str, str], ...]]:
    own = [one for one in wells if one.target == target and not one.excluded]
    cts = [one.ct for one in own if one.role == SAMPLE and one.sample == sample]
    read = [ct for ct in cts if ct is not None]
    if len(read) < len(cts) or len(read) < method.replicates:
        return None, ((target, "too_few_replicates"),)
    try:
        curve = curve_of(_standards(own))
    except NoCurve as none:
        return None, ((target, none.code),)
    amount = copies_of(curve, read)
    whys = [*curve_faults(curve), *([] if covers(curve, amount) else ["outside_range"])]
    return (None, tuple((target, why) for why in whys)) if whys else (amount, ())


def _standards(wells: Sequence[Well]) -> list[tuple[Decimal, Decimal]]:
    return [
        (one.quantity, one.ct)
        for one in wells
        if one.role == STANDARD and one.quantity is not None and one.ct is not None
    ]

"""What a run says of each sample: not detected, detected, inconclusive or invalid, and why. Pure.

All replicates must say the same. Whatever lies between is not decided by a majority: it is tested again. An inconclusive
or invalid result is no result, and is never told as one.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from linli.trace.rules.laboratory.methods import SAMPLE, Assay, Method
from linli.trace.rules.laboratory.runs import Failed, Well, failures

NOT_DETECTED, DETECTED, INCONCLUSIVE, INVALID = (
    "not_detected", "detected", "inconclusive", "invalid",
)  # fmt: skip
RESULTS: Final = (NOT_DETECTED, DETECTED, INCONCLUSIVE, INVALID)
_SIGNAL, _NONE, _GREY = "signal", "none", "grey"


class Result(NamedTuple):
    """What one run says of one target in one sample. `cts`: of the replicates that count, in their order.

    `reasons`: codes, empty for detected and not_detected: control_failed, too_few_replicates, sample_control_failed,
    grey_zone, replicates_differ, spread, curve_not_judged, no_curve.
    """

    sample: str
    target: str
    result: str
    reasons: tuple[str, ...] = ()
    cts: tuple[Decimal | None, ...] = ()
    failed: tuple[Failed, ...] = ()

    @property
    def tests_again(self) -> bool:
        """Whether the sample has to be tested again."""
        return self.result in (INCONCLUSIVE, INVALID)


def results(method: Method, wells: Sequence[Well]) -> list[Result]:
    """Return a result for each sample and species of a run, in the order of its wells.

    The wells are without fault (see lab_runs.wrongs). The method of the decision is the one of its version: the same
    wells and method give the same results for ever.
    """
    failed = tuple(failures(method, wells))
    pairs = dict.fromkeys(
        (well.sample, well.target)
        for well in wells
        if well.role == SAMPLE and method.assay(well.target) and well.target != method.reference
    )
    return [_result(method, wells, pair, failed) for pair in pairs]


def _result(
    method: Method, wells: Sequence[Well], pair: tuple[str, str], failed: tuple[Failed, ...]
) -> Result:
    sample, target = pair
    own = [one for one in wells if one.role == SAMPLE and one.sample == sample and not one.excluded]
    counted = [one for one in own if one.target == target]
    cts = tuple(one.ct for one in counted)
    assay = method.assay(target)
    if failed or assay is None:
        return Result(sample, target, INVALID, ("control_failed",), cts, failed)
    if len(counted) < method.replicates:
        return Result(sample, target, INVALID, ("too_few_replicates",), cts)
    if not _internal_held(method, own, counted):
        return Result(sample, target, INVALID, ("sample_control_failed",), cts)
    result, reasons = _judged(method, assay, counted)
    return Result(sample, target, result, reasons, cts)


def _internal_held(method: Method, own: Sequence[Well], counted: Sequence[Well]) -> bool:
    """Say whether the sample's own DNA was amplified: in as many wells as were tested for the target."""
    internal = method.internal
    if internal is None:
        return True
    wells = [one for one in own if one.target == internal.target]
    places = {one.place for one in counted}
    shared = [one for one in wells if one.place in places]  # several targets in one well
    if shared and len(shared) < len(counted):
        return False
    return bool(wells) and all(
        one.ct is not None and internal.window.holds(one.ct) for one in wells
    )


def _judged(method: Method, assay: Assay, wells: Sequence[Well]) -> tuple[str, tuple[str, ...]]:
    kinds = {_kind(assay, one.ct) for one in wells}
    if kinds == {_NONE}:
        return NOT_DETECTED, ()
    reasons = []
    if _GREY in kinds:
        reasons.append("grey_zone")
    if len(kinds) > 1:
        reasons.append("replicates_differ")
    if method.judges_curves:
        reasons += _curves(assay, wells)
    if not reasons and _spread(wells) > (
        assay.spread if assay.spread is not None else _spread(wells)
    ):
        reasons.append("spread")
    return (INCONCLUSIVE, tuple(reasons)) if reasons else (DETECTED, ())


def _kind(assay: Assay, ct: Decimal | None) -> str:
    if ct is None or ct >= assay.absent_from:
        # Where the two cut-offs are one, a Ct that is exactly there is still a signal.
        return _SIGNAL if ct is not None and ct <= assay.detected_to else _NONE
    return _SIGNAL if ct <= assay.detected_to else _GREY


def _curves(assay: Assay, wells: Sequence[Well]) -> list[str]:
    curves = {one.curve for one in wells if _kind(assay, one.ct) != _NONE}
    found = ["curve_not_judged"] if None in curves else []
    return [*found, "no_curve"] if False in curves else found


def _spread(wells: Sequence[Well]) -> Decimal:
    cts = [one.ct for one in wells if one.ct is not None]
    return max(cts) - min(cts)

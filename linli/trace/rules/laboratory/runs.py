"""One run of the instrument: its wells, and whether its controls did what they must. Pure.

One failed control makes every result of the run invalid, and so does one that is missing or was set aside: nobody may
choose which controls count.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from linli.trace.rules.laboratory.methods import (
    BLANKS,
    CONTROLS,
    INHIBITION,
    MOST_CYCLES,
    POSITIVE,
    ROLES,
    SAMPLE,
    STANDARD,
    Assay,
    Method,
)


class Well(NamedTuple):
    """One target in one well. `ct`: None when no signal rose above the threshold.

    `curve`: whether a person judged the curve to be an amplification, None while nobody did. `excluded`: why it was set
    aside, "" when it was not. `quantity`: copies, of a standard.
    """

    place: str
    role: str
    sample: str
    target: str
    ct: Decimal | None
    curve: bool | None = None
    excluded: str = ""
    quantity: Decimal | None = None


class Failed(NamedTuple):
    """One control that failed: its role, target and place ("" where there is no such well), and why."""

    role: str
    target: str
    place: str
    why: str


class Wrong(NamedTuple):
    """A well that says nothing that could be judged, and why."""

    place: str
    target: str
    code: str


def wrongs(method: Method, wells: Sequence[Well]) -> list[Wrong]:
    """Return what is wrong with the wells before anything is judged; nothing when they may be judged.

    Codes: twice, unknown_role, unknown_target, no_sample, ct_outside, no_quantity.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for one in wells:
        codes = list(_codes(method, one))
        if (one.place, one.target) in seen:
            codes.append("twice")
        seen.add((one.place, one.target))
        found += [Wrong(one.place, one.target, code) for code in codes]
    return found


def _codes(method: Method, well: Well) -> Iterator[str]:
    if well.role not in ROLES:
        yield "unknown_role"
    if well.target not in method.targets:
        yield "unknown_target"
    if well.role == SAMPLE and not well.sample:
        yield "no_sample"
    if well.ct is not None and not (well.ct.is_finite() and 0 < well.ct <= MOST_CYCLES):
        yield "ct_outside"
    if well.role == STANDARD and not (well.quantity is not None and well.quantity > 0):
        yield "no_quantity"


def failures(method: Method, wells: Sequence[Well]) -> list[Failed]:
    """Return the controls that failed; the run holds only when there is none.

    Whys: missing, excluded, signal (in a blank), no_signal, outside_window, curve_not_judged, no_curve.
    """
    tested = [one.target for one in method.assays if any(
        well.target == one.target and well.role == SAMPLE for well in wells
    )]  # fmt: skip
    return [
        *_missing(method, wells, tested),
        *(found for well in wells if well.role in CONTROLS for found in _failed(method, well)),
    ]


def _missing(method: Method, wells: Sequence[Well], tested: Sequence[str]) -> Iterator[Failed]:
    for role, fewest in method.controls.items():
        for target in _targets_of(method, role, tested):
            there = sum(well.role == role and well.target == target for well in wells)
            if there < fewest:
                yield Failed(role, target, "", "missing")


def _targets_of(method: Method, role: str, tested: Sequence[str]) -> Sequence[str]:
    if role != INHIBITION:
        return tested
    return [] if method.internal is None else [method.internal.target]


def _failed(method: Method, well: Well) -> Iterator[Failed]:
    why = _why(method, well)
    if why:
        yield Failed(well.role, well.target, well.place, why)


def _why(method: Method, well: Well) -> str:
    if well.excluded:
        return "excluded"
    assay = method.assay(well.target)
    if assay is None:
        return _internal(method, well)
    if well.role in BLANKS:
        return _blank(assay, well.ct)
    return _positive(method, assay, well) if well.role == POSITIVE else ""


def _internal(method: Method, well: Well) -> str:
    """Judge the internal control in a well of inhibition; elsewhere it may rise or not, as the method is made."""
    if method.internal is None or well.role != INHIBITION or well.target != method.internal.target:
        return ""
    if well.ct is None:
        return "no_signal"
    return "" if method.internal.window.holds(well.ct) else "outside_window"


def _blank(assay: Assay, ct: Decimal | None) -> str:
    """A signal in a blank is contamination until it is shown not to be: no judgement of its curve excuses it."""
    if ct is None or (assay.blank_from is not None and ct >= assay.blank_from):
        return ""
    return "signal"


def _positive(method: Method, assay: Assay, well: Well) -> str:
    if well.ct is None:
        return "no_signal"
    if not assay.positive.holds(well.ct):
        return "outside_window"
    if method.judges_curves and not well.curve:
        return "curve_not_judged" if well.curve is None else "no_curve"
    return ""

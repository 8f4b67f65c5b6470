"""What a laboratory method asks: cut-offs, controls, replicates, limit of detection; and where it does not hold. Pure.

No number here is built in: the cut-offs of a standard are adopted with the version of the method that cites it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

SAMPLE, STANDARD = "sample", "standard"
NTC, NEGATIVE, EXTRACTION, POSITIVE, INHIBITION = (
    "ntc", "negative", "extraction", "positive", "inhibition",
)  # fmt: skip
BLANKS: Final = (NTC, NEGATIVE, EXTRACTION)  # wells that must stay without a signal
CONTROLS: Final = (*BLANKS, POSITIVE, INHIBITION)
ROLES: Final = (SAMPLE, STANDARD, *CONTROLS)
ALWAYS: Final = (NTC, EXTRACTION, POSITIVE)  # no result without them
# What a limit of detection may be given in; by mass only as the method's validation says, never of a result.
COPIES, SHARE, MASS = "copies/reaction", "%", "mg/kg"
LOD_UNITS: Final = (COPIES, SHARE, MASS)
MOST_CYCLES: Final = Decimal(60)


class Window(NamedTuple):
    """Ct values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def holds(self, ct: Decimal) -> bool:
        """Say whether a Ct lies inside."""
        return self.low <= ct <= self.high


@dataclass(frozen=True, slots=True)
class Assay:
    """How one species is looked for. `target`: its scientific name.

    A Ct up to `detected_to` is a signal, one from `absent_from` on is none; between them nobody can tell.
    A blank may show a Ct from `blank_from` on, none at all where that is None. `spread`: by how many cycles
    replicates may differ at most. `uncertainty`: of a ratio, relative and standard, as the method's validation found it.
    """

    target: str
    gene: str
    detected_to: Decimal
    absent_from: Decimal
    positive: Window
    lod: Decimal
    lod_unit: str = COPIES
    blank_from: Decimal | None = None
    spread: Decimal | None = None
    uncertainty: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Internal:
    """The internal control: a target that every sample must show inside its window, else its DNA is of no use."""

    target: str
    window: Window


@dataclass(frozen=True, slots=True)
class Method:
    """One version of a method. `controls`: the fewest wells of each role, for each target.

    `judges_curves`: a Ct counts only when a person judged its amplification curve to be one. `reference`: the target
    among the assays to which copies are compared; "" for a method that only finds or does not find.
    """

    code: str
    version: str
    assays: tuple[Assay, ...]
    replicates: int
    controls: Mapping[str, int]
    internal: Internal | None = None
    judges_curves: bool = True
    reference: str = ""

    def assay(self, target: str) -> Assay | None:
        """Return how a target is looked for; None when the method does not look for it."""
        return next((one for one in self.assays if one.target == target), None)

    @property
    def targets(self) -> tuple[str, ...]:
        """What may stand in a well: the species, then the internal control."""
        own = tuple(one.target for one in self.assays)
        return own if self.internal is None else (*own, self.internal.target)


class Fault(NamedTuple):
    """What is wrong with a method: where, and a code that never changes."""

    path: str
    code: str


def faults(method: Method) -> list[Fault]:
    """Return why a method may not be adopted; nothing when it may.

    Codes: missing, twice, too_few, control_missing, control_unknown, no_internal, cut_offs_crossed, empty_window,
    not_above_zero, unknown_unit, outside_cycles.
    """
    return [*_whole(method), *(fault for one in method.assays for fault in _assay(one))]


def _whole(method: Method) -> Iterator[Fault]:
    for name in ("code", "version", "assays"):
        if not getattr(method, name):
            yield Fault(name, "missing")
    if len(set(method.targets)) < len(method.targets):
        yield Fault("assays", "twice")
    if method.replicates < 2:
        yield Fault("replicates", "too_few")
    for role in ALWAYS:
        if method.controls.get(role, 0) < 1:
            yield Fault(f"controls.{role}", "control_missing")
    yield from (
        Fault(f"controls.{role}", "control_unknown")
        for role in method.controls
        if role not in CONTROLS
    )
    yield from _internal(method)
    yield from _reference(method)


def _reference(method: Method) -> Iterator[Fault]:
    if not method.reference:
        return
    if method.assay(method.reference) is None:
        yield Fault("reference", "missing")
    for one in method.assays:
        if one.target != method.reference and one.uncertainty <= 0:
            yield Fault(f"assays.{one.target}.uncertainty", "not_above_zero")


def _internal(method: Method) -> Iterator[Fault]:
    if method.internal is not None:
        yield from _window("internal.window", method.internal.window)
    elif method.controls.get(INHIBITION):
        yield Fault("internal", "no_internal")


def _assay(one: Assay) -> Iterator[Fault]:
    path = f"assays.{one.target}"
    if not one.gene:
        yield Fault(f"{path}.gene", "missing")
    if not 0 < one.detected_to <= one.absent_from:
        yield Fault(f"{path}.detected_to", "cut_offs_crossed")
    if one.absent_from > MOST_CYCLES:
        yield Fault(f"{path}.absent_from", "outside_cycles")
    # A blank that shows what counts as a signal is no blank.
    if one.blank_from is not None and one.blank_from <= one.detected_to:
        yield Fault(f"{path}.blank_from", "cut_offs_crossed")
    if one.lod <= 0:
        yield Fault(f"{path}.lod", "not_above_zero")
    if one.lod_unit not in LOD_UNITS:
        yield Fault(f"{path}.lod_unit", "unknown_unit")
    yield from _window(f"{path}.positive", one.positive)
    if one.positive.high > one.detected_to:
        yield Fault(f"{path}.positive", "cut_offs_crossed")


def _window(path: str, window: Window) -> Iterator[Fault]:
    if not 0 < window.low <= window.high:
        yield Fault(path, "empty_window")

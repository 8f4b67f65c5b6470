"""What several runs say of one sample together, and what has to be done next. Pure.

Nobody is accused by one run: an adverse result stands when a second run, from DNA extracted anew, says the same. Runs
that contradict each other are not outvoted: the sealed counter-sample decides, in another laboratory.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from linli.trace.rules.laboratory.results import DETECTED, INCONCLUSIVE, INVALID, NOT_DETECTED

MOST_RUNS: Final = 3  # valid runs of the sample itself, before the counter-sample is opened
NOTHING, RETEST, SECOND_RUN, COUNTER_SAMPLE, EXPERTS = (
    "", "retest", "second_run", "counter_sample", "experts",
)  # fmt: skip


class Finding(NamedTuple):
    """The result of one run. `extraction`: which DNA extract; `counter`: the sealed counter-sample was tested."""

    run: str
    extraction: str
    laboratory: str
    result: str
    counter: bool = False


class Standing(NamedTuple):
    """What holds of a sample by now, whether that is final, and what is needed before it is."""

    result: str
    is_final: bool
    needs: str = NOTHING


def standing(findings: Sequence[Finding]) -> Standing:
    """Return what holds of a sample and target after these findings, in the order of their runs.

    A counter-sample counts only from a laboratory that did not test the sample.
    """
    own = [one for one in findings if not one.counter and one.result != INVALID]
    there = {one.laboratory for one in findings if not one.counter}
    decided = {
        one.result
        for one in findings
        if one.counter and one.laboratory not in there and one.result in (DETECTED, NOT_DETECTED)
    }
    if len(decided) > 1:
        return Standing(INCONCLUSIVE, is_final=False, needs=EXPERTS)
    if decided and own:
        return Standing(decided.pop(), is_final=True)
    return _of_own(own)


def _of_own(own: Sequence[Finding]) -> Standing:
    said = [one.result for one in own]
    if not said:
        return Standing(INVALID, is_final=False, needs=RETEST)
    if DETECTED in said and NOT_DETECTED in said:
        return Standing(INCONCLUSIVE, is_final=False, needs=COUNTER_SAMPLE)
    if DETECTED in said:
        return _detected(own)
    if said.count(NOT_DETECTED) > said.count(INCONCLUSIVE):
        return Standing(NOT_DETECTED, is_final=True)
    return Standing(INCONCLUSIVE, is_final=False, needs=_again(own, RETEST))


def _detected(own: Sequence[Finding]) -> Standing:
    found = [one for one in own if one.result == DETECTED]
    if any(_apart(one, other) for one in found for other in found):
        return Standing(DETECTED, is_final=True)
    needs = _again(own, SECOND_RUN)
    # Once in so many runs is not enough to accuse anybody, and too much to let it be.
    return Standing(DETECTED if needs == SECOND_RUN else INCONCLUSIVE, is_final=False, needs=needs)


def _apart(one: Finding, other: Finding) -> bool:
    return one.run != other.run and one.extraction != other.extraction


def _again(own: Sequence[Finding], need: str) -> str:
    return need if len(own) < MOST_RUNS else COUNTER_SAMPLE

"""A number is told only where the method, the standards and the result allow it."""

import pytest

from linli.trace.rules.laboratory.methods import (
    EXTRACTION,
    NTC,
    POSITIVE,
    SAMPLE,
    STANDARD,
    faults,
)
from linli.trace.rules.laboratory.quantities import told
from linli.trace.rules.laboratory.ratios import measured
from linli.trace.rules.laboratory.results import DETECTED, results
from tests.trace.laboratory import PIG, assay, d, method, well

MAMMAL = "Mammalia"
_method = method(
    assays=(assay(uncertainty=d("0.1")), assay(target=MAMMAL)),
    controls={NTC: 1, EXTRACTION: 1, POSITIVE: 1},
    internal=None,
    reference=MAMMAL,
)


def _controls(target, row):
    return [
        well(f"{row}1", NTC, None, target),
        well(f"{row}2", EXTRACTION, None, target),
        well(f"{row}3", POSITIVE, 25, target),
    ]


def _standards(target, row, slope="3.3"):
    return [
        well(f"{row}{n}", STANDARD, d(38) - d(slope) * n, target, "K", quantity=d(10**n))
        for n in range(1, 6)
    ]


def _sample(target, row, *cts):
    return [well(f"{row}{n}", SAMPLE, ct, target, "S1") for n, ct in enumerate(cts, 1)]


def _run(pig=("31.4", "31.4"), mammal=("24.8", "24.8"), slope="3.3", pig_standards=None):
    return [
        *_controls(PIG, "A"),
        *_controls(MAMMAL, "B"),
        *(_standards(PIG, "C", slope) if pig_standards is None else pig_standards),
        *_standards(MAMMAL, "D"),
        *_sample(PIG, "E", *pig),
        *_sample(MAMMAL, "F", *mammal),
    ]


def test_measures_copies_per_copies_of_the_reference():
    assert faults(_method) == []
    found = measured(_method, _run(), "S1", PIG)
    # 100 copies in 10,000; 10 % from the validation alone, doubled
    assert told(found.amount) == (d("1.00"), d("0.20"))
    assert [one[:3] for one in results(_method, _run())] == [("S1", PIG, DETECTED)]


@pytest.mark.parametrize(
    ("run", "whys"),
    [
        (_run(pig=(None, None)), [(PIG, "not_detected")]),
        (_run(pig=("31.4", "36")), [(PIG, "not_detected")]),
        (_run(slope="3.0"), [(PIG, "slope")]),
        (_run(pig_standards=[]), [(PIG, "too_few")]),
        (_run(pig_standards=_standards(PIG, "C")[:3]), [(PIG, "too_few_levels")]),
        (_run(mammal=("24.8",)), [(MAMMAL, "too_few_replicates")]),
        (_run(mammal=("24.8", None)), [(MAMMAL, "too_few_replicates")]),
        (_run(mammal=("20", "20")), [(MAMMAL, "outside_range")]),
        (_run(pig=("34.9", "34.9")), [(PIG, "outside_range")]),
    ],
)
def test_gives_no_number_and_says_why(run, whys):
    found = measured(_method, run, "S1", PIG)
    assert found.amount is None
    assert list(found.whys) == whys


def test_gives_no_number_by_a_qualitative_method():
    found = measured(method(), _run(), "S1", PIG)
    assert (found.amount, found.whys) == (None, ((PIG, "qualitative"),))


def test_gives_no_number_beside_a_failed_control():
    dirty = [one._replace(ct=d(33)) if one.place == "B1" else one for one in _run()]
    assert measured(_method, dirty, "S1", PIG).whys == ((PIG, "not_detected"),)

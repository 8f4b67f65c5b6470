"""A run of the instrument becomes results: one failed control and there are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.methods import (
    CONTROLS,
    EXTRACTION,
    INHIBITION,
    NEGATIVE,
    NTC,
    POSITIVE,
    SAMPLE,
    STANDARD,
    Window,
    faults,
)
from linli.trace.rules.laboratory.results import (
    DETECTED,
    INCONCLUSIVE,
    INVALID,
    NOT_DETECTED,
    results,
)
from linli.trace.rules.laboratory.runs import failures, wrongs
from tests.trace.laboratory import ANY, PIG, assay, controls, d, method, replicates, well

_cts = st.none() | st.decimals("0.01", "45", places=2)


def _one(wells, using=None):
    (found,) = results(using or method(), wells)
    return found.result, found.reasons


def test_adopts_a_method_without_fault():
    assert faults(method()) == []


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        (method(code=""), "code", "missing"),
        (method(version=""), "version", "missing"),
        (method(replicates=1), "replicates", "too_few"),
        (method(controls={NTC: 1, EXTRACTION: 1}), "controls.positive", "control_missing"),
        (method(controls={NTC: 0, EXTRACTION: 1, POSITIVE: 1}), "controls.ntc", "control_missing"),
        (method(controls={NTC: 1, EXTRACTION: 1, POSITIVE: 1, "luck": 1}), "controls.luck",
         "control_unknown"),
        (method(internal=None), "internal", "no_internal"),
        (method(assays=(assay(), assay())), "assays", "twice"),
        (method(assays=(assay(gene=""),)), "assays.Sus scrofa.gene", "missing"),
        (method(assays=(assay(detected_to=d(41)),)), "assays.Sus scrofa.detected_to",
         "cut_offs_crossed"),
        (method(assays=(assay(absent_from=d(61)),)), "assays.Sus scrofa.absent_from",
         "outside_cycles"),
        (method(assays=(assay(blank_from=d(35)),)), "assays.Sus scrofa.blank_from",
         "cut_offs_crossed"),
        (method(reference="Mammalia"), "reference", "missing"),
        (method(reference="Mammalia"), "assays.Sus scrofa.uncertainty", "not_above_zero"),
        (method(assays=(assay(lod=d(0)),)), "assays.Sus scrofa.lod", "not_above_zero"),
        (method(assays=(assay(lod_unit="g"),)), "assays.Sus scrofa.lod_unit", "unknown_unit"),
        (method(assays=(assay(positive=Window(d(30), d(20))),)), "assays.Sus scrofa.positive",
         "empty_window"),
        (method(assays=(assay(positive=Window(d(20), d(36))),)), "assays.Sus scrofa.positive",
         "cut_offs_crossed"),
    ],
)  # fmt: skip
def test_finds_why_a_method_is_not_adopted(changed, path, code):
    assert (path, code) in [tuple(one) for one in faults(changed)]


@pytest.mark.parametrize(
    ("cts", "said"),
    [
        ((None, None), (NOT_DETECTED, ())),
        (("40", None), (NOT_DETECTED, ())),
        (("35", "34.2"), (DETECTED, ())),
        (("35.01", "34"), (INCONCLUSIVE, ("grey_zone", "replicates_differ"))),
        (("39.99", "36"), (INCONCLUSIVE, ("grey_zone",))),
        ((None, "30"), (INCONCLUSIVE, ("replicates_differ",))),
        (("30", "32"), (DETECTED, ())),
        (("30", "32.01"), (INCONCLUSIVE, ("spread",))),
        (("30",), (INVALID, ("too_few_replicates",))),
    ],
)
def test_judges_replicates(cts, said):
    assert _one([*controls(), *replicates("S1", *cts)]) == said


def test_keeps_a_signal_a_signal_where_there_is_no_grey_zone():
    sharp = method(assays=(assay(detected_to=d(38), absent_from=d(38)),))
    assert _one([*controls(), *replicates("S1", 38, 38)], sharp)[0] == DETECTED
    assert _one([*controls(), *replicates("S1", "38.01", 39)], sharp)[0] == NOT_DETECTED


@pytest.mark.parametrize(("curve", "reason"), [(None, "curve_not_judged"), (False, "no_curve")])
def test_wants_a_curve_that_a_person_judged(curve, reason):
    wells = [*controls(), *replicates("S1", 30, 30, curve=curve)]
    assert _one(wells) == (INCONCLUSIVE, (reason,))
    assert _one(wells, method(judges_curves=False)) == (DETECTED, ())


@pytest.mark.parametrize(
    ("cts", "failed"),
    [
        ({"A1": 39.9}, (NTC, PIG, "A1", "signal")),
        ({"A2": 45}, (NTC, PIG, "A2", "signal")),
        ({"A3": 33}, (EXTRACTION, PIG, "A3", "signal")),
        ({"A4": None}, (POSITIVE, PIG, "A4", "no_signal")),
        ({"A4": 30.01}, (POSITIVE, PIG, "A4", "outside_window")),
        ({"A4": 19.99}, (POSITIVE, PIG, "A4", "outside_window")),
        ({"A5": None}, (INHIBITION, ANY, "A5", "no_signal")),
        ({"A5": 31}, (INHIBITION, ANY, "A5", "outside_window")),
    ],
)
def test_makes_all_results_invalid_when_one_control_fails(cts, failed):
    samples = [*replicates("S1", None, None), *replicates("S2", 30, 30, row="D")]

    found = results(method(), [*controls(**cts), *samples])

    assert [(one.sample, one.result, one.reasons) for one in found] == [
        ("S1", INVALID, ("control_failed",)),
        ("S2", INVALID, ("control_failed",)),
    ]
    assert [tuple(one) for one in found[0].failed] == [failed]
    # The control: without the failure the same samples have results.
    held = results(method(), [*controls(), *samples])
    assert [one.result for one in held] == [NOT_DETECTED, DETECTED]


@pytest.mark.parametrize("place", ["A1", "A3", "A4", "A5"])
def test_misses_a_control_that_is_not_there_or_set_aside(place):
    there = [*controls(), *replicates("S1", None, None)]
    gone = [one for one in there if one.place != place]
    aside = [one._replace(excluded="smear") if one.place == place else one for one in there]

    assert [one.why for one in failures(method(), gone)] == ["missing"]
    assert [one.why for one in failures(method(), aside)] == ["excluded"]
    assert _one(gone)[0] == _one(aside)[0] == INVALID


def test_asks_controls_of_the_species_only_that_were_looked_for():
    two = method(assays=(assay(), assay(target="Bos taurus")))
    pig = [*controls(), *replicates("S1", None, None)]
    both = [*pig, well("D1", SAMPLE, None, "Bos taurus", "S1")]
    standards = [*pig, well("D1", STANDARD, 20, "Bos taurus", quantity=d(10))]
    assert failures(two, pig) == failures(two, standards) == []
    assert {one[:2] for one in failures(two, both)} == {
        (role, "Bos taurus") for role in (NTC, EXTRACTION, POSITIVE)
    }


def test_judges_a_control_that_the_method_did_not_ask_for():
    more = [*controls(), well("A6", NEGATIVE, 34), *replicates("S1", None, None)]
    assert [tuple(one) for one in failures(method(), more)] == [(NEGATIVE, PIG, "A6", "signal")]


def test_lets_a_late_signal_of_a_blank_be_only_where_the_method_says_so():
    late = [*controls(A1=41), *replicates("S1", None, None)]
    assert _one(late)[0] == INVALID
    assert _one(late, method(assays=(assay(blank_from=d(41)),)))[0] == NOT_DETECTED


def test_wants_the_curve_of_a_positive_control_judged():
    wells = controls()
    wells[3] = wells[3]._replace(curve=None)
    assert [one.why for one in failures(method(), [*wells, *replicates("S1", None, None)])] == [
        "curve_not_judged"
    ]


@pytest.mark.parametrize("internal", [None, 14.9, 30.1])
def test_makes_only_that_sample_invalid_whose_own_dna_fails(internal):
    bad = replicates("S1", None, None, internal=internal)
    found = results(method(), [*controls(), *bad, *replicates("S2", None, None, row="D")])
    assert [(one.sample, one.result, one.reasons) for one in found] == [
        ("S1", INVALID, ("sample_control_failed",)),
        ("S2", NOT_DETECTED, ()),
    ]


def test_makes_a_sample_without_internal_control_invalid():
    wells = [one for one in replicates("S1", None, None) if one.target == PIG]
    half = [one for one in replicates("S1", None, None) if (one.place, one.target) != ("C2", ANY)]
    apart = [*wells, well("H1", SAMPLE, 22, ANY, "S1")]
    assert _one([*controls(), *wells]) == (INVALID, ("sample_control_failed",))
    assert _one([*controls(), *half]) == (INVALID, ("sample_control_failed",))
    assert _one([*controls(), *apart]) == (NOT_DETECTED, ())


def test_counts_no_replicate_that_was_set_aside():
    wells = replicates("S1", None, None, 30)
    wells[2] = wells[2]._replace(excluded="bubble")
    assert _one([*controls(), *wells]) == (NOT_DETECTED, ())
    wells[1] = wells[1]._replace(excluded="bubble")
    assert _one([*controls(), *wells]) == (INVALID, ("too_few_replicates",))


def test_names_wells_that_cannot_be_judged():
    wells = [
        well("A1", NTC, None),
        well("A1", NTC, None),
        well("A2", "luck", None),
        well("A3", SAMPLE, 0, sample="S"),
        well("A4", SAMPLE, "NaN", sample="S"),
        well("A5", SAMPLE, None),
        well("A6", STANDARD, 20),
        well("A7", NTC, None, "Bos taurus"),
    ]
    assert [(one.place, one.code) for one in wrongs(method(), wells)] == [
        ("A1", "twice"), ("A2", "unknown_role"), ("A3", "ct_outside"), ("A4", "ct_outside"),
        ("A5", "no_sample"), ("A6", "no_quantity"), ("A7", "unknown_target"),
    ]  # fmt: skip
    assert wrongs(method(), [*controls(), *replicates("S1", 30, 30)]) == []


@given(st.lists(_cts, min_size=2, max_size=4), st.lists(_cts, min_size=5, max_size=5))
def test_never_gives_a_result_beside_a_failed_control(cts, of_controls):
    wells = [one._replace(ct=ct) for one, ct in zip(controls(), of_controls, strict=True)]
    run = [*wells, *replicates("S1", *cts)]
    (found,) = results(method(), run)
    assert (found.reasons == ("control_failed",)) == bool(failures(method(), run))
    assert found.result == INVALID or not failures(method(), run)


@given(st.lists(_cts, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_says_the_same_in_whatever_order_the_wells_come(cts, random):
    run = [*controls(), *replicates("S1", *cts)]
    mixed = random.sample(run, len(run))
    (one,), (other,) = results(method(), run), results(method(), mixed)
    assert (one.result, one.reasons) == (other.result, other.reasons)


@given(st.lists(_cts, min_size=2, max_size=5))
def test_detects_only_what_every_replicate_shows(cts):
    (found,) = results(method(), [*controls(), *replicates("S1", *cts)])
    if found.result == DETECTED:
        assert all(ct is not None and ct <= 35 for ct in cts)
    if found.result == NOT_DETECTED:
        assert all(ct is None or ct >= 40 for ct in cts)
    assert found.tests_again == (found.result in (INCONCLUSIVE, INVALID))


def test_knows_every_control_by_a_role():
    assert set(method().controls) <= set(CONTROLS)

"""Nobody is accused by one run; the counter-sample decides between runs that contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.confirming import Finding, Standing, standing
from linli.trace.rules.laboratory.results import (
    DETECTED,
    INCONCLUSIVE,
    INVALID,
    NOT_DETECTED,
    RESULTS,
)

_MARKS = {"+": DETECTED, "-": NOT_DETECTED, "?": INCONCLUSIVE, "x": INVALID}


def _runs(marks):
    return [Finding(f"r{n}", f"e{n}", "ours", _MARKS[one]) for n, one in enumerate(marks)]


def _counter(mark, laboratory="theirs"):
    return Finding(f"c{laboratory}", f"k{laboratory}", laboratory, _MARKS[mark], counter=True)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("", (INVALID, False, "retest")),
        ("x", (INVALID, False, "retest")),
        ("xxx", (INVALID, False, "retest")),
        ("-", (NOT_DETECTED, True, "")),
        ("x-", (NOT_DETECTED, True, "")),
        ("+", (DETECTED, False, "second_run")),
        ("x+", (DETECTED, False, "second_run")),
        ("++", (DETECTED, True, "")),
        ("+x+", (DETECTED, True, "")),
        ("+-", (INCONCLUSIVE, False, "counter_sample")),
        ("++-", (INCONCLUSIVE, False, "counter_sample")),
        ("?", (INCONCLUSIVE, False, "retest")),
        ("??", (INCONCLUSIVE, False, "retest")),
        ("???", (INCONCLUSIVE, False, "counter_sample")),
        ("?-", (INCONCLUSIVE, False, "retest")),
        ("?--", (NOT_DETECTED, True, "")),
        ("?+", (DETECTED, False, "second_run")),
        ("?+?", (INCONCLUSIVE, False, "counter_sample")),
        ("?++", (DETECTED, True, "")),
    ],
)
def test_says_what_holds_and_what_is_needed(marks, said):
    assert standing(_runs(marks)) == Standing(said[0], is_final=said[1], needs=said[2])


def test_confirms_by_another_run_and_another_extract_only():
    first = Finding("r1", "e1", "ours", DETECTED)
    same_extract = first._replace(run="r2")
    same_run = first._replace(extraction="e2")
    another = first._replace(run="r2", extraction="e2")
    assert not standing([first, first]).is_final
    assert not standing([first, same_extract]).is_final
    assert not standing([first, same_run]).is_final
    assert standing([first, another]).is_final


@pytest.mark.parametrize(("mark", "result"), [("+", DETECTED), ("-", NOT_DETECTED)])
def test_lets_the_counter_sample_decide_in_another_laboratory(mark, result):
    assert standing([*_runs("+-"), _counter(mark)]) == Standing(result, is_final=True)
    assert standing([*_runs("++"), _counter(mark)]) == Standing(result, is_final=True)
    assert standing([*_runs("+-"), _counter(mark, "ours")]).needs == "counter_sample"


@pytest.mark.parametrize("mark", ["?", "x"])
def test_lets_no_undecided_counter_sample_decide(mark):
    assert standing([*_runs("+-"), _counter(mark)]) == standing(_runs("+-"))


def test_asks_experts_when_counter_samples_contradict_each_other():
    both = [*_runs("++"), _counter("+", "one"), _counter("-", "two")]
    assert standing(both) == Standing(INCONCLUSIVE, is_final=False, needs="experts")


@given(st.lists(st.sampled_from("+-?x"), max_size=6))
def test_is_final_only_where_nothing_is_needed(marks):
    found = standing(_runs(marks))
    assert found.is_final == (found.needs == "")
    assert found.result in RESULTS
    if found.result == DETECTED and found.is_final:
        assert marks.count("+") >= 2
        assert "-" not in marks


@given(st.lists(st.sampled_from("+-?x"), max_size=6))
def test_takes_no_notice_of_invalid_runs(marks):
    rest = [one for one in marks if one != "x"]
    assert standing(_runs(marks)) == standing(_runs(rest))

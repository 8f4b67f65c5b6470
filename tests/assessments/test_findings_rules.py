"""What is a finding, how grave it is, and what a finger may draw."""

import json

from hypothesis import given
from hypothesis import strategies as st

from linli.assessments.rules.findings import GRAVE, SERIOUS, SLIGHT, found, unlike
from linli.assessments.rules.scoring import Scorer
from linli.assessments.rules.strokes import MOST_POINTS, drawn
from tests.town.inspections import checklist_form

FORM = checklist_form()
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "cold": st.sampled_from(["yes", "no"]),
        "clean": st.integers(0, 4),
        "label": st.sampled_from(["yes", "no", "na"]),
    },
).map(lambda given: {key: {"v": value} for key, value in given.items()})


def test_says_how_grave_it_is():
    answers = {"cold": {"v": "no", "n": "十一度"}, "clean": {"v": 0}, "label": {"v": "no"}}

    told = [(one.item, one.severity, one.words) for one in found(FORM, answers)]

    assert told == [("cold", GRAVE, "十一度"), ("clean", SERIOUS, ""), ("label", SLIGHT, "")]


@given(ANSWERS)
def test_finds_what_was_answered_and_earned_nothing_and_nothing_else(answers):
    earned = {one.item: one.earned for one in Scorer(FORM).score(answers).items}

    assert {one.item for one in found(FORM, answers)} == {
        key for key, given in answers.items() if given["v"] != "na" and not earned[key]
    }


@given(ANSWERS, ANSWERS)
def test_tells_two_sheets_apart_whichever_came_first(one, other):
    assert unlike(FORM, one, other) == unlike(FORM, other, one)
    assert unlike(FORM, one, one) == []
    assert set(unlike(FORM, one, other)) == {
        key for key in {*one, *other} if one.get(key) != other.get(key)
    }


@given(st.lists(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1)))
def test_reads_the_strokes_that_were_drawn(lines):
    strokes = [[[x, y] for x, y in line] for line in lines]

    assert drawn(json.dumps(strokes)) == strokes


def test_reads_nothing_else_as_strokes():
    many = json.dumps([[[1, 1]] * (MOST_POINTS + 1)])
    wrong = [
        "",
        "[",
        "{}",
        "1",
        '[[["x", 1]]]',
        "[[[1, 2, 3]]]",
        "[[[true, 1]]]",
        "[[[1001, 0]]]",
        "[[]]",
        many,
    ]

    assert [drawn(text) for text in wrong] == [[]] * len(wrong)

"""How answers of polls are counted, and what may be told of the counts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.assessments.rules import polls
from tests.town.polls import form

SIX = [0, 0, 0, 0, 0, 0]
counts = st.lists(st.integers(0, 2**20), min_size=6, max_size=6)


def test_reads_what_it_wrote():
    assert polls.read(polls.written(form())) == form()


@given(counts)
def test_packs_counts_into_as_many_bytes_whatever_they_are(numbers):
    assert polls.unpacked(polls.packed(numbers)) == numbers
    assert len(polls.packed(numbers)) == len(polls.packed(SIX))


@given(st.lists(st.sampled_from(["good", "fair", "bad", ""]), max_size=40))
def test_counts_each_answer_once_and_nothing_for_a_question_left_out(said):
    total = SIX
    for one in said:
        chosen = {"q2": "no"} | ({"q1": one} if one else {})
        total = polls.added(total, polls.ones(form(), chosen))

    assert total == [*(said.count(one) for one in ("good", "fair", "bad")), 0, len(said), 0]


@pytest.mark.parametrize(
    "chosen", [{}, {"q1": "yes"}, {"q3": "good"}, {"q1": "good", "q2": "good"}]
)
def test_takes_no_answer_to_what_is_not_asked(chosen):
    assert not polls.is_answer(form(), chosen)


def test_tells_nothing_under_ten_answers_to_all_or_to_one_question():
    nine_of_eleven = [9, 0, 2, 5, 4, 0]

    assert polls.told(form(), [9, 0, 0, 9, 0, 0], 9) is None
    assert polls.told(form(), nine_of_eleven, 11) == {
        "n": 11, "counts": {"q1": [9, 0, 2], "q2": None},
    }  # fmt: skip


def test_tells_taking_part_in_steps_so_that_one_more_is_not_seen():
    assert [polls.in_steps(n) for n in (0, 9, 10, 19, 20)] == [0, 0, 10, 10, 20]


@given(counts)
def test_earns_the_mean_of_its_questions_rounded_once(numbers):
    told = polls.told(form(), numbers, max(sum(numbers[:3]), sum(numbers[3:])))
    good, fair, bad, yes, no, _unknown = numbers
    parts = [
        Fraction(one, among * 100)
        for one, among in ((100 * good + 50 * fair, good + fair + bad), (100 * yes, yes + no))
        if among >= 10
    ]

    share = polls.share(form(), told)

    assert share == (round(sum(parts) / len(parts) * 10_000) if told and parts else None)


def test_leaves_out_of_the_score_who_does_not_know():
    told = polls.told(form(), [8, 2, 2, 0, 4, 8], 12)

    # 900 of 1200; of the second question four answers earn, which is too few.
    assert polls.share(form(), told) == 7500


def test_says_what_keeps_a_poll_from_opening():
    fit = form()
    one = fit.questions[0]
    twice = polls.Question("q3", {"zh-hans": "再问一次？"}, (one.options[0], one.options[0]))

    assert polls.faults(fit) == []
    assert [fault.code for fault in polls.faults(polls.PollForm(("en",)))] == ["no_questions"]
    assert [(one.code, one.where) for one in polls.faults(polls.put(fit, twice))] == [
        ("options_alike", "q3"), ("not_translated", "q3"),
    ]  # fmt: skip
    assert polls.without(polls.put(fit, twice), "q3") == fit

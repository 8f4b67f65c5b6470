"""Which languages are spoken where and when, and where a guarantee is not met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.rules.languages import (
    KNOWN,
    MODES,
    Gap,
    Guarantee,
    Spoken,
    gaps,
    is_tag,
    matrix,
)

SPOKEN = [
    Spoken("祁连", "ug", 0, "in_person"),
    Spoken("祁连", "ug", 0, "phone"),
    Spoken("祁连", "bo", 2, "video"),
    Spoken("永乐", "ug", 0, "in_person"),
    Spoken("永乐", "ug", 1, "phone"),
]


def test_shows_each_place_and_language_over_the_week():
    table = matrix(SPOKEN)

    assert table["祁连", "ug"] == (("in_person", "phone"), (), (), (), (), (), ())
    assert table["祁连", "bo"] == ((), (), ("video",), (), (), (), ())
    assert table["永乐", "ug"] == (("in_person",), ("phone",), (), (), (), (), ())


def test_finds_the_weekdays_on_which_a_guarantee_is_not_met():
    two_places = Guarantee("ug", (0, 1), places=2)
    in_person = Guarantee("ug", (0, 1), ("in_person",))

    assert gaps(SPOKEN, [two_places]) == [Gap("ug", 1, 1, 1)]
    assert gaps(SPOKEN, [in_person]) == [Gap("ug", 1, 0, 1)]
    assert gaps(SPOKEN, [Guarantee("ii", (0,), places=3)]) == [Gap("ii", 0, 0, 3)]
    assert gaps(SPOKEN, []) == []


spoken = st.builds(
    Spoken, st.sampled_from("甲乙丙"), st.sampled_from(["ug", "bo"]), st.integers(0, 6), st.sampled_from(MODES)
)  # fmt: skip
guarantees = st.builds(
    Guarantee, st.sampled_from(["ug", "bo"]), st.just(tuple(range(7))), st.just(MODES), st.integers(0, 3)
)  # fmt: skip


@given(st.lists(spoken), st.lists(spoken), st.lists(guarantees, max_size=3))
def test_never_opens_a_gap_by_speaking_more(some, more, promised):
    def missing(said):
        return {(gap.language, gap.weekday): gap.missing for gap in gaps(said, promised)}

    before, after = missing(some), missing(some + more)
    if len({one.language for one in promised}) == len(promised):
        assert all(after[key] <= before[key] for key in after)
    assert set(after) <= set(before)


@pytest.mark.parametrize("tag", [*KNOWN, "kk", "zh-Hant-TW"])
def test_knows_a_language_tag(tag):
    assert is_tag(tag)


@pytest.mark.parametrize("text", ["", "Uyghur", "zh_Hans", "zh-hans", "维吾尔语", "u", "ug-"])
def test_refuses_what_is_no_language_tag(text):
    assert not is_tag(text)

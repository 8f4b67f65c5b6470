"""Which counts of looks are shown: none under ten, and none that a subtraction would give."""

from hypothesis import given
from hypothesis import strategies as st

from linli.portal.trust.released import LEAST, released

COUNTS = st.dictionaries(st.text(max_size=3), st.integers(1, 40), max_size=8)


@given(COUNTS)
def test_shows_no_count_and_no_rest_under_ten(counts):
    told = released(counts)

    assert all(counts[who] == count >= LEAST for who, count in told.shown)
    assert told.others == 0 or told.others >= LEAST
    # Whoever knows the sum of all learns nothing: what is not shown is ten at least, and several.
    hidden = {who: count for who, count in counts.items() if who not in dict(told.shown)}
    if told.shown and hidden:
        assert sum(hidden.values()) == told.others
        assert len(hidden) > 1


@given(COUNTS)
def test_tells_the_whole_or_nothing(counts):
    told = released(counts)

    assert told.total in {0, sum(counts.values())}
    assert (told.total == 0) == (sum(counts.values()) < LEAST)


def test_shows_large_ones_and_the_small_together():
    told = released({"a": 57, "b": 12, "c": 6, "d": 5})

    assert (told.shown, told.others, told.total) == ((("a", 57), ("b", 12)), 11, 80)


def test_hides_a_large_one_with_a_single_small_one():
    told = released({"a": 57, "b": 12, "c": 3})

    assert (told.shown, told.others, told.total) == ((("a", 57),), 15, 72)

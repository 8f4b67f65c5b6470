"""How far what the directory says may be trusted, and when it is to be looked at again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.rules.freshness import HALF_LIFE, STATES, due_on, freshness

TODAY = date(2026, 11, 21)


def fresh(days, kind="service"):
    return freshness(TODAY - timedelta(days=days), TODAY, kind)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, "fresh"),
        (179, "fresh"),
        (180, "ageing"),
        (359, "ageing"),
        (360, "stale"),
        (9999, "stale"),
    ],
)
def test_ages_after_one_half_life_and_is_stale_after_two(days, state):
    assert fresh(days).state == state


def test_halves_the_share_with_each_half_life():
    assert fresh(0).share == 1
    assert fresh(180).share == 0.5
    assert fresh(120, "location").share == 0.5
    assert fresh(360).share == 0.25


def test_takes_a_day_to_come_for_today():
    assert freshness(TODAY + timedelta(days=3), TODAY) == ("fresh", 1.0, 0)


@given(st.sampled_from(sorted(HALF_LIFE)), st.integers(0, 5000), st.integers(1, 5000))
def test_never_gets_fresher_by_waiting(kind, days, more):
    earlier, later = fresh(days, kind), fresh(days + more, kind)

    assert later.share < earlier.share
    assert STATES.index(later.state) >= STATES.index(earlier.state)


@given(st.sampled_from(sorted(HALF_LIFE)))
def test_is_due_on_the_day_on_which_it_begins_to_age(kind):
    due = due_on(TODAY, kind)

    assert freshness(TODAY, due, kind).state == "ageing"
    assert freshness(TODAY, due - timedelta(days=1), kind).state == "fresh"

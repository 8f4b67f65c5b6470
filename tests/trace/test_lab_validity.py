"""Which papers held when a lot was made: not today's status, and by what was known on a day."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.validity import (
    SUSPENDED,
    WITHDRAWN,
    Checked,
    Happened,
    Lack,
    Spell,
    checked,
    gaps,
    warning,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def day(number):
    return START + number * DAY


def spell(since=0, until=100, **changes):
    usual = {
        "paper": "P1",
        "kind": "halal",
        "holder": "abattoir",
        "scope": frozenset({"slaughter"}),
        "status": "valid",
        "since": day(since),
        "until": None if until is None else day(until),
        "recorded_at": day(0),
    }
    return Spell(**usual | changes)


def event(at, **changes):
    usual = {"holder": "abattoir", "activity": "slaughter", "needs": ("halal",)}
    return Happened("E1", day(at), **usual | changes)


def _lack(at, *spells, known_at=None, **changes):
    (found,) = checked([event(at, **changes)], spells, known_at)
    return (found.held, [(one.why, one.paper) for one in found.lacks])


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (-1, ((), [("not_yet", "P1")])),
        (0, (("P1",), [])),
        (99, (("P1",), [])),
        (100, ((), [("expired", "P1")])),
    ],
)
def test_joins_an_event_with_the_paper_of_its_time(at, found):
    assert _lack(at, spell()) == found


def test_says_why_no_paper_held():
    stop = spell(20, 30, status=SUSPENDED)
    end = spell(50, None, status=WITHDRAWN)
    assert _lack(25, spell(), stop) == ((), [("suspended", "P1")])
    assert _lack(30, spell(), stop) == (("P1",), [])
    assert _lack(60, spell(), end) == ((), [("withdrawn", "P1")])
    assert _lack(10, spell(), activity="cut") == ((), [("other_scope", "P1")])
    assert _lack(10, spell(holder="butcher")) == ((), [("never", "")])
    assert _lack(10, spell(kind="hygiene")) == ((), [("never", "")])


def test_lets_another_paper_hold_while_one_is_suspended():
    other = spell(paper="P2")
    assert _lack(25, spell(), spell(20, 30, status=SUSPENDED), other) == (("P2",), [])


def test_names_the_paper_that_came_nearest():
    old, older = spell(10, 20, paper="old"), spell(0, 9, paper="older")
    soon, later = spell(40, 50, paper="soon"), spell(60, 70, paper="later")
    assert _lack(30, older, old, later, soon) == ((), [("expired", "old")])
    assert _lack(30, later, soon) == ((), [("not_yet", "soon")])


def test_asks_every_kind_that_an_event_needs():
    need = event(5, needs=("halal", "hygiene"))
    assert checked([need], [spell()]) == [Checked("E1", ("P1",), (Lack("hygiene", "never", ""),))]


def test_judges_by_what_was_known_then():
    struck = spell(recorded_at=day(0), struck_at=day(40))
    shorter = spell(0, 20, recorded_at=day(40))
    assert _lack(30, struck, shorter, known_at=day(35)) == (("P1",), [])
    assert _lack(30, struck, shorter, known_at=day(40)) == ((), [("expired", "P1")])
    assert _lack(30, struck, shorter) == ((), [("expired", "P1")])
    assert _lack(30, struck, known_at=day(-1)) == ((), [("never", "")])


@pytest.mark.parametrize(
    ("spells", "found"),
    [
        ([], [(0, 50)]),
        ([spell(0, 50)], []),
        ([spell(-5, None)], []),
        ([spell(10, 20), spell(30, 60)], [(0, 10), (20, 30)]),
        ([spell(10, 40), spell(20, 30)], [(0, 10), (40, 50)]),
        ([spell(0, 60), spell(20, 30, status=SUSPENDED)], [(20, 30)]),
        ([spell(0, 60), spell(20, None, status=WITHDRAWN)], [(20, 50)]),
        ([spell(0, 60), spell(20, 30, status=SUSPENDED), spell(25, 40, status=SUSPENDED)],
         [(20, 40)]),
        ([spell(60, 70)], [(0, 50)]),
    ],
)  # fmt: skip
def test_shows_the_gaps(spells, found):
    assert gaps(spells, day(0), day(50)) == [(day(one), day(other)) for one, other in found]


_spells = st.lists(
    st.builds(
        lambda since, long, paper, status: spell(since, since + long, paper=paper, status=status),
        st.integers(-10, 60),
        st.integers(1, 40),
        st.sampled_from(["P1", "P2"]),
        st.sampled_from(["valid", "valid", SUSPENDED, WITHDRAWN]),
    ),
    max_size=6,
)


@given(_spells, st.integers(0, 49))
def test_has_a_gap_exactly_where_an_event_lacks_its_paper(spells, at):
    in_gap = any(one <= day(at) < other for one, other in gaps(spells, day(0), day(50)))
    (found,) = checked([event(at)], spells)
    assert in_gap == bool(found.lacks) == (not found.held)


@given(_spells)
def test_joins_no_two_gaps_that_touch(spells):
    found = gaps(spells, day(0), day(50))
    assert all(one < other for one, other in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("days_left", "told", "due"),
    [(31, (), None), (30, (), 30), (29, (30,), None), (7, (30,), 7), (6, (), 7), (1, (30, 7), None),
     (0, (30, 7), 0), (-3, (30, 7), 0), (-3, (30, 7, 0), None)],
)  # fmt: skip
def test_warns_thirty_seven_and_no_days_before(days_left, told, due):
    assert warning(day(100), day(100 - days_left), told) == due

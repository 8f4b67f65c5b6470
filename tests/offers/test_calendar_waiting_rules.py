"""Whose turn it is: the same as when one group after the other is let in, for every queue that there can be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.rules.places import DOORS, Places
from linli.offers.rules.waiting import MOST_AT_ONCE, Bound, Waiting, turn

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
NONE = dict.fromkeys(DOORS, 0)
BOUND = Bound(3, 7)
sizes = st.integers(1, 6)
groups = st.builds(Waiting, sizes, st.just(NOON), st.integers(0, 3), st.sampled_from(DOORS))
counts = st.fixed_dictionaries(dict.fromkeys(DOORS, st.integers(0, 6)))


def free(number, capacity=6):
    """Return a session of six places, of which so many are free and none is kept."""
    return Places(capacity, NONE | {"web": capacity - number}, NONE)


def turned(queue, places, bound=BOUND):
    said = turn(queue, places, NOON, bound)
    return said.let_in, said.passed


def one_by_one(queue, number, bound):
    """Say who gets in when one is let in at a time, by the rule as a town would write it down."""
    left = [[place, one.size, one.passed] for place, one in enumerate(queue)]
    entered, passed = [], {}
    while True:
        for at, (_place, size, _passed) in enumerate(left):
            if size <= number:
                break
            if left[at][2] >= bound.passes:
                return entered, passed
        else:
            return entered, passed
        place = left[at][0]
        for other in left[:at]:
            other[2] += 1
            passed[other[0]] = passed.get(other[0], 0) + 1
        left.pop(at)
        entered.append(place)
        number -= size


class TestTurn:
    def test_lets_the_first_in_who_fits(self):
        queue = [Waiting(4, NOON), Waiting(2, NOON), Waiting(1, NOON)]

        assert turned(queue, free(4)) == ([0], {})
        assert turned(queue, free(2)) == ([1], {0: 1})
        assert turned(queue, free(1)) == ([2], {0: 1, 1: 1})
        assert turned(queue, free(0)) == ([], {})
        assert turned(queue, free(6)) == ([0, 1], {})

    @pytest.mark.parametrize(
        "first", [Waiting(4, NOON, passed=3), Waiting(4, NOON - timedelta(days=7))]
    )
    def test_keeps_places_for_who_was_overtaken_often_or_waited_long(self, first):
        assert turned([first, Waiting(1, NOON)], free(1)) == ([], {})

    def test_stops_where_the_first_was_overtaken_often_enough(self):
        queue = [Waiting(4, NOON, passed=1), *[Waiting(1, NOON)] * 5]

        assert turned(queue, free(3)) == ([1, 2], {0: 2})

    def test_waits_for_nobody_who_fits_into_the_session_no_more(self):
        assert turned([Waiting(7, NOON, passed=3), Waiting(1, NOON)], free(1)) == ([1], {})

    def test_reads_no_further_than_it_must(self):
        read = []

        def queue():
            for number in range(4500):
                read.append(number)
                yield Waiting(1, NOON)

        assert turn(queue(), free(3), NOON, BOUND).let_in == [0, 1, 2]
        assert len(read) == 4

    def test_lets_in_so_many_at_once(self):
        said = turn([Waiting(1, NOON)] * 500, free(400, 400), NOON, BOUND)

        assert len(said.let_in) == MOST_AT_ONCE

    @given(queue=st.lists(groups, max_size=25), number=st.integers(0, 6), passes=st.integers(0, 4))
    def test_is_as_if_one_after_the_other_was_let_in(self, queue, number, passes):
        bound = Bound(passes, 7)
        small = [one for one in queue if one.passed <= passes]

        assert turned(small, free(number), bound) == one_by_one(small, number, bound)


class TestDoors:
    def test_gives_what_is_kept_to_its_door_past_who_waits_at_another(self):
        kept = NONE | {"station": 2}
        places = Places(6, NONE | {"web": 4}, kept)
        queue = [Waiting(1, NOON, passed=3), Waiting(1, NOON, door="station")]

        assert turned(queue, places) == ([1], {})
        assert turned([queue[0]], places) == ([], {})
        assert turned(queue, free(2)) == ([0, 1], {})  # once it is everybody's

    def test_counts_whoever_takes_more_than_is_kept_for_its_door(self):
        places = Places(6, NONE | {"web": 2, "station": 1}, NONE | {"phone": 2, "station": 1})
        queue = [Waiting(2, NOON, passed=2), *[Waiting(1, NOON, door="station")] * 2]

        assert turned(queue, places) == ([1], {0: 1})

    @given(
        queue=st.lists(groups, max_size=25), capacity=st.integers(1, 20), taken=counts, kept=counts
    )
    def test_never_gives_what_is_not_there_or_overtakes_too_often(
        self, queue, capacity, taken, kept
    ):
        said = turn(queue, Places(capacity, taken, kept), NOON, BOUND)

        after, passed = dict(taken), {}
        for place in said.let_in:
            one = queue[place]
            now = Places(capacity, after, kept)
            assert one.size <= now.free_at(one.door)
            after = after | {one.door: after[one.door] + one.size}
            left = Places(capacity, after, kept)
            for before in set(range(place)) - set(said.let_in):
                other = queue[before]
                if other.size <= capacity and left.free_at(other.door) < now.free_at(other.door):
                    passed[before] = passed.get(before, 0) + 1
        # Whoever's room became less was overtaken, and counted, and not too often.
        assert passed.keys() <= said.passed.keys()
        assert all(queue[one].passed + often <= BOUND.passes for one, often in said.passed.items())
        if queue and queue[0].size <= Places(capacity, taken, kept).free_at(queue[0].door):
            assert said.let_in[0] == 0

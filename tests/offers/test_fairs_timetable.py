"""The timetable of a job fair: everybody can keep it, and on small fairs no other is worth more."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.offers.rules.fairs import is_kept, slots
from linli.offers.rules.solving import timetable
from linli.offers.rules.timetable import (
    POINTS,
    Fair,
    Seat,
    Table,
    Talk,
    Wished,
    clash,
    faults,
    next_in_line,
    points,
)


def table(stand, minutes, lanes, length):
    seats = (
        Seat(minutes * turn, lane) for turn in range(length // minutes) for lane in range(lanes)
    )
    return Table(stand, minutes, tuple(seats))


@st.composite
def worlds(draw, *, people=12, stands=5, length=90):
    tables = [
        table(stand, draw(st.sampled_from([10, 15, 20, 30])), draw(st.integers(1, 2)), length)
        for stand in range(draw(st.integers(1, stands)))
    ]
    wishes = []
    for person in range(draw(st.integers(0, people))):
        order = draw(st.permutations([one.stand for one in tables]))
        count = draw(st.integers(0, min(5, len(order))))
        wishes += [Wished(f"P{person}", stand, n) for n, stand in enumerate(order[:count], 1)]
    gap = draw(st.sampled_from([0, 5, 10]))
    return Fair(tuple(tables), tuple(wishes), gap, draw(st.sampled_from(["a", "b"])))


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_gives_times_that_everybody_can_keep(fair):
    found = timetable(fair)

    assert faults(fair, found) == []
    assert points(fair, found) <= fair.bound()


@settings(max_examples=40, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_is_the_same_in_whatever_order_wishes_are_told(fair, chance):
    told = list(fair.wishes)
    chance.shuffle(told)
    stands = list(fair.tables)
    chance.shuffle(stands)

    again = timetable(Fair(tuple(stands), tuple(told), fair.gap, fair.seed))

    assert again == timetable(fair)


def best(fair):
    """Return what the best timetable is worth, by trying every one."""
    lines = [wish for line in fair.lines().values() for wish in line]
    tables = {one.stand: one for one in fair.tables}

    def more(rest, taken, days):
        if not rest:
            return 0
        wish, *others = rest
        found = more(others, taken, days)
        minutes = tables[wish.stand].minutes
        for begins in {seat.begins for seat in tables[wish.stand].seats}:
            key = (wish.stand, begins)
            free = sum(seat.begins == begins for seat in tables[wish.stand].seats)
            time = (begins, minutes)
            if taken.get(key, 0) < free and not any(
                clash(time, one, fair.gap) for one in days.get(wish.who, ())
            ):
                own = {**days, wish.who: (*days.get(wish.who, ()), time)}
                count = {**taken, key: taken.get(key, 0) + 1}
                found = max(found, POINTS[wish.number] + more(others, count, own))
        return found

    return more(lines, {}, {})


@settings(max_examples=40, deadline=None)
@given(worlds(people=3, stands=3, length=40))
def test_is_worth_as_much_as_the_best_there_is(fair):
    assert points(fair, timetable(fair)) == best(fair)


def test_gives_way_where_not_everybody_can_have_all():
    tables = tuple(table(stand, 30, 1, 60) for stand in range(3))
    wishes = tuple(
        Wished(f"P{person}", (person + n) % 3, n + 1) for person, n in product(range(3), range(3))
    )
    fair = Fair(tables, wishes, 0, "a")

    found = timetable(fair)

    assert points(fair, found) == fair.bound() == 3 * (16 + 8)
    assert faults(fair, found) == []


def test_prefers_the_better_wish_and_then_the_lot():
    stand = Table(7, 15, (Seat(0, 0),))
    second, first = Wished("A", 7, 2), Wished("B", 7, 1)
    assert [one.who for one in timetable(Fair((stand,), (second, first), 5, "x"))] == ["B"]

    equal = tuple(Wished(who, 7, 1) for who in "ABCDEFGH")
    winners = {timetable(Fair((stand,), equal, 5, f"seed {n}"))[0].who for n in range(60)}
    assert winners == set("ABCDEFGH")


def test_counts_two_wishes_for_one_stand_once():
    stand = Table(7, 15, (Seat(0, 0), Seat(30, 0)))

    found = timetable(Fair((stand,), (Wished("A", 7, 1), Wished("A", 7, 2)), 5, "x"))

    assert len(found) == 1


def test_says_what_is_wrong_with_a_timetable():
    tables = (Table(1, 15, (Seat(0, 0), Seat(15, 0))), Table(2, 20, (Seat(10, 0),)))
    wishes = (Wished("A", 1, 1), Wished("A", 2, 2), Wished("B", 1, 1))
    fair = Fair(tables, wishes, 5, "x")

    assert faults(fair, [Talk("A", 1, 0, 0), Talk("A", 2, 10, 0)]) == ["A is in two places"]
    assert faults(fair, [Talk("A", 1, 0, 0), Talk("B", 1, 0, 0)]) == [
        "(1, 0, 0) is kept, given twice, or no seat"
    ]
    assert faults(fair, [Talk("B", 2, 10, 0)]) == ["B never wished for 2"]
    assert faults(fair, [Talk("A", 1, 0, 0), Talk("A", 1, 15, 0)]) == [
        "A is in two places", "somebody talks twice at one stand",
    ]  # fmt: skip


def test_proposes_what_came_free_to_the_first_who_can_keep_it():
    line = [Wished("A", 1, 1), Wished("B", 1, 2)]

    assert next_in_line(line, (30, 15), {"A": [(40, 20)]}, 5) == line[1]
    assert next_in_line(line, (30, 15), {"A": [(50, 20)]}, 5) == line[0]
    assert next_in_line(line, (30, 15), {"A": [(49, 20)], "B": [(10, 16)]}, 5) is None


@pytest.mark.parametrize(("percent", "kept"), [(0, 0), (20, 20), (33, 33), (50, 50), (100, 100)])
def test_keeps_its_share_spread_over_the_day(percent, kept):
    told = [is_kept(number, percent) for number in range(100)]

    assert sum(told) == kept
    halves = (sum(told[:50]), sum(told[50:]))
    assert abs(halves[0] - halves[1]) <= 1


def test_cuts_a_day_into_talks(noon):
    from datetime import timedelta

    found = slots(noon, noon + timedelta(minutes=50), 15)

    assert [(one - noon) // timedelta(minutes=1) for one in found] == [0, 15, 30]

"""Minutes on squares: walks, buses, changes; each against the longest way round and against its own legs."""

from datetime import time
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.atlas.rules.access.buses import MOST_WALK, RIDE, WAIT, WALK, Leg, Network
from linli.atlas.rules.access.minutes import Reckoning, band, summary
from linli.atlas.rules.access.squares import Ground, Square, read_square, rectangle
from tests.town.atlas_access import counter, ground, runs

STOPS = {"东站": Square(1, 6), "桥头": Square(1, 3), "广场": Square(1, 1)}
LINE = runs("1 路", ("东站", "桥头", "广场"), (8, 6))
SQUARES = st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda at: Square(*at))


def test_walks_a_third_further_than_straight_and_rounds_up():
    town = ground(metres=500, pace=70)

    assert town.on_foot(Square(1, 1), Square(1, 2)) == ceil(500 * 1.3 / 70) == 10
    assert town.on_foot(Square(1, 1), Square(3, 1)) == ceil(1000 * 1.3 / 70) == 19
    assert town.on_foot(Square(2, 2), Square(2, 2)) == ceil(0.3826 * 500 * 1.3 / 70) == 4


def test_rides_when_that_is_quicker_and_says_how():
    ways = Network(ground(), STOPS, LINE).ways_to(Square(1, 1))

    assert ways[Square(1, 6)].legs == (
        Leg(WALK, 4, "", "东站"),
        Leg(WAIT, 5, "1 路"),
        Leg(RIDE, 14, "1 路", "广场"),
        Leg(WALK, 4),
    )
    assert ways[Square(1, 6)].minutes == 27
    assert ways[Square(1, 2)].legs == (Leg(WALK, 10),)


def test_waits_again_only_where_one_changes():
    stops = STOPS | {"北站": Square(3, 3)}
    lines = LINE + runs("2 路", ("桥头", "北站"), (3,), every=7)
    legs = Network(ground(metres=2000), stops, lines).ways_to(Square(1, 1))[Square(3, 3)].legs

    assert [(leg.does, leg.line) for leg in legs] == [
        (WALK, ""), (WAIT, "2 路"), (RIDE, "2 路"), (WAIT, "1 路"), (RIDE, "1 路"), (WALK, ""),
    ]  # fmt: skip
    assert [leg.minutes for leg in legs if leg.does == WAIT] == [4, 5]  # half of 7, rounded up


def test_goes_by_no_bus_before_the_first_and_after_the_last():
    run = LINE[0]

    assert [run.goes(2, hour) for hour in (time(6, 59), time(7), time(19), time(19, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not run._replace(weekdays=frozenset({5})).goes(2, time(12))


def test_is_a_walk_where_no_stop_is_near():
    far = Ground(5000, 70, rectangle([Square(1, 1), Square(1, 9)]))
    stops = {"东": Square(1, 4), "西": Square(1, 5)}
    ways = Network(far, stops, runs("1", ("东", "西"), (2,))).ways_to(Square(1, 9))

    assert all(leg.does == WALK for way in ways.values() for leg in way.legs)


@st.composite
def networks(draw):
    stops = draw(st.dictionaries(st.sampled_from("甲乙丙丁戊己"), SQUARES, min_size=2, max_size=6))
    lines = draw(st.lists(st.permutations(sorted(stops)), max_size=4))
    rides = [
        runs(f"{number} 路", names[:4], draw(st.lists(st.integers(1, 12), min_size=3, max_size=3)),
             every=draw(st.integers(1, 40)))
        for number, names in enumerate(lines)
    ]  # fmt: skip
    town = ground(metres=draw(st.integers(100, 2000)), rows=6, columns=6)
    return Network(town, stops, [run for line in rides for run in line])


@given(networks(), SQUARES)
def test_legs_add_up_follow_each_other_and_no_way_is_longer_than_the_walk(network, goal):
    ways = network.ways_to(goal)

    assert set(ways) == set(network.ground.squares)
    for square, way in ways.items():
        assert way.minutes == sum(leg.minutes for leg in way.legs)
        assert way.minutes <= network.ground.on_foot(square, goal)
        ridden = [leg for leg in way.legs if leg.does != WALK]
        assert not ridden or all(leg.minutes <= MOST_WALK for leg in way.legs if leg.does == WALK)
        for leg, then in pairwise(way.legs):
            assert (leg.does == WAIT) == (then.does == RIDE)
            assert leg.does != WAIT or leg.line == then.line


@given(networks(), SQUARES)
def test_finds_the_shortest_way_that_rounds_of_trying_find(network, goal):
    """The control of the search: the same ways by going on trying until nothing gets shorter."""
    at, out = network.ground.on_foot, {}
    used = {name for run in network.runs for name in (run.start, run.end)}
    near = {
        one: [n for n in used if at(network.stops[one], network.stops[n]) <= MOST_WALK]
        for one in used
    }
    far = 10**6
    out = {name: at(network.stops[name], goal) for name in used}
    out = {name: minutes if minutes <= MOST_WALK else far for name, minutes in out.items()}
    board = dict.fromkeys(used, far)
    aboard = {(run.end, run.line): far for run in network.runs}
    for _round in range(60):
        for name, line in aboard:
            on = [
                run.minutes + aboard[run.end, line]
                for run in network.runs
                if (run.start, run.line) == (name, line)
            ]
            aboard[name, line] = min([out[name], *on])
        for run in network.runs:
            board[run.start] = min(
                board[run.start], -(-run.every // 2) + run.minutes + aboard[run.end, run.line]
            )
        for name in used:
            changes = [
                at(network.stops[name], network.stops[n]) * (n != name) + board[n]
                for n in near[name]
            ]
            out[name] = min([out[name], board[name], *changes])
    for square, way in network.ways_to(goal).items():
        walks = {name: at(square, network.stops[name]) for name in used}
        tried = [walks[name] + board[name] for name in used if walks[name] <= MOST_WALK]
        assert way.minutes == min([at(square, goal), *tried])


def test_takes_the_nearest_counter_and_of_two_as_near_the_first():
    reckoning = Reckoning(Network(ground(rows=1, columns=3)))
    reached = reckoning.nearest([counter("B", (1, 3)), counter("A", (1, 1))])

    assert [reached[Square(1, n)].counter.code for n in (1, 2, 3)] == ["A", "A", "B"]
    told = summary(reckoning.network.ground.squares, reached, 4)
    assert told == (3, 2, 10, 4)
    assert summary(reckoning.network.ground.squares, {}, 30) == (3, 0, None, None)


@pytest.mark.parametrize(("minutes", "step"), [(1, 0), (10, 0), (11, 1), (30, 2), (45, 3), (46, 4)])
def test_steps_of_the_map_end_with_their_minute(minutes, step):
    assert band(minutes) == step


@pytest.mark.parametrize(
    "said", ["", "3", "3-", "-5", "0-5", "3-100", "a-b", "３-５", "3-5-7", "\0-1"]
)
def test_reads_no_square_out_of_anything_else(said):
    assert read_square(said) is None
    assert read_square(" 3－5 ") == Square(3, 5)

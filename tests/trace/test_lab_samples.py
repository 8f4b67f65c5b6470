"""Samples are drawn by lot, go from hand to hand under a seal, and leave a sealed part behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.custody import Care, Handing, breaks, holder
from linli.trace.rules.laboratory.samples import (
    DESTROYED,
    IN_TEST,
    OPENED,
    PLANNED,
    RECEIVED,
    SEALED,
    SENT,
    STATES,
    TAKEN,
    TESTED,
    allotted,
    drawn,
    edges,
    may_counter_step,
    may_step,
)
from tests.trace.laboratory import d

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CARE = Care(6 * HOUR, d(0), d(5))
_chain = [
    Handing(NOON + HOUR, "inspector", "driver", "S1", whole=True, celsius=d(3)),
    Handing(NOON + 3 * HOUR, "driver", "desk", "S1", whole=True, new_seal="S2", celsius=d(5)),
    Handing(NOON + 4 * HOUR, "desk", "bench", "S2", whole=True, celsius=d(0)),
]


def _breaks(chain, care=CARE):
    return [tuple(one) for one in breaks(NOON, "inspector", "S1", chain, care)]


def test_finds_a_chain_of_custody_whole():
    assert _breaks(_chain) == []
    assert (holder("inspector", _chain), holder("inspector", [])) == ("bench", "inspector")


@pytest.mark.parametrize(
    ("place", "change", "found"),
    [
        (0, {"giver": "somebody"}, [(0, "another_giver")]),
        (1, {"seal": "S9"}, [(1, "another_seal")]),
        (1, {"new_seal": ""}, [(2, "another_seal")]),
        (1, {"whole": False}, [(1, "seal_broken")]),
        (0, {"at": NOON - HOUR}, [(0, "before_the_last")]),
        (2, {"at": NOON + 9 * HOUR + timedelta(seconds=1)}, [(2, "too_long")]),
        (2, {"at": NOON + 9 * HOUR}, []),
        (1, {"celsius": d("5.1")}, [(1, "temperature")]),
        (1, {"celsius": d("-0.1")}, [(1, "temperature")]),
        (1, {"celsius": None}, [(1, "not_measured")]),
    ],
)
def test_finds_where_a_chain_of_custody_breaks(place, change, found):
    chain = list(_chain)
    chain[place] = chain[place]._replace(**change)
    assert _breaks(chain) == found


def test_asks_no_temperature_of_what_needs_none():
    warm = [one._replace(celsius=None) for one in _chain]
    assert _breaks(warm, Care(6 * HOUR)) == []
    assert _breaks(warm) == [(n, "not_measured") for n in range(3)]


@given(st.integers(0, 2))
def test_never_finds_a_chain_whole_that_lacks_a_link(gone):
    chain = [one for n, one in enumerate(_chain) if n != gone]
    assert _breaks(chain) or gone == 2  # without the last the sample is still with the desk


@pytest.mark.parametrize(
    ("sizes", "total", "given"),
    [
        ({"a": 60, "b": 30, "c": 10}, 10, {"a": 5, "b": 3, "c": 2}),
        ({"a": 98, "b": 1, "c": 1}, 4, {"a": 2, "b": 1, "c": 1}),
        ({"a": 5, "b": 5, "c": 5}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 2, "b": 0}, 9, {"a": 2}),
        ({}, 3, {}),
        ({"a": 3}, 0, {"a": 0}),
    ],
)
def test_allots_samples_by_size(sizes, total, given):
    assert allotted(sizes, total) == given


_sizes = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 50), max_size=6)


@given(_sizes, st.integers(0, 200))
def test_allots_all_and_never_more_than_there_is(sizes, total):
    given_ = allotted(sizes, total)
    assert sum(given_.values()) == min(total, sum(sizes.values()))
    assert all(0 <= given_[name] <= sizes[name] for name in given_)
    if total >= len(given_):
        assert all(given_.values())


@given(st.text("xyz", max_size=4), st.integers(0, 12))
def test_draws_the_same_from_the_same_seed(seed, total):
    parts = {"stalls": [f"s{n}" for n in range(7)], "halls": ["h1", "h2"]}
    mixed = {name: codes[::-1] for name, codes in reversed(parts.items())}
    taken = drawn(seed, parts, total)
    assert taken == drawn(seed, mixed, total)
    assert len(set(taken)) == len(taken) == min(total, 9)


def test_draws_by_lot():
    parts = {"stalls": ["s1", "s2", "s3", "s4"], "halls": ["h1", "h2"]}
    draws = {tuple(drawn(f"{n}", parts, 3)) for n in range(40)}
    assert {code for one in draws for code in one} == {"s1", "s2", "s3", "s4", "h1", "h2"}
    with pytest.raises(ValueError, match="twice"):
        drawn("seed", {"a": ["s1"], "b": ["s1"]}, 1)


def test_lets_a_sample_go_its_way_only():
    assert may_step(PLANNED, TAKEN)
    assert may_step(TESTED, IN_TEST)  # a retest
    assert not may_step(PLANNED, RECEIVED)
    assert not may_step(TAKEN, IN_TEST)
    assert {state for edge in edges() for state in edge} == set(STATES)


def test_keeps_the_sealed_part_while_it_may_be_asked_for():
    until = date(2026, 12, 21)

    def may(state, to, today, *, disputed=False):
        return may_counter_step(state, to, disputed=disputed, keep_until=until, today=today)

    before = until - timedelta(days=1)
    assert may(SEALED, SENT, before)
    assert may(SENT, OPENED, before)
    assert not may(SEALED, OPENED, before)
    assert not may(SEALED, DESTROYED, before)
    assert may(SEALED, DESTROYED, until)
    assert not may(SEALED, DESTROYED, until, disputed=True)
    assert not may(DESTROYED, SEALED, until)

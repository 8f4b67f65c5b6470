"""Marks of entries, results, questions of a visit, texts that tell who somebody is, and who is brought together."""

from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.rules import entries, judging, pairing, telling, visits

DAY = date(2026, 11, 22)
NUMBERS = st.integers(entries.FIRST, entries.LAST)


def keyed(said, key="house"):
    return sha256(f"{key}{said}".encode()).hexdigest()


@given(NUMBERS, NUMBERS)
def test_believes_the_mark_of_one_entry_alone(number, other):
    mark = entries.mark_of("7K3M-92QD", number, keyed)

    assert entries.is_mark(mark.replace(" ", ""), "7K3M-92QD", number, keyed)
    assert entries.is_mark(mark, "7K3M-92QD", other, keyed) == (number == other)
    assert not entries.is_mark(mark, "7K3M-92QE", number, keyed)
    assert not entries.is_mark(mark, "7K3M-92QD", number, lambda said: keyed(said, "guess"))
    assert not entries.is_mark("", "7K3M-92QD", number, keyed)


def test_reads_a_mark_in_any_scripts_digits():
    mark = entries.mark_of("7K3M-92QD", 12345, keyed)
    arabic = mark.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})

    assert len(mark.replace(" ", "")) == 16
    assert entries.is_mark(arabic, "7K3M-92QD", 12345, keyed)


@given(st.sets(NUMBERS, max_size=30))
def test_shows_each_judge_every_work_in_an_order_of_their_own(numbers):
    one = entries.order_for("甲", numbers)

    assert sorted(one) == sorted(numbers)
    assert entries.order_for("甲", sorted(numbers, reverse=True)) == one


def test_gives_two_judges_two_orders():
    numbers = range(10_000, 10_020)

    assert entries.order_for("甲", numbers) != entries.order_for("乙", numbers)


POINTS = st.dictionaries(
    NUMBERS, st.lists(st.integers(0, 100), min_size=2, max_size=2), min_size=1, max_size=12
)


@given(POINTS)
def test_places_by_the_mean_and_says_equal_is_equal(points):
    placed = judging.result(points)

    assert {one.number for one in placed} == set(points)
    for one in placed:
        assert one.mean == Fraction(sum(points[one.number]), 2)
        assert one.place == 1 + sum(other.mean > one.mean for other in placed)
        assert one.shared == any(
            other.mean == one.mean and other.number != one.number for other in placed
        )


def test_leaves_out_the_place_after_a_shared_one():
    placed = judging.result({1: [90], 2: [90], 3: [80]})

    assert [(one.number, one.place, one.shared) for one in placed] == [
        (1, 1, True), (2, 1, True), (3, 3, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("judges", "complete"),
    [
        ({1: ["甲", "乙"], 2: ["乙", "甲"]}, True),
        ({1: ["甲"], 2: []}, False),
        ({1: ["甲"], 2: ["乙"]}, False),
        ({1: [], 2: []}, False),
        ({}, False),
    ],
)
def test_wants_every_judge_to_judge_every_work(judges, complete):
    assert judging.is_complete(judges) == complete


@given(st.sets(st.integers(1, 500), min_size=1), st.integers(1, 20))
def test_draws_as_many_questions_as_there_are_each_once(bank, count):
    drawn = visits.drawn(bank, count)

    assert len(drawn) == len(set(drawn)) == min(count, len(bank))
    assert set(drawn) <= bank


def test_draws_every_question_in_time():
    seen = {visits.drawn(range(5), 1) for _ in range(400)}

    assert seen == {(n,) for n in range(5)}


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20))
def test_reads_back_the_visit_that_was_given(questions):
    visit = visits.Visit("7K3M-92QD", DAY, tuple(questions))
    text = visits.written(visit, keyed)

    assert visits.read(text, keyed) == visit
    assert visits.written(visit, keyed) != text
    assert visits.read(text.replace(f".{questions[0]}", f".{questions[0] + 1}", 1), keyed) is None
    assert visits.read(text, lambda said: keyed(said, "guess")) is None


@pytest.mark.parametrize("text", ["", "x", "....", "a" * 99])
def test_reads_no_visit_where_none_is(text):
    assert visits.read(text, keyed) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我叫王小明，今年九岁。", ["name"]),
        ("作者：李雷", ["name"]),
        ("My name is Ada.", ["name"]),
        ("请打 139 0000 1111 找我", ["phone"]),
        ("电话0937-6220000", ["phone"]),
        ("证件 62020019900307123X", ["card"]),
        ("write to ada@example.org", ["address"]),
        ("微信号：linli2026", ["address"]),
        ("我是一个爱写字的人，楼下的灯总是亮着。", []),
        ("2026年11月22日，第12届。", []),
        ("", []),
    ],
)
def test_notices_what_tells_who_somebody_is(text, kinds):
    assert telling.tells_who(text) == kinds


FREE = st.builds(
    pairing.Free,
    code=st.text("ABCDEFGH", min_size=3, max_size=3),
    place=st.integers(1, 2),
    times=st.frozensets(st.sampled_from([0, 1, 2]), min_size=1),
    since=st.integers(0, 5).map(lambda days: DAY + timedelta(days=days)),
)
SIDES = st.lists(FREE, max_size=6, unique_by=lambda one: one.code)


def largest(ways):
    """The largest number of pairs, by trying all; `ways`: (wanted, offered) that suit."""
    for size in range(min(len({w for w, _ in ways}), len({o for _, o in ways})), 0, -1):
        for some in combinations(ways, size):
            if len({w for w, _ in some}) == len({o for _, o in some}) == size:
                return size
    return 0


@given(SIDES, SIDES)
def test_brings_together_by_place_and_time_as_many_as_can_be(wanted, offered):
    found = pairing.matches(wanted, offered)
    seekers = {one.code: one for one in wanted}
    givers = {one.code: one for one in offered}

    for one in found:
        seeker, giver = seekers[one.wanted], givers[one.offered]
        assert seeker.place == giver.place
        assert set(one.times) == seeker.times & giver.times != set()
    assert len({one.wanted for one in found}) == len({one.offered for one in found}) == len(found)
    ways = [
        (w.code, o.code)
        for w in wanted
        for o in offered
        if w.place == o.place and w.times & o.times
    ]
    if len(ways) <= 14:
        assert len(found) == largest(ways)


@given(SIDES, SIDES, st.randoms())
def test_never_leaves_out_who_waits_longer(wanted, offered, chance):
    """In order of waiting, each of whom a larger set could serve is served: taking one in leaves none before out."""
    order = sorted(wanted, key=lambda one: (one.since, one.code))
    served = {one.wanted for one in pairing.matches(wanted, offered)}

    for count in range(1, len(order) + 1):
        among = order[:count]
        assert {one.wanted for one in pairing.matches(among, offered)} == served & {
            one.code for one in among
        }
    mixed = [*wanted]
    chance.shuffle(mixed)
    assert pairing.matches(mixed, offered) == pairing.matches(wanted, offered)


def test_never_proposes_a_pair_again():
    one, two = (pairing.Free(code, 1, frozenset({3}), DAY) for code in ("AAA", "BBB"))

    assert pairing.matches([one], [two]) == [pairing.Match("AAA", "BBB", (3,))]
    assert pairing.matches([one], [two], {("AAA", "BBB")}) == []


def test_knows_of_a_neighbour_nothing_but_place_time_and_waiting():
    assert pairing.Free._fields == ("code", "place", "times", "since")

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.contradictions import Said, contradict
from linli.facts.rules.intervals import BOUNDS, Interval, interval
from linli.facts.rules.periods import Period, of_iso


def said(period, value, bound="exact"):
    return Said(of_iso(period), interval(Decimal(value), bound))


@st.composite
def sayings(draw):
    start, length = draw(st.integers(1, 28)), draw(st.integers(1, 28))
    period = Period(date(2019, 1, start), date(2019, 2, length))
    return Said(period, interval(Decimal(draw(st.integers(0, 50))), draw(st.sampled_from(BOUNDS))))


@pytest.mark.parametrize(
    ("a", "b", "adds_up", "expected"),
    [
        # What does not add up holds on every day of its period.
        (("2019", 300), ("2019", 310), False, True),
        (("2019", 300), ("2019", 300), False, False),
        (("2019", 300), ("2020", 310), False, False),
        (("2019", 300), ("2018/2020", 310), False, True),
        (("2019", 300), ("2019", 300, "more_than"), False, True),
        (("2019", 300), ("2019", 320, "approx"), False, False),
        # What adds up: a part may be anything up to its whole.
        (("2019", 300), ("2019", 310), True, True),
        (("2019-03", 30), ("2019", 300), True, False),
        (("2019-03", 301), ("2019", 300), True, True),
        (("2019-03", 300), ("2019", 300), True, False),
        (("2019-03", 300, "more_than"), ("2019", 300), True, True),
        (("2019-03", 320, "approx"), ("2019", 300), True, False),
        (("2019-03", 10, "at_most"), ("2019", 300), True, False),
        # Periods that merely overlap say nothing of each other.
        (("2019-01/2019-06", 900), ("2019-04/2019-12", 10), True, False),
        # Losses: a part may well be larger.
        (("2019-03", 5), ("2019", -5), True, False),
    ],
)
def test_tells_what_cannot_both_be_true(a, b, adds_up, expected):
    assert contradict(said(*a), said(*b), adds_up=adds_up) is expected
    assert contradict(said(*b), said(*a), adds_up=adds_up) is expected


@given(sayings(), sayings(), st.booleans())
def test_contradicts_both_ways_or_neither(a, b, adds_up):
    assert contradict(a, b, adds_up=adds_up) is contradict(b, a, adds_up=adds_up)


@given(sayings(), st.booleans())
def test_never_contradicts_itself(a, adds_up):
    assert not contradict(a, a, adds_up=adds_up)


@given(sayings(), sayings(), st.integers(0, 60), st.booleans())
def test_never_contradicts_when_one_value_fits_both(a, b, point, adds_up):
    """Fog is respected: a value that both allow makes both true, whatever the periods."""
    point = Decimal(point)

    def fits(values: Interval):
        above = values.low is None or point > values.low or (values.low_in and point == values.low)
        return above and (
            values.high is None or point < values.high or (values.high_in and point == values.high)
        )

    if fits(a.values) and fits(b.values):
        assert not contradict(a, b, adds_up=adds_up)


@given(sayings(), sayings())
def test_is_stricter_with_what_does_not_add_up(a, b):
    if contradict(a, b, adds_up=True):
        assert contradict(a, b, adds_up=False)


@given(sayings(), sayings(), st.booleans())
def test_says_less_when_the_fog_is_thicker(a, b, adds_up):
    """A statement with an end taken away contradicts nothing new."""
    wider = Said(a.period, a.values._replace(high=None, high_in=False))

    if contradict(wider, b, adds_up=adds_up):
        assert contradict(a, b, adds_up=adds_up)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_lets_every_true_story_stand(first, second, third):
    """Three months really counted, and their quarter: no two of these contradict."""
    told = [
        said("2019-01", first),
        said("2019-02", second),
        said("2019-03", third),
        said("2019-01/2019-02", first + second),
        said("2019-01/2019-03", first + second + third),
    ]

    assert not any(contradict(a, b, adds_up=True) for a in told for b in told)

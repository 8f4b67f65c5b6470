"""Working days of the place: holidays, the weekends that make up for them, and years not yet announced."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.working_days import (
    add_working_days,
    days_left,
    due_at,
    is_announced,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday that makes up for it
        (date(2026, 10, 11), False),  # the Sunday after
        (date(2026, 9, 20), True),  # a Sunday that makes up
        (date(2026, 2, 17), False),  # the first day of the year of the horse
        (date(2026, 2, 14), True),  # the Saturday before it
        (date(2026, 5, 9), True),
        (date(2026, 11, 20), True),  # a Friday like any other
        (date(2026, 11, 21), False),
    ],
)
def test_knows_holidays_and_the_days_that_make_up(day, works):
    assert is_working_day(day) is works


def test_counts_over_national_day():
    wednesday = date(2026, 9, 30)

    assert add_working_days(wednesday, 1) == date(2026, 10, 8)
    assert add_working_days(wednesday, 3) == date(2026, 10, 10)
    assert add_working_days(wednesday, 4) == date(2026, 10, 12)
    assert working_days_between(wednesday, date(2026, 10, 11)) == 3


def test_has_weekends_only_in_a_year_without_announcement():
    assert [is_announced(year) for year in (2025, 2026, 2040)] == [True, True, False]
    assert is_working_day(date(2040, 10, 1))  # National Day, and a Monday
    assert not is_working_day(date(2040, 10, 6))
    assert add_working_days(date(2040, 9, 28), 5) == date(2040, 10, 5)


def test_is_due_when_offices_close():
    # 01:30 in the office on the 30th is still the 29th in London.
    night = datetime(2026, 9, 29, 17, 30, tzinfo=UTC)

    due = due_at(night, 1)

    assert timezone.localtime(due).isoformat() == "2026-10-08T18:00:00+08:00"


def test_says_how_many_days_are_left():
    due = due_at(datetime(2026, 9, 30, 2, tzinfo=UTC), 3)

    def left(day, hour=4):
        return days_left(due, datetime(2026, *day, hour, tzinfo=UTC))

    assert [left((9, 30)), left((10, 5)), left((10, 8)), left((10, 10)), left((10, 10), 15)] == [
        3,
        3,
        2,
        0,
        0,
    ]
    assert [left((10, 11)), left((10, 12)), left((10, 13))] == [0, -1, -2]


@given(DAYS, COUNTS)
def test_ends_on_a_working_day_so_many_later(day, count):
    end = add_working_days(day, count)

    assert working_days_between(day, end) == count
    assert is_working_day(end) or count == 0
    assert count == 0 or working_days_between(day, end - timedelta(days=1)) == count - 1


@given(DAYS, COUNTS, COUNTS)
def test_adds_up(day, some, more):
    assert add_working_days(add_working_days(day, some), more) == add_working_days(day, some + more)


@given(DAYS, st.integers(-60, 60), st.integers(-60, 60))
def test_counts_the_same_over_any_way(day, first, second):
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)

    whole = working_days_between(day, middle) + working_days_between(middle, end)
    assert whole == working_days_between(day, end) == -working_days_between(end, day)


@given(DAYS, COUNTS)
def test_has_the_days_left_that_were_given(day, count):
    at = datetime.combine(day, time(9), timezone.get_current_timezone())

    assert days_left(due_at(at, count), at) == count
    assert due_at(at, count) > at


@given(st.integers(2004, 2026))
def test_works_about_two_hundred_and_fifty_days_a_year(year):
    days = working_days_between(date(year - 1, 12, 31), date(year, 12, 31))

    assert 244 <= days <= 254

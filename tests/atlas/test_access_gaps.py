"""When nobody serves, which day a weekday means, and what one more clerk or hour would change."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.atlas.rules.access.buses import Network
from linli.atlas.rules.access.counters import Asked
from linli.atlas.rules.access.days import plain_day, plain_week
from linli.atlas.rules.access.effects import CLERK, HOUR, effects, possible, with_it
from linli.atlas.rules.access.gaps import (
    AT_EVENING,
    AT_LUNCH,
    AT_MORNING,
    WHOLE_DAY,
    holes_of_day,
    holes_of_week,
    next_served,
)
from linli.atlas.rules.access.minutes import Reckoning
from linli.kernel.working_days import is_working_day
from tests.town.atlas_access import DAY, counter, ground

UG = Asked(2, time(10), "ug")
HALL = counter("A", (1, 1), speaks=("ug",))
EAST = counter("B", (1, 6), opened=((time(9), time(20)),))
LAWYER = counter(
    "C", (1, 3), speaks=("ug",), windows={"S1": None, "S2": (((time(19), time(20)),),) * 7}
)


def reckoning():
    return Reckoning(Network(ground()))


def test_serves_who_comes_at_opening_and_not_who_comes_at_closing():
    hours = [time(8, 59), time(9), time(11, 59), time(12)]

    assert [HALL.serves(UG._replace(hour=hour)) for hour in hours] == [False, True, True, False]
    assert not EAST.serves(UG)
    assert EAST.serves(UG._replace(language=""))


def test_counts_speaking_by_telephone_only_when_that_will_do():
    by_phone = counter("P", (1, 1))
    by_phone = with_it(
        possible([by_phone], UG._replace(modes=frozenset({"phone"})))[0],
        UG._replace(modes=frozenset({"phone"})),
    )

    assert not by_phone.serves(UG)
    assert by_phone.serves(UG._replace(modes=frozenset({"in_person", "phone"})))


def test_keeps_a_windows_own_hours_for_its_service():
    asked = UG._replace(service="S2")

    assert not LAWYER.is_open(asked)
    assert LAWYER.is_open(asked._replace(hour=time(19)))
    assert LAWYER.is_open(UG._replace(service="S1"))
    assert not LAWYER.is_open(UG._replace(service="S9"))


def test_finds_every_stretch_without_anybody_and_what_it_lacks():
    found = holes_of_day([HALL, EAST], UG)

    assert [(one.begins, one.ends, one.kind, one.open_elsewise) for one in found] == [
        (time(8), time(9), AT_MORNING, False),
        (time(12), time(14), AT_LUNCH, True),
        (time(18), time(21), AT_EVENING, True),
    ]
    assert {one.kind for one in holes_of_week([EAST], UG)} == {WHOLE_DAY}
    assert (
        holes_of_day(
            [counter("A", (1, 1), opened=((time(7), time(22)),))], UG._replace(language="")
        )
        == []
    )


def test_says_when_somebody_serves_next():
    sunday = UG._replace(weekday=6, hour=time(20))
    shut = counter("D", (1, 1), speaks=("ug",), opened=())

    assert next_served([HALL, EAST], UG._replace(hour=time(12))) == (2, time(14), HALL)
    assert next_served([HALL], sunday) == (0, time(9), HALL)
    assert next_served([shut, EAST], UG) is None


def test_offers_a_clerk_where_it_is_open_and_an_hour_where_it_is_spoken():
    lunch, night = UG._replace(hour=time(12, 30)), UG._replace(hour=time(20))

    assert [one.code for one in possible([HALL, EAST], UG)] == ["clerk-B"]
    assert [(one.kind, one.span) for one in possible([HALL, EAST], lunch)] == [
        (HOUR, (time(12), time(13))), (CLERK, None),
    ]  # fmt: skip
    assert possible([HALL, EAST], night) == []
    assert possible([HALL], UG._replace(hour=time(8)))[0].span == (time(8), time(9))


def test_reckons_what_a_clerk_would_change():
    one = effects([HALL, EAST], UG, reckoning(), 20)[0]

    assert one.change.code == "clerk-B"
    # Columns 4 to 6 have a shorter way; of three rows, six squares come within twenty minutes.
    assert (one.nearer, one.shorter) == (6, 9)
    assert one.saved == sum(before - after for before, after in _ways())
    # Nobody served over lunch and from six: the east is open then, until eight.
    assert one.closed == 120 + 120


def _ways():
    town = ground()
    for square in town.squares:
        east, hall = (town.on_foot(square, there.square) for there in (EAST, HALL))
        if east < hall:
            yield hall, east


def test_says_honestly_when_nothing_changes():
    twin = counter("Z", (1, 1), opened=DAY)
    found = effects([HALL, twin], UG, reckoning(), 20)

    assert [(one.nearer, one.shorter, one.saved, one.closed) for one in found] == [(0, 0, 0, 0)]


SPANS = st.lists(st.integers(8, 20), min_size=2, max_size=4, unique=True).map(
    lambda hours: tuple(
        (time(a), time(b)) for a, b in zip(sorted(hours)[::2], sorted(hours)[1::2], strict=False)
    )
)
COUNTERS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 6), SPANS, st.booleans()), min_size=1, max_size=6
).map(
    lambda rows: [
        counter(f"C{n}", (row, column), opened=spans, speaks=("ug",) if speaks else ())
        for n, (row, column, spans, speaks) in enumerate(rows)
    ]
)


@given(COUNTERS, st.integers(8, 20))
def test_every_change_serves_at_the_hour_and_makes_no_way_longer(counters, hour):
    asked, streets = UG._replace(hour=time(hour)), reckoning()
    before = streets.nearest(one for one in counters if one.serves(asked))
    for one in effects(counters, asked, streets, 20):
        assert with_it(one.change, asked).serves(asked)
        assert not one.change.counter.serves(asked)
        assert one.closed >= 0
        assert all(
            one.reached[square].journey.minutes <= found.journey.minutes
            for square, found in before.items()
        )


def test_means_the_next_such_day_that_is_no_holiday():
    # The first days of October 2026 are a holiday, and the Sunday before and the Saturday after are worked.
    eve = date(2026, 9, 30)

    assert plain_day(2, eve, is_working_day) == eve
    assert plain_day(3, eve, is_working_day) == date(2026, 10, 8)
    assert plain_day(5, eve, is_working_day) not in (date(2026, 10, 3), date(2026, 10, 10))


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 6))
def test_means_a_day_of_that_weekday_not_before_today(today, weekday):
    day = plain_day(weekday, today, is_working_day)

    assert day.weekday() == weekday
    assert today <= day < today + timedelta(days=42)
    assert plain_week(today, is_working_day)[weekday] == day


@pytest.mark.parametrize("hour", [0, 23])
def test_an_hour_more_never_passes_midnight(hour):
    late = counter("L", (1, 1), speaks=("ug",), opened=((time(0, 30), time(22, 30)),))
    found = possible([late], UG._replace(hour=time(hour)))

    assert [one.span for one in found] == (
        [(time(0), time(0, 30))] if not hour else [(time(22, 30), time(23, 30))]
    )

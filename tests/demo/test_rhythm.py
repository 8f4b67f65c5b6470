"""Days of a town: offices rest, people ask more on working days, and more from year to year."""

from collections import Counter
from datetime import date
from statistics import mean, median

from linli.demo.city.rhythm import SPAN, Chance
from linli.kernel.working_days import is_working_day

TODAY = date(2026, 11, 21)
MANY = 4000


def chance(*named):
    return Chance.of(2026, TODAY, *named)


def test_tells_the_same_days_of_the_same_name_and_others_of_another():
    first, second = chance("asked"), chance("asked")
    days = [first.day() for _ in range(20)]

    assert [second.day() for _ in range(20)] == days
    assert [chance("held").day() for _ in range(20)] != days


def test_rests_when_offices_rest_and_grows():
    days = [chance_.day() for chance_ in [chance("days")] for _ in range(MANY)]
    working = Counter(is_working_day(day) for day in days)

    assert all(0 < (TODAY - day).days <= SPAN for day in days)
    assert 0.85 < working[True] / MANY < 0.95
    assert sum((TODAY - day).days <= SPAN // 2 for day in days) / MANY > 0.53


def test_works_on_working_days_alone():
    some = chance("work")

    assert all(is_working_day(some.day(at_work=True, until=10)) for _ in range(MANY))


def test_leaves_the_last_days_out():
    some = chance("until")

    assert min((TODAY - some.day(until=30)).days for _ in range(MANY)) > 30


def test_is_mostly_short_and_seldom_long():
    some = chance("long")
    lengths = [some.long(2.0) for _ in range(MANY)]

    assert 1.9 < median(lengths) < 2.1 < mean(lengths)
    assert max(lengths) > 8

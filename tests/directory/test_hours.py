"""When a place is open: rules of days, holidays, the days worked to make up for them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.rules import hours
from linli.kernel.working_days import is_working_day

MORNING, NOON, EVENING = time(9), time(12), time(17, 30)
WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


@dataclass
class Rule:
    rrule: str = WEEK
    starts_on: date = date(2024, 1, 1)
    valid_until: date | None = None
    opens_at: time = MORNING
    closes_at: time = EVENING
    days_off: str = "closed"


def moment(day, hour):
    return datetime.combine(day, hour)


def spans(day, *rules):
    return hours.open_spans(rules or (Rule(),), day, is_working_day)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 1, 1), False),  # New Year, a Thursday
        (date(2026, 1, 2), False),  # the Friday after, off too
        (date(2026, 1, 4), True),  # a Sunday, worked for it
        (date(2026, 1, 5), True),
        (date(2026, 1, 10), False),  # a plain Saturday
        (date(2026, 2, 14), True),  # Saturday worked for the Spring Festival
        (date(2026, 2, 17), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday worked for the Spring Festival
    ],
)
def test_opens_on_working_days_and_on_those_that_make_up_for_holidays(day, open_):
    assert spans(day) == ([(MORNING, EVENING)] if open_ else [])


def test_opens_on_holidays_where_days_off_change_nothing():
    always = Rule("FREQ=DAILY", days_off="open")

    assert spans(date(2026, 1, 1), always) == [(MORNING, EVENING)]
    assert spans(date(2026, 1, 1), Rule("FREQ=DAILY")) == []


def test_opens_a_weekend_window_on_a_plain_weekend_and_closes_it_in_a_holiday():
    weekend = Rule("FREQ=WEEKLY;BYDAY=SA,SU", opens_at=MORNING, closes_at=NOON)

    assert spans(date(2026, 1, 10), weekend) == [(MORNING, NOON)]
    assert spans(date(2026, 1, 3), weekend) == []  # Saturday within the New Year holiday
    assert spans(date(2026, 10, 4), weekend) == []  # Sunday within the National Day holiday


def test_opens_a_worked_saturday_like_a_friday_and_a_sunday_like_a_monday():
    friday = Rule("FREQ=WEEKLY;BYDAY=FR", closes_at=NOON)
    monday = Rule("FREQ=WEEKLY;BYDAY=MO")

    assert spans(date(2026, 2, 14), friday, monday) == [(MORNING, NOON)]
    assert spans(date(2026, 1, 4), friday, monday) == [(MORNING, EVENING)]


def test_leaves_monthly_and_dated_rules_out_of_the_days_that_make_up():
    first_friday = Rule("FREQ=MONTHLY;BYDAY=1FR")
    dated = Rule("FREQ=DAILY;COUNT=1", starts_on=date(2026, 2, 13))

    assert spans(date(2026, 2, 6), first_friday) == [(MORNING, EVENING)]
    assert spans(date(2026, 2, 14), first_friday, dated) == []
    assert spans(date(2026, 2, 13), dated) == [(MORNING, EVENING)]


def test_keeps_the_first_day_and_leaves_out_the_last():
    rule = Rule(starts_on=date(2026, 3, 3), valid_until=date(2026, 3, 5))

    assert [day for day in range(1, 8) if spans(date(2026, 3, day), rule)] == [3, 4]


def test_makes_one_of_stretches_that_touch():
    rules = (
        Rule(opens_at=NOON, closes_at=EVENING),
        Rule(opens_at=MORNING, closes_at=NOON),
        Rule(opens_at=time(19), closes_at=time(21)),
        Rule(opens_at=time(10), closes_at=time(11)),
    )

    assert spans(date(2026, 3, 3), *rules) == [(MORNING, EVENING), (time(19), time(21))]


def test_closes_at_closing_time_and_says_when_it_opens_next():
    rules = [Rule()]

    assert hours.is_open(rules, moment(date(2026, 9, 30), time(9, 0)), is_working_day)
    assert not hours.is_open(rules, moment(date(2026, 9, 30), time(17, 30)), is_working_day)
    found = hours.next_opening(rules, moment(date(2026, 9, 30), time(9, 0)), is_working_day)
    assert found == hours.Opening(date(2026, 10, 8), MORNING, EVENING)
    found = hours.next_opening(rules, moment(date(2026, 10, 8), time(8, 59)), is_working_day)
    assert found.day == date(2026, 10, 8)


def test_says_nothing_when_a_place_opens_no_more():
    over = Rule(valid_until=date(2026, 3, 1))

    assert hours.next_opening([over], moment(date(2026, 3, 1), time(8, 0)), is_working_day) is None
    assert hours.next_opening([], moment(date(2026, 3, 1), time(8, 0)), is_working_day) is None


@pytest.mark.parametrize(
    "rrule",
    [
        "", "FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=WEEKLY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=XX", "BYDAY=MO",
        "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20260101", "FREQ=WEEKLY\nRRULE:FREQ=DAILY", "FREQ=MONTHLY;BYDAY=", "每周一",
        "FREQ=WEEKLY;INTERVAL=-1", "FREQ=MONTHLY;BYMONTH=13", "DTSTART=20260101",
    ],
)  # fmt: skip
def test_refuses_what_is_no_rule_of_days(rrule):
    assert hours.rule_fault(rrule) == "not_a_rule_of_days"


@pytest.mark.parametrize(
    "rrule",
    [WEEK, "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", "FREQ=DAILY;COUNT=1"],
)  # fmt: skip
def test_takes_weekly_monthly_and_dated_rules(rrule):
    assert hours.rule_fault(rrule) == ""


@given(st.sets(st.integers(0, 6), min_size=1))
def test_reads_back_the_weekdays_it_writes(days):
    rrule = hours.weekly(days)

    assert hours.weekdays_of(rrule) == tuple(sorted(days))
    assert hours.rule_fault(rrule) == ""


@given(
    st.lists(
        st.builds(
            Rule,
            rrule=st.sampled_from([WEEK, "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SA", "FREQ=MONTHLY;BYDAY=1TU"]),
            opens_at=st.sampled_from([time(8), time(9), time(13)]),
            closes_at=st.sampled_from([time(14), time(17), time(20)]),
            days_off=st.sampled_from(["closed", "open"]),
        ),
        max_size=4,
    ),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)  # fmt: skip
def test_gives_stretches_in_order_that_never_touch_and_that_are_found_open(rules, day):
    found = hours.open_spans(rules, day, is_working_day)

    assert all(opens < closes for opens, closes in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    for opens, closes in found:
        assert hours.is_open(rules, datetime.combine(day, opens), is_working_day)
        inside = any(a <= closes < b for a, b in found)
        assert hours.is_open(rules, datetime.combine(day, closes), is_working_day) == inside


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_finds_as_next_opening_the_first_day_that_has_one(day):
    found = hours.next_opening([Rule()], datetime.combine(day, time(23)), is_working_day)

    between = ((day + timedelta(days=n)) for n in range(1, (found.day - day).days))
    assert found.day > day
    assert [other for other in between if spans(other)] == []
    assert spans(found.day)


def vectors(text):
    """Yield the rules of days among the vectors, with the day they start on and those they name."""
    for block in text.split("\n\n"):
        said = dict(line.partition(":")[::2] for line in block.splitlines() if ":" in line)
        if "INSTANCES" not in said or hours.rule_fault(said["RRULE"]):
            continue
        found = re.findall(r"(\d{4})(\d{2})(\d{2})", said["INSTANCES"])
        days = [date(*map(int, one)) for one in found]
        start = date(*map(int, re.match(r"(\d{4})(\d{2})(\d{2})", said["DTSTART"]).groups()))
        yield said["RRULE"], start, days


def test_expands_the_rules_of_the_outside_vectors(shared):
    text = (shared / "conformance/icalendar/icalrecur_test.txt").read_text()
    checked = 0
    for rrule, start, days in vectors(text):
        years = range(start.year, max(days).year + 1)
        expanded = sorted(day for year in years for day in hours.days_of(rrule, start, year))
        assert expanded[: len(days)] == days, rrule
        checked += 1

    assert checked >= 50

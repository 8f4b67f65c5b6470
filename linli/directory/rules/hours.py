"""When a place is open: recurrence rules (RFC 5545), public holidays, and the days worked to make up for them.

Which days are worked is told from outside (`works`), so that the same rules hold for any calendar.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from dateutil.rrule import rruleset, rrulestr

WorkingDay = Callable[[date], bool]
Span = tuple[time, time]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SATURDAY = 5
HORIZON = 62  # days that `next_opening` looks ahead
_A_DAY = timedelta(days=1)
_LONGEST_HOLIDAY = 16  # days: no run of days off is longer
_WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
# What each part may say; with an interval of nought, or in a month 13, a rule would search for ever.
_VALUES = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "WKST": re.compile(_WEEKDAY),
    "BYDAY": re.compile(rf"([-+]?[1-5]?{_WEEKDAY}(,(?!$)|$))+"),
    "BYMONTH": re.compile(r"((1[0-2]|[1-9])(,(?!$)|$))+"),
    "BYMONTHDAY": re.compile(r"([-+]?(3[01]|[12]\d|[1-9])(,(?!$)|$))+"),
    "BYSETPOS": re.compile(r"-?[1-9]"),
}
_BY_FREQUENCY = {
    "DAILY": {"BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
NOT_OF_DAYS = "not_a_rule_of_days"
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6}Z?)?")


class OpeningRule(Protocol):
    """One rule of opening hours, from `starts_on` until (not including) `valid_until`."""

    @property
    def rrule(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def opens_at(self) -> time: ...
    @property
    def closes_at(self) -> time: ...
    @property
    def days_off(self) -> str: ...


class Opening(NamedTuple):
    """One stretch of a day in which a place is open."""

    day: date
    opens_at: time
    closes_at: time


def rule_fault(rrule: str) -> str:
    """Return why `rrule` is no rule of days that we keep, or "" when it is one.

    Hours within a day stand in opens_at and closes_at; a rule that repeats by the hour is none of ours.
    """
    parts: dict[str, str] = {}
    for written in rrule.split(";"):
        name, _, value = written.partition("=")
        if name not in _VALUES or name in parts or not _VALUES[name].fullmatch(value):
            return NOT_OF_DAYS
        parts[name] = value
    by = {name for name in parts if name.startswith("BY")}
    if not by <= _BY_FREQUENCY.get(parts.get("FREQ", ""), set()) or {"COUNT", "UNTIL"} <= {*parts}:
        return NOT_OF_DAYS
    # A day of the month without its month is read in two ways: not kept.
    if parts["FREQ"] == "YEARLY" and "BYMONTHDAY" in by and "BYMONTH" not in by:
        return NOT_OF_DAYS
    try:
        first = next(iter(_parsed(rrule, date(2000, 1, 1))), None)
    except ValueError:
        first = None
    return "" if first else NOT_OF_DAYS


def weekly(days: Iterable[int]) -> str:
    """Return the rule "every week on these days"; 0 is Monday."""
    return "FREQ=WEEKLY;BYDAY=" + ",".join(DAYS[day] for day in sorted(set(days)))


def weekdays_of(rrule: str) -> tuple[int, ...] | None:
    """Return the weekdays of a rule that says nothing but "every week on these days", else None."""
    parts = dict(part.partition("=")[::2] for part in rrule.split(";"))
    named = parts.get("BYDAY", "").split(",")
    if parts.get("FREQ") != "WEEKLY" or parts.get("INTERVAL", "1") != "1":
        return None
    if not parts.keys() <= {"FREQ", "BYDAY", "INTERVAL", "WKST"}:
        return None
    return tuple(DAYS.index(day) for day in named) if set(named) <= set(DAYS) else None


def occurs(rule: OpeningRule, day: date, works: WorkingDay) -> bool:
    """Say whether a rule opens the place on that day.

    A rule that is "closed" on days off is so on public holidays. On a weekend day that is worked to make up
    for a holiday its week holds as on the nearest weekday: a Saturday opens like a Friday, a Sunday like
    a Monday.
    """
    if day < rule.starts_on or (rule.valid_until and day >= rule.valid_until):
        return False
    said = _said(rule, day)
    if rule.days_off == "open":
        return said
    if works(day):
        return said or (day.weekday() >= SATURDAY and _stands_in(rule, day))
    return said and not is_holiday(day, works)


def is_holiday(day: date, works: WorkingDay) -> bool:
    """Say whether the day is off for a holiday, a plain weekend being none.

    A weekend day belongs to a holiday when the days off around it reach a weekday.
    """
    if works(day):
        return False
    if day.weekday() < SATURDAY:
        return True
    return any(_run_reaches_a_weekday(day, step, works) for step in (_A_DAY, -_A_DAY))


def open_spans(rules: Iterable[OpeningRule], day: date, works: WorkingDay) -> list[Span]:
    """Return the stretches in which a place is open on a day, in order, those that touch made one."""
    spans = sorted((rule.opens_at, rule.closes_at) for rule in rules if occurs(rule, day, works))
    merged: list[Span] = []
    for opens_at, closes_at in spans:
        if merged and opens_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes_at))
        else:
            merged.append((opens_at, closes_at))
    return merged


def is_open(rules: Iterable[OpeningRule], at: datetime, works: WorkingDay) -> bool:
    """Say whether a place is open at a moment of its own time zone. At closing time it is closed."""
    return any(
        opens_at <= at.time() < closes_at
        for opens_at, closes_at in open_spans(rules, at.date(), works)
    )


def next_opening(
    rules: Iterable[OpeningRule], at: datetime, works: WorkingDay, *, days: int = HORIZON
) -> Opening | None:
    """Return the first stretch that begins after `at`, or None when none does within so many days."""
    known = list(rules)
    for day in (at.date() + timedelta(days=n) for n in range(days + 1)):
        for opens_at, closes_at in open_spans(known, day, works):
            if day > at.date() or opens_at > at.time():
                return Opening(day, opens_at, closes_at)
    return None


def openings(
    rules: Iterable[OpeningRule], first: date, until: date, works: WorkingDay
) -> Iterator[Opening]:
    """Yield every stretch from `first` until (not including) `until`."""
    known = list(rules)
    for n in range((until - first).days):
        day = first + timedelta(days=n)
        for opens_at, closes_at in open_spans(known, day, works):
            yield Opening(day, opens_at, closes_at)


def days_of(rrule: str, starts_on: date, year: int) -> frozenset[date]:
    """Return the days of one year that a rule names, holidays not considered."""
    return _days_of(rrule, starts_on, year)


def _said(rule: OpeningRule, day: date) -> bool:
    return day in _days_of(rule.rrule, rule.starts_on, day.year)


def _stands_in(rule: OpeningRule, day: date) -> bool:
    near = day - _A_DAY if day.weekday() == SATURDAY else day + _A_DAY
    week = weekdays_of(rule.rrule)
    return week is not None and near.weekday() in week


def _run_reaches_a_weekday(day: date, step: timedelta, works: WorkingDay) -> bool:
    for _ in range(_LONGEST_HOLIDAY):
        day += step
        if works(day):
            return False
        if day.weekday() < SATURDAY:
            return True
    return False


@lru_cache(maxsize=4096)
def _days_of(rrule: str, starts_on: date, year: int) -> frozenset[date]:
    first, last = datetime(year, 1, 1), datetime(year, 12, 31, 23)  # noqa: DTZ001 - days, no moments
    return frozenset(one.date() for one in _parsed(rrule, starts_on).between(first, last, inc=True))


def _parsed(rrule: str, starts_on: date) -> rruleset:
    # An end is a day: whatever hour of it somebody's program has written.
    days_only = _UNTIL.sub(r"UNTIL=\1T235959", rrule)
    return rrulestr(days_only, dtstart=datetime.combine(starts_on, time()))

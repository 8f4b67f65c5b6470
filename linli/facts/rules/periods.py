"""Periods of time: half-open, from the first day to the first day that no longer belongs. Pure.

Written as the reader writes them: 2019, 2020-02, 2019-03-05, 2016/2020 (both years whole).
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DAY = timedelta(days=1)
LAST_YEAR = 9998  # the last that has a day after it
_YEAR = r"(\d{4})\s*年?"
_MONTH = r"(\d{4})\s*(?:年|[./-])\s*(\d{1,2})\s*月?"
_TYPED = re.compile(rf"{_MONTH}(?:[./-]?\s*(\d{{1,2}})\s*日?)?")
_TYPED_YEARS = re.compile(rf"{_YEAR}\s*(?:[-–—~/至到]|to)\s*{_YEAR}", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:Q|第)\s*([1-4一二三四])\s*(?:季度?)?", re.IGNORECASE)


class Period(NamedTuple):
    """The days from `start` on, up to and without `until`."""

    start: date
    until: date


def year(number: int) -> Period:
    """Return one calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def month(of_year: int, number: int) -> Period:
    """Return one calendar month."""
    after = (of_year + 1, 1) if number == 12 else (of_year, number + 1)
    return Period(date(of_year, number, 1), date(*after, 1))


def of_iso(text: str) -> Period | None:
    """Return the period that ISO words mean; None for words without a year, an end, or a calendar."""
    first, slash, last = text.strip().partition("/")
    begins = _part(first)
    ends = _part(last) if slash else begins
    if begins is None or ends is None or ends.until <= begins.start:
        return None
    return Period(begins.start, ends.until)


@lru_cache(maxsize=4096)
def of_typed(text: str) -> Period | None:
    """Return the period that somebody typed into a table: ISO, 2019年3月, 2016-2020, 2019年第1季度."""
    text = text.strip()
    return of_iso(text.rstrip("年")) or _of_typed(text)


def shown(period: Period) -> str:
    """Return the shortest ISO words that mean exactly this period; `of_iso` reads them back."""
    start, last = period.start, period.until - _DAY
    if last < start:
        raise ValueError(f"not a period: {period}")
    for places, whole in ((1, _year_of), (2, _month_of), (3, _day_of)):
        if whole(start).start == start and whole(last).until == period.until:
            first, end = _iso(start, places), _iso(last, places)
            break
    return first if first == end else f"{first}/{end}"


def overlap(a: Period, b: Period) -> bool:
    """Say whether the two share a day."""
    return a.start < b.until and b.start < a.until


def within(part: Period, whole: Period) -> bool:
    """Say whether every day of `part` belongs to `whole`."""
    return whole.start <= part.start and part.until <= whole.until


def _part(text: str) -> Period | None:
    match = _PART.fullmatch(text)
    if not match:
        return None
    try:
        return _calendar(*(int(group) for group in match.groups() if group))
    except (ValueError, OverflowError):
        return None


def _calendar(of_year: int, of_month: int = 0, day: int = 0) -> Period:
    if of_year > LAST_YEAR:
        raise ValueError(of_year)
    if day:
        return _day_of(date(of_year, of_month, day))
    return month(of_year, of_month) if of_month else year(of_year)


def _of_typed(text: str) -> Period | None:
    if match := _TYPED_YEARS.fullmatch(text):
        return of_iso("/".join(match.groups()))
    if match := _TYPED.fullmatch(text):
        return _part("-".join(group.zfill(2) for group in match.groups() if group))
    if match := _QUARTER.fullmatch(text):
        return _quarter(int(match[1]), match[2])
    return None


def _quarter(of_year: int, number: str) -> Period:
    last = 3 * ("1234一二三四".index(number) % 4 + 1)
    return Period(month(of_year, last - 2).start, month(of_year, last).until)


def _iso(day: date, places: int) -> str:
    return "-".join(day.isoformat().split("-")[:places])


def _year_of(day: date) -> Period:
    return year(day.year)


def _month_of(day: date) -> Period:
    return month(day.year, day.month)


def _day_of(day: date) -> Period:
    return Period(day, day + _DAY)

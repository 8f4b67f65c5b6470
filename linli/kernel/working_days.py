"""Working days of the place: China's public holidays, and the weekend days that make up for them. Pure.

The State Council publishes a year's holidays late in the year before. Until the calendar package knows
them, a year has its weekends only: promised days then err on the side of the person who waits.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar
from django.utils import timezone

CLOSING = time(18)  # a working day ends then: what is due on a day is due by that hour
_SATURDAY = 5


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Say whether offices work on that day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def is_announced(year: int) -> bool:
    """Say whether the holidays of that year are known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def add_working_days(day: date, days: int) -> date:
    """Return the day that is `days` >= 0 working days after `day`, which itself does not count."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`; negative when `last` is before."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=n + 1)) for n in range((last - first).days))


def due_at(at: datetime, days: int) -> datetime:
    """Return when something begun at `at` is due that may take `days` working days: closing time of the last."""
    last = add_working_days(timezone.localdate(at), days)
    return timezone.make_aware(datetime.combine(last, CLOSING))


def days_left(due: datetime, at: datetime) -> int:
    """Count the working days from `at` until `due`; negative once it has passed."""
    return working_days_between(timezone.localdate(at), timezone.localdate(due))

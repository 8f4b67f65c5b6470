"""Which day is meant by a weekday: the next one on which the week holds as it does on any. Pure."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from linli.directory.rules.hours import is_holiday

WorkingDay = Callable[[date], bool]
_SATURDAY: Final = 5
_WEEK: Final = 7
_LOOKED_AT: Final = 6 * _WEEK  # holidays are never so long


def plain_day(weekday: int, today: date, works: WorkingDay) -> date:
    """Return the next such weekday, today included, that is no holiday and makes up for none."""
    first = today + timedelta(days=(weekday - today.weekday()) % _WEEK)
    days = (first + timedelta(days=n) for n in range(0, _LOOKED_AT, _WEEK))
    return next((day for day in days if _is_plain(day, works)), first)


def plain_week(today: date, works: WorkingDay) -> list[date]:
    """Return such a day for each weekday, Monday first."""
    return [plain_day(weekday, today, works) for weekday in range(_WEEK)]


def _is_plain(day: date, works: WorkingDay) -> bool:
    return works(day) == (day.weekday() < _SATURDAY) and not is_holiday(day, works)

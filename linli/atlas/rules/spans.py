"""The periods of a product: whole months, quarters and years of the calendar, one after another. Pure."""

from datetime import date, timedelta
from typing import Final

from linli.facts.rules.periods import Period

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def span(start: date, length: str) -> Period:
    """Return the period of this length that begins on a day."""
    return Period(start, _after(start, MONTHS[length]))


def begins(day: date, length: str) -> bool:
    """Say whether a period of the calendar of this length begins on this day."""
    return day.day == 1 and (day.month - 1) % MONTHS[length] == 0


def over(first: date, length: str, *, wait: int, today: date) -> list[Period]:
    """Return the periods since the first that have been over for so many days, oldest first."""
    found = []
    one = span(first, length)
    while one.until + timedelta(days=wait) <= today:
        found.append(one)
        one = span(one.until, length)
    return found


def latest(length: str, *, today: date) -> Period:
    """Return the last whole period before today."""
    months = MONTHS[length]
    start = date(today.year, (today.month - 1) // months * months + 1, 1)
    return Period(_after(start, -months), start)


def _after(start: date, months: int) -> date:
    number = start.year * 12 + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

"""When people meet: the days that a rule of RFC 5545 names, at the hours of the first meeting. Pure, in local time."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from typing import NamedTuple

from linli.directory.rules.hours import days_of, rule_fault

MOST = 200  # meetings of one session: four lessons a week for a year
_YEARS = 3  # within which they all lie


class Hours(NamedTuple):
    """From when to when people meet on a day. Past midnight when it ends before it begins."""

    begins: time
    ends: time


def meeting_on(day: date, hours: Hours) -> tuple[datetime, datetime]:
    """Return one meeting's beginning and end, without a zone."""
    over = day + timedelta(days=1) if hours.ends <= hours.begins else day
    return datetime.combine(day, hours.begins), datetime.combine(over, hours.ends)


def endless(rrule: str) -> bool:
    """Say whether a rule names no last day and no number of times."""
    return not any(part.startswith(("COUNT=", "UNTIL=")) for part in rrule.split(";"))


def days_named(rrule: str, first: date) -> list[date]:
    """Return the days that a rule names from `first` on, in order, one more than MOST when there are more.

    ValueError for what is no rule of days, and for one without an end: nobody can book for ever.
    """
    if rule_fault(rrule) or endless(rrule):
        raise ValueError(rrule)
    return list(islice(_days(rrule, first), MOST + 1))


def days_of_dates(dates: Collection[date]) -> list[date]:
    """Return the dates in order, each once."""
    return sorted(set(dates))


def weekly(days: Collection[int], *, every: int, times: int) -> str:
    """Return the rule "every so many weeks on these days, so many times"; 0 is Monday."""
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    named = ",".join(names[day] for day in sorted(set(days)))
    step = f";INTERVAL={every}" if every > 1 else ""
    return f"FREQ=WEEKLY{step};BYDAY={named};COUNT={times}"


def _days(rrule: str, first: date) -> Iterator[date]:
    for year in islice(count(first.year), _YEARS + 1):
        yield from sorted(days_of(rrule, first, year))

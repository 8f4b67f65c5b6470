"""Opening hours as others' calendars repeat them: a plain rule, the days taken out of it, the days added to it.

A calendar knows nothing of holidays and of the days worked for them: whatever differs from the plain rule
within the days that it covers is said day by day.
"""

from datetime import date, timedelta
from typing import NamedTuple

from linli.directory.rules.hours import OpeningRule, WorkingDay, days_of, occurs


class Recurring(NamedTuple):
    """One rule from `first` to `last` (included). out: days on which it does not hold; more: further days."""

    first: date
    last: date
    rrule: str
    out: tuple[date, ...]
    more: tuple[date, ...]


def recurring(rule: OpeningRule, first: date, until: date, works: WorkingDay) -> Recurring | None:
    """Return a rule as it is from `first` until (not including) `until`; None when it opens nothing then.

    The rule begins anew on its first day in that time: every other week stays every other week, and a count
    becomes a last day. Without a day of its own, the first of the further days stands alone.
    """
    days = [first + timedelta(days=n) for n in range((until - first).days)]
    end = min(until, rule.valid_until or until)
    said = [day for day in days if rule.starts_on <= day < end and _says(rule, day)]
    opened = [day for day in days if occurs(rule, day, works)]
    if not opened:
        return None
    if not said:
        return Recurring(opened[0], opened[0], "", (), tuple(opened[1:]))
    there, named = set(opened), set(said)
    out = tuple(day for day in said if day not in there)
    more = tuple(day for day in opened if day not in named)
    return Recurring(said[0], said[-1], _endless(rule.rrule), out, more)


def _says(rule: OpeningRule, day: date) -> bool:
    return day in days_of(rule.rrule, rule.starts_on, day.year)


def _endless(rrule: str) -> str:
    parts = (part for part in rrule.split(";") if not part.startswith(("COUNT=", "UNTIL=")))
    return ";".join(parts)

"""Meetings as others' calendars repeat them: the rule, the times taken out of it, added to it, or moved. Pure, in local time."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from linli.offers.rules.meetings import MOST, days_named


class Held(NamedTuple):
    """One meeting: when the rule had it (`said`), when it is, and whether it takes place."""

    said: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False


class Repeats(NamedTuple):
    """A rule from its first time on. `out`: times at which nobody meets; `more`: further times; `moved`: by their time."""

    rrule: str
    first: datetime
    lasts: timedelta
    out: tuple[datetime, ...]
    more: tuple[datetime, ...]
    moved: tuple[Held, ...]


def repeats(rrule: str, meetings: Sequence[Held]) -> Repeats | None:
    """Return the meetings as one rule with its exceptions; None where the rule does not name the first of them.

    A calendar counts the first time in any case: a rule that does not name it would be read in two ways.
    """
    first = min(meetings, key=lambda one: one.said) if meetings else None
    if first is None or not rrule:
        return None
    try:
        days = days_named(rrule, first.said.date())
    except ValueError:
        return None
    if first.said.date() not in days or len(days) > MOST:
        return None
    named = {datetime.combine(day, first.said.time()) for day in days}
    held = {one.said: one for one in meetings}
    lasts = _usual([one.ends_at - one.starts_at for one in meetings])
    out = (named - held.keys()) | {one.said for one in meetings if one.cancelled}
    more = {said for said, one in held.items() if said not in named and not one.cancelled}
    moved = tuple(
        one
        for one in sorted(meetings)
        if not one.cancelled and (one.starts_at != one.said or one.ends_at - one.starts_at != lasts)
    )
    out = {one for one in out if one in named}
    return Repeats(rrule, first.said, lasts, tuple(sorted(out)), tuple(sorted(more)), moved)


def last_day(rrule: str) -> date | None:
    """Return the day that UNTIL names, however it is written."""
    for part in rrule.split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    return None


def until_moment(rrule: str) -> datetime | None:
    """Return the last moment of the day that UNTIL names, in local time."""
    day = last_day(rrule)
    return datetime.combine(day, time(23, 59, 59)) if day else None


def without_until(rrule: str) -> str:
    """Return the rule without its last day."""
    return ";".join(part for part in rrule.split(";") if not part.startswith("UNTIL="))


def _usual(lengths: Sequence[timedelta]) -> timedelta:
    """Return the length that most meetings have, the shorter of equals."""
    return max(sorted(set(lengths)), key=lengths.count)

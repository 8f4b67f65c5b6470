"""Whether a town keeps what it promised about languages: on each day, hour by hour, somewhere in the place.

A public holiday breaks nothing; a station that is closed for another reason does.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import NamedTuple

from linli.directory.rules.hours import Span, WorkingDay, is_holiday

KEPT, BROKEN, HOLIDAY, NOT_PROMISED = "kept", "broken", "holiday", "not_promised"


class Promised(NamedTuple):
    """What is promised: these weekdays (0 is Monday), from one hour until another, from a day on."""

    weekdays: tuple[int, ...]
    opens_at: time
    closes_at: time
    begins_on: date


class Kept(NamedTuple):
    """How one day stands: kept, broken, holiday or not_promised; holes: the hours without anybody."""

    day: date
    state: str
    holes: tuple[Span, ...] = ()


def holes(spans: Iterable[Span], opens_at: time, closes_at: time) -> list[Span]:
    """Return the stretches of [opens_at, closes_at) in which no span lies, in order."""
    found, reached = [], opens_at
    for begins, ends in sorted(spans):
        if begins > reached:
            found.append((reached, min(begins, closes_at)))
        reached = max(reached, ends)
        if reached >= closes_at:
            return found
    return [*found, (reached, closes_at)] if reached < closes_at else found


def kept_on(promised: Promised, day: date, spans: Sequence[Span], works: WorkingDay) -> Kept:
    """Say how a promise stands on one day, on which the language is spoken in these spans."""
    if day < promised.begins_on or day.weekday() not in promised.weekdays:
        return Kept(day, NOT_PROMISED)
    if is_holiday(day, works):
        return Kept(day, HOLIDAY)
    missing = tuple(holes(spans, promised.opens_at, promised.closes_at))
    return Kept(day, BROKEN if missing else KEPT, missing)

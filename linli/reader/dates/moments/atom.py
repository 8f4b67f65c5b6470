"""What the grammar of moments is made of: an atom, its clock, and their TIMEX3 labels."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple


class Clock(NamedTuple):
    """A time of day as exact as it was said; `sided` when morning or evening is certain."""

    hour: int
    minute: int | None = None
    second: int | None = None
    sided: bool = False

    @property
    def label(self) -> str:
        """Return T18, T18:15 or T17:55:23."""
        parts = (self.hour, self.minute, self.second)
        return "T" + ":".join(f"{part:02}" for part in parts if part is not None)

    @property
    def opposite(self) -> "Clock":
        """Return the same hands of the clock on the other side of noon."""
        return self._replace(hour=(self.hour + 12) % 24)

    @property
    def seconds(self) -> int:
        """Return the seconds since midnight."""
        return self.hour * 3600 + (self.minute or 0) * 60 + (self.second or 0)


class Atom(NamedTuple):
    """A stretch of text with a meaning in time.

    unit: the grain of its calendar part: Y, M, W, D; "" for a time alone; length for a duration,
    set for a recurrence, whole for what joins with nothing. label: the calendar part in TIMEX3;
    fields: year, month, day as far as said, to lend to the far end of a range; on: its first day
    (a year not said is that of the reference); part: MO, AF, EV, NI for 上午 and the like; other: a
    second reading in TIMEX3.
    """

    start: int
    end: int
    unit: str
    label: str = ""
    fields: tuple[int | None, int | None, int | None] = (None, None, None)
    on: date | None = None
    clock: Clock | None = None
    part: str = ""
    other: str = ""

    @property
    def timex(self) -> str:
        """Return the whole in TIMEX3."""
        if self.clock is not None:
            return self.label + self.clock.label
        return self.label + (f"T{self.part}" if self.part else "")


class Rule(NamedTuple):
    """A pattern, the characters it can start with, and what it means at a reference time."""

    starts: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str], datetime], Atom | None]


def calendar(
    match: re.Match[str], now: datetime, year: int | None, month: int | None, day: int | None
) -> Atom:
    """Return the atom of a year, a month or a day of which parts may be unsaid."""
    unit = "Y" if month is None and day is None else "M" if day is None else "D"
    named = f"{year:04}" if year is not None else "XXXX"
    parts = [named] + ([] if unit == "Y" else [f"{month:02}" if month else "XX"])
    if day is not None:
        parts.append(f"{day:02}")
    try:
        on = date(year or now.year, month or (1 if unit == "Y" else now.month), day or 1)
    except ValueError:
        on = None
    return Atom(match.start(), match.end(), unit, "-".join(parts), (year, month, day), on)


def exact(match: re.Match[str], on: date) -> Atom:
    """Return the atom of a day that is wholly known."""
    fields = (on.year, on.month, on.day)
    return Atom(match.start(), match.end(), "D", on.isoformat(), fields, on)


def between(match: re.Match[str], first: date, last: date, length: str) -> Atom:
    """Return the atom of the days from `first` up to and without `last`."""
    return Atom(match.start(), match.end(), "whole", f"({first},{last},{length})", on=first)

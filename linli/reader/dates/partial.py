"""A date as far as it is known, alone or as the two ends of an interval, and its ISO form."""

from typing import NamedTuple

from linli.reader.dates.tokens import Token

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Partial(NamedTuple):
    """A date as far as it is known; a day implies a month."""

    year: int | None
    month: int | None = None
    day: int | None = None


class Point(NamedTuple):
    """A written date or an interval in one breath (1-10月); `lead` is the word it is counted from.

    joined: a joiner (至) stands between this point and the one before it.
    """

    start: int
    end: int
    first: Partial
    last: Partial | None = None
    lead: Token | None = None
    joined: bool = False


class Interval(NamedTuple):
    """A date whose year is settled (None: the text never says), with its other end if it has one."""

    first: Partial
    last: Partial | None

    @property
    def iso(self) -> str:
        """Return 2019, 2020-02, 2016/2020; --09 where no year is known."""
        first = _iso(self.first)
        return first if self.last is None else f"{first}/{_iso(self.last)}"


def _iso(partial: Partial) -> str:
    year, month, day = partial
    head = "-" if year is None else f"{year:04}"
    return head + "".join(f"-{part:02}" for part in (month, day) if part is not None)


def last_day(year: int | None, month: int) -> int:
    """Return the last day of a month; without a year February has 29."""
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def exists(partial: Partial) -> bool:
    """Tell whether any calendar has it: a year, a month of one to twelve, a day that month has."""
    year, month, day = partial
    if month is None:
        return year is not None
    return 1 <= month <= 12 and (day is None or 1 <= day <= last_day(year, month))


def _place(partial: Partial) -> tuple[int, int]:
    """Return where in its year a date begins."""
    return partial.month or 1, partial.day or 1


def closed(first: Partial, last: Partial) -> Interval | None:
    """Return first to last, None where no such interval is.

    A last month before the first lies in the next year; 下旬 ends with the month.
    """
    if last.day == 31 and last.month is not None and 1 <= last.month <= 12:
        last = last._replace(day=last_day(last.year, last.month))
    same_year = first.year is not None and first.year == last.year
    if same_year and last.month and _place(last) < _place(first):
        last = last._replace(year=(first.year or 0) + 1)
    backward = first.year is not None and last.year is not None and last.year < first.year
    return Interval(first, last) if exists(last) and not backward else None

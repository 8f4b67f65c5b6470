"""What an address asks of a collection: a box, a time, how many, from which on. Pure.

The standard wants every unknown or unreadable word refused (400), so that nobody takes an answer for another's.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

MOST: Final = 1000  # features in one answer
SOME: Final = 10
FURTHEST: Final = 10_000_000  # an offset beyond it asks for nothing that could be
FORMATS: Final = ("json", "html")
ITEMS: Final = ("bbox", "datetime", "limit", "offset", "f")
OPEN: Final = ("", "..")
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"\+?\d+", re.ASCII)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Unreadable(ValueError):
    """A word of an address that cannot be answered: `name` says which, `why` in a code."""

    def __init__(self, name: str, why: str) -> None:
        """Remember which word, and why."""
        super().__init__(name, why)
        self.name, self.why = name, why


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of WGS 84 degrees. west > east: it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple["Box", ...]:
        """The one or two rectangles that lie within -180 and 180 degrees."""
        if self.west <= self.east:
            return (self,)
        return (
            Box(self.west, self.south, 180.0, self.north),
            Box(-180.0, self.south, self.east, self.north),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from `first` to `last`, both belonging to it."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a collection."""

    box: Box | None = None
    span: Span | None = None
    limit: int = SOME
    offset: int = 0


def read(words: Mapping[str, Sequence[str]], known: Sequence[str] = ITEMS) -> Asked:
    """Read the words of an address, each given once. Raises Unreadable."""
    for name, given in words.items():
        if name not in known:
            raise Unreadable(name, "unknown")
        if len(given) != 1:
            raise Unreadable(name, "twice")
    said = {name: given[0] for name, given in words.items()}
    if "f" in said and said["f"] not in FORMATS:
        raise Unreadable("f", "format")
    return Asked(
        read_box(said["bbox"]) if "bbox" in said else None,
        read_span(said["datetime"]) if "datetime" in said else None,
        min(_whole("limit", said["limit"], 1), MOST) if "limit" in said else SOME,
        min(_whole("offset", said["offset"], 0), FURTHEST) if "offset" in said else 0,
    )


def read_box(text: str) -> Box:
    """Read four numbers, or six: of these the heights are left, for what lies here has none. Raises Unreadable."""
    parts = text.split(",")
    if len(parts) not in {4, 6} or not all(_NUMBER.fullmatch(part) for part in parts):
        raise Unreadable("bbox", "numbers")
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise Unreadable("bbox", "numbers")
    if len(numbers) == 6:
        west, south, low, east, north, high = numbers
        if low > high:
            raise Unreadable("bbox", "order")
    else:
        west, south, east, north = numbers
    if south > north:
        raise Unreadable("bbox", "order")
    if not (south >= -90 and north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise Unreadable("bbox", "degrees")
    return Box(west, south, east, north)


def read_span(text: str) -> Span:
    """Read a moment or an interval (RFC 3339), open where it says nothing or two dots. Raises Unreadable.

    A day alone means all of it.
    """
    parts = text.split("/")
    if len(parts) > 2 or (len(parts) == 1 and parts[0] in OPEN) or not set(parts) - {*OPEN}:
        raise Unreadable("datetime", "interval")
    first, last = parts[0], parts[-1]
    span = Span(
        _FIRST if first in OPEN else _moment(first, ends=False),
        _LAST if last in OPEN else _moment(last, ends=True),
    )
    if span.first > span.last:
        raise Unreadable("datetime", "order")
    return span


def _moment(text: str, *, ends: bool) -> datetime:
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            hour = datetime.max.time() if ends else datetime.min.time()
            return datetime.combine(day, hour, UTC)
        if found := _MOMENT.fullmatch(text):
            return _read_moment(found)
    except (ValueError, OverflowError):
        pass
    raise Unreadable("datetime", "moment")


def _read_moment(found: re.Match[str]) -> datetime:
    *parts, fraction, sign, hours, minutes = found.groups()
    year, month, day, hour, minute, second = map(int, parts)
    leap = second == 60  # RFC 3339 knows leap seconds, no clock of ours does
    micro = int((fraction or "0").ljust(6, "0")[:6])
    moment = datetime(year, month, day, hour, minute, 59 if leap else second, micro, UTC)
    if sign:
        if int(hours) > 23 or int(minutes) > 59:
            raise ValueError
        shift = timedelta(hours=int(hours), minutes=int(minutes))
        moment = moment - shift if sign == "+" else moment + shift
    return moment


def _whole(name: str, text: str, least: int) -> int:
    # Digits are counted before they are read: what nobody can mean must not cost anybody time.
    if not _WHOLE.fullmatch(text):
        raise Unreadable(name, "whole")
    number = int(text) if len(text) <= 18 else 10**18
    if number < least:
        raise Unreadable(name, "least")
    return number

"""Appointments cut from opening hours: one after the other from the minute a window opens, none beyond its closing. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from linli.directory.rules.hours import Opening


class Slot(NamedTuple):
    """One time that somebody can book."""

    starts_at: datetime
    ends_at: datetime


def cut(openings: Iterable[Opening], minutes: int, zone: tzinfo) -> Iterator[Slot]:
    """Yield the slots of these openings, the earliest first. A rest too short for a whole slot is left over.

    Where two openings overlap, the later one's slots begin after the earlier one's.
    """
    length, free_from = timedelta(minutes=minutes), None
    for opening in sorted(openings):
        begins = datetime.combine(opening.day, opening.opens_at, zone)
        closes = datetime.combine(opening.day, opening.closes_at, zone)
        begins = max(begins, free_from) if free_from else begins
        while begins + length <= closes:
            yield Slot(begins, begins + length)
            begins += length
            free_from = begins

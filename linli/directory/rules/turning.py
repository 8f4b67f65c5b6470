"""When a page that says "open now" stops being right: a place opens or closes, or the day ends."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, time, timedelta


def next_turn(turns: Sequence[time], at: datetime) -> datetime:
    """Return the first moment after `at` at which a place may open or close, midnight at the latest.

    turns: the hours of the day at which any place opens or closes, in order; `at` in the place's time zone.
    """
    later = bisect_right(turns, at.time())
    if later < len(turns):
        return datetime.combine(at.date(), turns[later], at.tzinfo)
    return datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)

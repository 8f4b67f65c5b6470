"""What everybody may count on at a job fair: how many wishes, and which times are kept for who just comes. Pure."""

from datetime import datetime, timedelta

MOST_WISHES = 5


def slots(begins: datetime, ends: datetime, minutes: int) -> list[datetime]:
    """Return when talks of so many minutes begin, one after the other, between two moments."""
    count = (ends - begins) // timedelta(minutes=minutes)
    return [begins + timedelta(minutes=minutes) * number for number in range(count)]


def is_kept(number: int, percent: int) -> bool:
    """Say whether the talk of this number (from 0) is kept for who just comes: evenly spread over the day."""
    return (number + 1) * percent // 100 > number * percent // 100

"""What the release gate counts of offers, record by record: who came, and what became of them. Staff confirmed each.

A record is a booking or a talk, by its number; nobody is named, and nothing of it is kept.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Max, Q, Sum
from django.utils.timezone import get_current_timezone, localdate, make_aware

from linli.facts.rules.figures import Record
from linli.facts.rules.periods import Period
from linli.offers.models import Booking, Interview, Offer, Outcome

Records = Callable[[datetime, Period], Iterator[Record]]


def attended(at: datetime, period: Period) -> Iterator[Record]:
    """Yield the bookings of sessions that began in the period, of which somebody came: the most at any meeting."""
    came = Booking.objects.filter(
        _within("session__starts_at", period), session__starts_at__lt=at, attendances__came__gt=0
    ).order_by()
    rows = came.values_list("pk", "session__offer__area", "session__starts_at")
    for number, area, begun, most in rows.annotate(most=Max("attendances__came")).iterator():
        yield Record(f"booking {number}", area, localdate(begun), most)


def outcomes(kind: str) -> Records:
    """Return the records of those of whom it is known, by the day on which their course ended, each booking once."""

    def records(at: datetime, period: Period) -> Iterator[Record]:
        known = Outcome.objects.filter(
            _within("booking__session__ends_at", period),
            kind=kind, at__lt=at, booking__session__offer__kind=Offer.COURSE,
        ).order_by()  # fmt: skip
        rows = known.values_list(
            "booking", "after_days", "booking__session__offer__area", "booking__session__ends_at"
        ).annotate(n=Sum("people"))
        most: dict[int, Record] = {}
        # What stands after so many days is the sum of its rows; of several days the most counts.
        for number, _days, area, ended, n in rows.iterator():
            if n > 0 and (number not in most or most[number].amount < n):
                most[number] = Record(f"booking {number}", area, localdate(ended), n)
        yield from most.values()

    return records


def hires(at: datetime, period: Period) -> Iterator[Record]:
    """Yield the talks at fairs that began in the period after which an employer confirmed a hire."""
    begun = "stand__session__starts_at"
    held = Interview.objects.filter(
        _within(begun, period), hired_at__lt=at, stand__session__starts_at__lt=at,
        stand__session__cancelled_at=None, stand__session__offer__published_at__isnull=False,
    ).order_by()  # fmt: skip
    rows: Any = held.values_list("pk", "stand__session__offer__area", begun)
    for number, area, on in rows.iterator():
        yield Record(f"talk {number}", area, localdate(on), 1)


def _within(moment: str, period: Period) -> Q:
    zone = get_current_timezone()
    start, until = (make_aware(datetime.combine(day, time.min), zone) for day in period)
    return Q(**{f"{moment}__gte": start, f"{moment}__lt": until})

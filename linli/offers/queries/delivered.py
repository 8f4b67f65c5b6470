"""What offers have given until a moment: sessions and meetings that were held, and their places. Never who came."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from linli.offers.models import Session


class Day(NamedTuple):
    """What sessions of one offer that ended on one day had: how many, their meetings held, their places."""

    offer: str
    on: date
    sessions: int
    meetings: int
    places: int


def delivered(codes: Iterable[str], at: datetime) -> list[Day]:
    """Return what these offers gave, by offer and the day on which sessions ended. Two queries."""
    held = Session.objects.open().filter(offer__code__in=list(codes), ends_at__lte=at).order_by()
    by_day = held.annotate(on=TruncDate("ends_at")).values_list("offer__code", "on")
    meetings: Counter[tuple[str, date]] = Counter()
    kept = Count("meetings", filter=Q(meetings__cancelled_at=None))
    for code, on, count in by_day.annotate(n=kept):
        meetings[code, on] = count
    rows = by_day.annotate(n=Count("pk"), places=Sum("capacity"))
    return [Day(code, on, n, meetings[code, on], places) for code, on, n, places in sorted(rows)]

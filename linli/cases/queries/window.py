"""Reads of a station's window: what was asked here, and which codes wait to be told. Nothing sealed is read."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from linli.cases.models import Case, Step
from linli.kernel.models import Look


@dataclass(frozen=True, slots=True)
class Today:
    """A window's own day in numbers."""

    asked: int
    attended: int


def window_today(unit: str, at: datetime) -> Today:
    """Count what the clerks of a unit did at the counter on the day of `at`. Two queries."""
    began = timezone.make_aware(datetime.combine(timezone.localdate(at), time()))
    day = {"at__gte": began, "at__lt": began + timedelta(days=1)}
    asked = Step.objects.filter(verb="asked", by_unit=unit, by_role="clerk", **day)
    looks = Look.objects.filter(by_unit=unit, by_role="clerk", purpose="counter", **day)
    return Today(asked.count(), looks.values("about").distinct().count())


def to_tell(unit: str) -> QuerySet[Case]:
    """Return the cases of which a unit's window has something to tell, what waits longest first."""
    waiting = Case.objects.filter(told_by__name=unit, news_at__isnull=False)
    columns = ("code", "state", "news_at", "paused_at", "next_due_at", "level", "reopened", "urged")
    return waiting.only(*columns).order_by("news_at", "pk")

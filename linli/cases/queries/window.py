"""Counts of a station's window: what was asked here, and how much of it is under way. No case is named."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from linli.cases.models import Step
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

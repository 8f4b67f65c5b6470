"""Counts for supervision: how many cases wait with which unit, how late, how often handed about. No words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from linli.cases.models import Case, HandOver

_OPEN = Q(state__in=Case.OPEN)


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """What waits with one unit, in numbers."""

    name: str
    open: int
    untaken: int
    late: int
    escalated: int
    bounced: int
    paused: int

    @property
    def counts(self) -> list[int]:
        """The numbers in the order of a table's columns."""
        return [self.open, self.untaken, self.late, self.escalated, self.bounced, self.paused]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one unit to do something."""

    late: int
    untaken: int
    offered: int


def waiting_for(unit: str, at: datetime) -> Waiting:
    """Count what waits for a unit: over its day, not taken, handed to it. Two queries."""
    counted = Case.objects.filter(unit__name=unit, next_due_at__isnull=False).aggregate(
        late=Count("pk", filter=Q(next_due_at__lt=at)),
        untaken=Count("pk", filter=Q(state=Case.RECEIVED)),
    )
    offered = HandOver.objects.filter(to_unit__name=unit, state=HandOver.PROPOSED)
    return Waiting(offered=offered.count(), **counted)


def escalated_cases() -> int:
    """Count the cases that passed their day and wait still. One query."""
    return Case.objects.filter(level__gt=0, next_due_at__isnull=False).count()


def counts_by_unit(at: datetime) -> list[UnitCounts]:
    """Count what waits, unit by unit, those with the most overdue first. One query."""
    counted = (
        Case.objects.filter(_OPEN)
        .values("unit__name")
        .annotate(
            open=Count("pk"),
            untaken=Count("pk", filter=Q(state=Case.RECEIVED)),
            late=Count("pk", filter=Q(next_due_at__lt=at)),
            escalated=Count("pk", filter=Q(level__gt=0)),
            bounced=Count("pk", filter=Q(bounces__gt=0)),
            paused=Count("pk", filter=Q(paused_at__isnull=False)),
        )
    )
    rows = counted.order_by("-late", "-open", "unit__name").values_list(
        "unit__name", "open", "untaken", "late", "escalated", "bounced", "paused"
    )
    return [UnitCounts(*row) for row in rows]

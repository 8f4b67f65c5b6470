"""Corrections that were answered and of which nobody has seen yet whether the thing was changed."""

from datetime import datetime, timedelta

from linli.cases.events import Doubted
from linli.cases.models import Case, Correction

LOOKED_AFTER = timedelta(days=60)  # from the answer on


def answered_corrections(at: datetime) -> list[Doubted]:
    """Return what somebody said was wrong and the unit has answered, lately, the oldest first. One query."""
    waiting = Correction.objects.filter(
        corrected_on=None,
        case__state__in=[Case.ANSWERED, Case.CLOSED],
        case__answered_at__gt=at - LOOKED_AFTER,
    )
    rows = waiting.order_by("pk").values_list("case__code", "kind", "about", "case__asked_at")
    return [Doubted(*row) for row in rows]

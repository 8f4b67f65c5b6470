"""Reads of emergency access: what waits for a second person, and what one asked for oneself."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from linli.cases.models import Case
from linli.kernel.actors import Actor
from linli.kernel.models import BreakGlass

_DAY = timedelta(hours=BreakGlass.MOST_HOURS)


def waiting_for_second(by: Actor, at: datetime) -> QuerySet[BreakGlass]:
    """Return what waits for somebody of another unit than the one that asked, the oldest first."""
    asked = BreakGlass.objects.filter(let_in_at=None, refused_at=None, at__gt=at - _DAY)
    others = asked.exclude(by_unit=by.unit).exclude(by_name=by.name)
    return others.select_related("subject").order_by("at")


def asked_by(by: Actor) -> QuerySet[BreakGlass]:
    """Return what this very person asked for, the newest first."""
    own = BreakGlass.objects.filter(by_name=by.name, by_unit=by.unit, by_role=by.role.value)
    return own.select_related("subject").order_by("-at")


def case_of(glass: BreakGlass) -> Case | None:
    """Return the case that emergency access was asked to."""
    cases = Case.objects.select_related(
        "subject", "topic", "area", "location", "unit", "leader", "cause"
    )
    return cases.filter(code=glass.about, subject=glass.subject_id).first()


def open_case(code: str) -> Case | None:
    """Return the case of a code that somebody said, when something is kept of it."""
    return Case.objects.filter(code=code, purged_at=None).select_related("subject").first()

"""Inspections: whose they are to see, what is to be visited, what everybody sees."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.assessments.models import (
    CorrectionOrder,
    Edition,
    Finding,
    Inspection,
    Instrument,
    Subject,
)
from linli.assessments.queries.inspection_results import PUBLISHED
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role


def inspections_seen(by: Actor) -> QuerySet[Inspection]:
    """All inspections that somebody of the staff sees: an officer those that the own unit makes, never one that
    the own unit is to be surprised by.
    """
    found = Inspection.objects.select_related(
        "assessment__subject__area", "assessment__unit", "assessment__edition__instrument", "after"
    )
    if by.role in (Role.PLANNER, Role.SUPERVISOR):
        return found.exclude(_surprises(by))
    return found.filter(assessment__unit__name=by.unit)


def listed_inspections(by: Actor, *, state: str, words: str, today: date) -> QuerySet[Inspection]:
    """What staff see, by state and name: what is to come first, then the newest."""
    found = inspections_seen(by)
    if words:
        found = found.filter(assessment__subject__name__icontains=words.replace("\0", ""))
    task: dict[str, dict[str, Any]] = {
        "planned": {"done_at": None, "dropped_at": None},
        "made": {"done_at__isnull": False},
    }
    if state in task:
        asked = {f"assessment__{name}": value for name, value in task[state].items()}
        found = found.filter(published_at=None, **asked)
    elif state == PUBLISHED:
        found = found.filter(published_at__isnull=False)
    elif state == "overdue":
        late = CorrectionOrder.objects.filter(
            due_on__lt=today, check_made=None, finding__state=Finding.OPEN
        )
        found = found.filter(pk__in=late.values("finding__inspection"))
    return found.order_by("-assessment__due_on", "-id")


def to_visit(unit: str, day: date) -> QuerySet[Inspection]:
    """What a unit is to visit and has not, planned for this day or before or drawn, and what it visited today."""
    # A day that was drawn is the last one of many on which it may be.
    due = Q(assessment__due_on__lte=day) | Q(drawn__gt="")
    open_ = due & Q(assessment__done_at=None)
    today = Q(assessment__done_at__date=day)
    found = Inspection.objects.filter(assessment__unit__name=unit, assessment__dropped_at=None)
    return (
        found.filter(open_ | today)
        .select_related(
            "assessment__subject__area", "assessment__unit", "assessment__edition__instrument"
        )
        .order_by("assessment__done_at", "assessment__due_on", "id")
    )


def published_inspections(
    *, area: str = "", words: str = "", of: str = "", faults: bool = False
) -> QuerySet[Inspection]:
    """The public register, the newest first; `of`: one premises; `faults`: with something still open."""
    found = Inspection.objects.published().select_related(
        "assessment__subject__area", "assessment__unit", "assessment__edition__instrument"
    )
    if area:
        found = found.filter(assessment__subject__area__code__startswith=area)
    if words:
        found = found.filter(assessment__subject__name__icontains=words)
    if of:
        found = found.filter(assessment__subject__code=of)
    if faults:
        found = found.filter(findings__state=Finding.OPEN).distinct()
    return found.order_by("-published_at", "-id")


def checklists() -> QuerySet[Edition]:
    """The editions that a visit may go by: the newest adopted one of each open checklist."""
    adopted = Edition.objects.adopted().filter(
        instrument__use=Instrument.INSPECTION, instrument__closed_on=None
    )
    newest = {
        one["instrument"]: one["id"]
        for one in adopted.order_by("number").values("instrument", "id")
    }
    return adopted.filter(pk__in=newest.values()).select_related("instrument")


def premises(words: str = "") -> QuerySet[Subject]:
    """What may be inspected: premises and units, by name."""
    found = Subject.objects.filter(kind__in=(Subject.PREMISES, Subject.UNIT)).select_related("area")
    return found.filter(name__icontains=words) if words else found


def inspecting_units(by: Actor) -> QuerySet[Unit]:
    """The units in whose name somebody may plan a visit."""
    units = Unit.objects.order_by("name")
    return units if by.role == Role.PLANNER else units.filter(name=by.unit)


def _surprises(by: Actor) -> Q:
    """A visit that is still to come, to somebody's own unit."""
    return Q(assessment__about__name=by.unit, assessment__done_at=None)

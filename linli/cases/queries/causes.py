"""Reads of causes: those of a unit, and how many cases each explains."""

from django.db.models import Count, QuerySet

from linli.cases.models import Cause


def causes_of(unit: str) -> QuerySet[Cause]:
    """Return the causes of a unit, the newest first, each with its number of cases (`size`)."""
    found = Cause.objects.filter(unit__name=unit).select_related("topic", "area", "unit")
    return found.annotate(size=Count("cases")).order_by("-found_at", "-pk")


def open_causes(unit: str) -> QuerySet[Cause]:
    """Return the causes of a unit that nothing was done about yet."""
    return Cause.objects.filter(unit__name=unit, settled_at=None).order_by("-found_at")

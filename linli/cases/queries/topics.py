"""Reads of the map of who answers for what."""

from django.db.models import QuerySet

from linli.cases.models import Topic
from linli.directory.models import Unit


def map_of_topics(unit: Unit | None, kind: str | None, state: str | None) -> QuerySet[Topic]:
    """Return the topics of a unit and kind; without a state those that one may still ask about."""
    found = Topic.objects.select_related("unit")
    if unit is not None:
        found = found.filter(unit=unit)
    if kind:
        found = found.filter(kind=kind)
    if state != "all":
        found = found.filter(closed_on__isnull=state != "closed")
    return found.order_by("group", "name")

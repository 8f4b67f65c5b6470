"""The inspections of premises that were published, as the assessments told them."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet

from linli.trace.models import Premises, Visit


def last_visits(premises: Collection[int]) -> dict[int, Visit]:
    """Return the latest published inspection of each of these premises that had one, by their id. One query."""
    latest = Visit.objects.filter(premises=OuterRef("premises")).values("pk")[:1]
    found = Visit.objects.filter(premises__in=premises, pk=latest).order_by()
    return {visit.premises_id: visit for visit in found}


def left_open(premises: QuerySet[Premises]) -> set[int]:
    """Return those of these premises whose latest published inspection left something open, by their id. One query."""
    latest = Visit.objects.filter(premises=OuterRef("premises")).values("pk")[:1]
    found = Visit.objects.filter(
        premises__in=premises.order_by().values("pk"), pk=latest, open__gt=0
    )
    return {*found.order_by().values_list("premises_id", flat=True)}

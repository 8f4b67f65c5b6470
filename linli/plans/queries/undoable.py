"""What may still be taken back: tasks that somebody gave away together in the last ten minutes."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from linli.kernel.actors import Actor
from linli.plans.models import Step

UNDONE_WITHIN = timedelta(minutes=10)


def assigned_lately(by: Actor, at: datetime) -> QuerySet[Step]:
    """Return the steps of the last act by which `by` gave tasks away, if it was no undoing and no longer ago."""
    own = Step.objects.filter(
        verb__in=["assigned", "given_back"], by_name=by.name, by_unit=by.unit,
        at__gte=at - UNDONE_WITHIN, at__lte=at,
    )  # fmt: skip
    last = own.order_by("-at").values("at")[:1]
    return own.filter(verb="assigned", at=Subquery(last)).order_by("pk")


def changed_since(steps: QuerySet[Step]) -> set[str]:
    """Return the codes of the tasks of these steps with which something was done after."""
    later = Step.objects.filter(subject=OuterRef("subject"), at__gt=OuterRef("at"))
    found = steps.annotate(later=Subquery(later.values("pk")[:1])).exclude(later=None)
    return set(found.values_list("subject", flat=True))

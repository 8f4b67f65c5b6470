"""Captures that somebody may see: a business its own, an officer those of the own unit's businesses."""

from django.db.models import Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import Capture, Operator


def captures_of(by: Actor, operator: Operator | None) -> QuerySet[Capture]:
    """Return the captures that who asks may see, the newest first: without what was sent."""
    captures = Capture.objects.select_related("operator__unit").defer("body")
    if operator is not None:
        return captures.filter(operator=operator)
    if by.role in {Role.SUPERVISOR, Role.PLANNER}:
        return captures
    return captures.filter(Q(operator__unit__name=by.unit) | Q(operator=None, by_unit=by.unit))


def files_of(by: Actor) -> QuerySet[Capture]:
    """Return the files of events that a member of staff may see: not what was entered on a page."""
    return captures_of(by, None).exclude(form=Capture.PAGE)


def behind(captures: QuerySet[Capture], code: str) -> QuerySet[Capture]:
    """Return the captures that come after one in the list; after an unknown one comes nothing."""
    last = captures.filter(code=code).values_list("pk", flat=True).first()
    return captures.filter(pk__lt=last or 0)

"""Alerts to units that supervise: whose they are to see, and how many wait."""

from django.db.models import F, Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import Alert, Operator

STATES = ("open", "settled")


def alerts_seen(by: Actor, *, of: Operator | None = None) -> QuerySet[Alert]:
    """Return the alerts that a member of staff sees, open ones first, the newest first: an officer the own unit's.

    of: only those still open that name this business, or premises of it.
    """
    found = Alert.objects.select_related("unit")
    if by.role == Role.OFFICER:
        found = found.filter(unit__name=by.unit)
    if of is not None:
        places = list(of.premises.values_list("name", flat=True))
        sampled = Q(kind=Alert.ADVERSE, unit=of.unit_id, said__name__in=places)
        found = found.filter(sampled | Q(said__operator=of.name), settled_at=None)
    return found.order_by(F("settled_at").desc(nulls_first=True), "-raised_at", "-id")


def listed_alerts(by: Actor, *, kind: str = "", state: str = "") -> QuerySet[Alert]:
    """Return the alerts that are asked for."""
    found = alerts_seen(by)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(settled_at__isnull=state == "open") if state in STATES else found


def open_alerts(by: Actor) -> int:
    """Return how many alerts wait for somebody of the staff. One query."""
    return alerts_seen(by).filter(settled_at=None).order_by().count()

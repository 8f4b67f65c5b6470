"""Who keeps what in the directory: a planner all of it, an officer or clerk what their own unit offers."""

from django.db.models import QuerySet

from linli.directory.models import Organization
from linli.kernel.actors import Actor, Role


def may_keep(by: Actor, organization: Organization) -> bool:
    """Say whether this actor writes what the organization offers."""
    if by.role in {Role.PLANNER, Role.SYSTEM}:
        return True
    unit = organization.unit
    return by.role in {Role.OFFICER, Role.CLERK} and unit is not None and unit.name == by.unit


def kept_by(by: Actor) -> QuerySet[Organization]:
    """Return the organizations whose services and places this actor may write."""
    standing = Organization.objects.filter(closed_on__isnull=True).select_related("unit")
    if by.role in {Role.PLANNER, Role.SYSTEM}:
        return standing
    if by.role in {Role.OFFICER, Role.CLERK}:
        return standing.filter(unit__name=by.unit)
    return standing.none()

"""Who may work with an offer: the unit that organizes it, and nobody beside it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused


def own(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a deed of the organizer go on: officers of the unit, and planners.

    Refuses: not_allowed; not_own_unit for an officer of another unit.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise _not_own()


def at_the_door(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a deed at the door or the window of the unit go on: its officers and its clerks.

    Refuses: not_allowed; not_own_unit for officers and clerks of another unit.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    if by.role in {Role.OFFICER, Role.CLERK} and by.unit != unit.name:
        raise _not_own()


def _not_own() -> Refused:
    return Refused("not_own_unit", _("This is another unit's offer."), status=404)

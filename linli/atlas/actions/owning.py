"""Who may keep a board: the officers of its unit, and planners."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused


def own(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a deed of the unit go on, whatever `at`.

    Refuses: not_allowed; not_own_unit for an officer of another unit.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)

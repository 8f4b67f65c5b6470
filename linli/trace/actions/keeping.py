"""Who may do what: the unit that supervises an operator, and the operator itself through its key."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.trace.models import Operator
from linli.trace.queries.keys import as_operator


def own(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a deed of the unit go on, whatever `at`.

    Refuses: not_allowed; not_own_unit for an officer of another unit.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)


def speak_for(*, by: Actor, at: datetime, operator: Operator) -> None:
    """Let the operator itself go on, or whoever does it for them at the unit or at a station, whatever `at`.

    Refuses: not_allowed; not_own_unit; other_operator for the key of another business.
    """
    if by.role == Role.HOLDER:
        if by != as_operator(operator):
            raise Refused("other_operator", _("This is another business's."), status=404)
        return
    allow(by, Role.OFFICER, Role.PLANNER, Role.CLERK)
    if by.role == Role.OFFICER and by.unit != operator.unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)

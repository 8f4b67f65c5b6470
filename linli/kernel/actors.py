"""Who acts. Every action takes `by=`, so that nothing happens that nobody did."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused


class Role(StrEnum):
    """What a member of staff is there for."""

    PLANNER = "planner"  # keeps reports and the ledger
    OFFICER = "officer"  # works for one unit
    SUPERVISOR = "supervisor"  # checks what units say
    CLERK = "clerk"  # stands at a window: asks for whoever comes, and hands on
    ADMINISTRATOR = "administrator"  # keeps the staff's accounts; sees no case
    HOLDER = "holder"  # has the code and the passphrase of a case: the person, or whom they sent
    SYSTEM = "system"  # a job or a command


OF_STAFF = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR, Role.CLERK, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party: a member of staff in a role for a unit, or the system itself."""

    name: str
    role: Role
    unit: str


def system(name: str) -> Actor:
    """Return the actor for a command or job, named after it."""
    return Actor(name=name, role=Role.SYSTEM, unit="")


HOLDER = Actor(name="", role=Role.HOLDER, unit="")


def allow(by: Actor, *roles: Role) -> None:
    """Let an action go on for these roles; the system itself may do all that a job needs.

    Refuses: not_allowed for every other role.
    """
    if by.role not in {*roles, Role.SYSTEM}:
        raise Refused("not_allowed", _("Your role may not do this."), status=403)

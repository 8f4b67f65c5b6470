"""Who may read a case and who has looked at it, in plain words for the person whose it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from linli.cases.models.reasons import FIELDS, PURPOSES
from linli.kernel.actors import Role
from linli.kernel.looks import Day
from linli.kernel.models import Grant, Look, Staff
from linli.kernel.text import Words

_FIELDS: dict[str, Words] = dict(FIELDS)
_PURPOSES: dict[str, Words] = dict(PURPOSES)
_LOOKS: dict[str, Words] = dict(Look.VERBS)
_ROLES: dict[str, Words] = {
    **dict(Staff.ROLES),
    Role.SYSTEM.value: gettext_lazy("the platform itself"),
    Role.HOLDER.value: gettext_lazy("you, with your code"),
}


@dataclass(frozen=True, slots=True)
class Granted:
    """One leave to read, in words."""

    grant: Grant
    fields: list[Words]
    purpose: Words
    live: bool


def granted(grant: Grant, at: datetime) -> Granted:
    """Say who may read what, and whether that still holds."""
    live = grant.revoked_at is None and grant.expires_at > at
    return Granted(
        grant,
        [_FIELDS.get(name, name) for name in grant.fields],
        _PURPOSES.get(grant.purpose, grant.purpose),
        live,
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """Looks of one day by one role of one unit for the same."""

    look: Look
    count: int
    role: Words
    verb: Words
    purpose: Words
    fields: list[Words]


def looked(day: Day) -> Looked:
    """Say who looked at what, and what for."""
    first = day.first
    return Looked(
        first,
        len(day.looks),
        _ROLES.get(first.by_role, first.by_role),
        _LOOKS[first.verb],
        _PURPOSES.get(first.purpose, first.purpose),
        [_FIELDS.get(name, name) for name in first.fields.split(",") if name],
    )

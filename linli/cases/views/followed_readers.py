"""Who may read a case and who has looked at it, in plain words for the person whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from linli.cases.models.reasons import FIELDS, PURPOSES
from linli.kernel.actors import Role
from linli.kernel.looks import Day
from linli.kernel.models import Grant, Look, Staff
from linli.kernel.text import Words

_FIELDS: dict[str, Words] = {**dict(FIELDS), "state": gettext_lazy("How far it is")}
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
    until: date
    live: bool


def granted(grant: Grant, kept_until: date, at: datetime) -> Granted:
    """Say who may read what, until when (nobody reads what is kept no longer), and whether that still holds."""
    live = grant.revoked_at is None and grant.expires_at > at
    return Granted(
        grant,
        fields_in_words(grant.fields),
        _PURPOSES.get(grant.purpose, grant.purpose),
        min(localdate(grant.expires_at), kept_until),
        live,
    )


def fields_in_words(fields: Iterable[str]) -> list[Words]:
    """Say what may be read, in the order in which it is asked for."""
    return [words for name, words in _FIELDS.items() if name in fields]


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
        fields_in_words(first.fields.split(",")),
    )

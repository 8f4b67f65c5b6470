"""Who looked at what somebody left, and what for, in words: the same for a booking and a leave to be asked later."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Role
from linli.kernel.looks import Day, by_day, looks_of
from linli.kernel.models import Look, Staff, Subject
from linli.kernel.text import Words
from linli.offers.models.purposes import PURPOSES

_FIELDS: dict[str, Words] = {
    "name": _("Name at the door"),
    "contact": _("Messages"),
    "note": _("To prepare"),
    "reply_language": _("Language"),
}
_PURPOSES: dict[str, Words] = {
    **dict(PURPOSES),
    "letter": _("To write a letter about your booking"),
    "notify": _("To send it to you"),
}
_LOOKS: dict[str, Words] = dict(Look.VERBS)
_ROLES: dict[str, Words] = {
    **dict(Staff.ROLES),
    Role.SYSTEM.value: _("the platform itself"),
    Role.HOLDER.value: _("you, with your code"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """Looks of one day by one role of one unit for the same, in words."""

    look: Look
    count: int
    role: Words
    verb: Words
    purpose: Words
    fields: list[Words]


def looked(*subjects: Subject) -> list[Looked]:
    """Return every look at these, the newest day first; nobody's is left out."""
    rows = [row for one in subjects for row in looks_of(one)]
    return [_looked(day) for day in by_day(rows)]


def _looked(day: Day) -> Looked:
    first = day.first
    return Looked(
        first,
        len(day.looks),
        _ROLES.get(first.by_role, first.by_role),
        _LOOKS[first.verb],
        _PURPOSES.get(first.purpose, first.purpose),
        [_FIELDS.get(name, name) for name in first.fields.split(",")],
    )

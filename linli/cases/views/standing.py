"""How a case stands, for the eye: its state, the time that is left, and what is particular about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.cases.models import Case
from linli.kernel.text import Words
from linli.kernel.working_days import days_left

SOON = 2  # working days: what is due by then is shown as due soon
STATES: dict[str, str] = {
    Case.RECEIVED: "brand",
    Case.WORKING: "note",
    Case.ANSWERED: "done",
    Case.CLOSED: "plain",
    Case.WITHDRAWN: "plain",
}
_WORDS: dict[str, Words] = dict(Case.STATES)
_ENDED = (Case.CLOSED, Case.WITHDRAWN)
PAUSED: Words = gettext_lazy("paused")


class Standing(Protocol):
    """What of a case, or of its row in a queue, says how it stands. Nothing of it is sealed."""

    @property
    def state(self) -> str: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def next_due_at(self) -> datetime | None: ...
    @property
    def level(self) -> int: ...
    @property
    def reopened(self) -> int: ...
    @property
    def urged(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One word with its state of the design system."""

    state: str
    words: Words


def state_of(case: Standing) -> Shown:
    """Say how far a case is."""
    return Shown(STATES[case.state], _WORDS[case.state])


def clock_of(case: Standing, at: datetime) -> Shown:
    """Say how much time is left, on the clock that runs out first."""
    if case.state in _ENDED:
        return Shown("plain", _("over"))
    if case.paused_at:
        return Shown("plain", PAUSED)
    if case.next_due_at is None:
        return Shown("done", _("waits for the person"))
    return left(case.next_due_at, at)


def left(due_at: datetime, at: datetime) -> Shown:
    """Say how many working days are left, or how many it is over."""
    days = days_left(due_at, at)
    if due_at <= at:
        over = ngettext("%(days)d day over", "%(days)d days over", max(-days, 0))
        return Shown("late", over % {"days": -days} if days < 0 else _("over since today"))
    if days <= 0:
        return Shown("soon", _("due today"))
    words = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return Shown("soon" if days <= SOON else "plain", words)


def marks_of(case: Standing) -> list[tuple[str, Words]]:
    """Return what is particular about a case: escalated, opened again, urged."""
    marks: list[tuple[str, Words]] = []
    if case.level:
        marks.append(("late", _("escalated")))
    if case.reopened:
        marks.append(("soon", _("objected to")))
    if case.urged:
        marks.append(("soon", _("urged")))
    return marks


def place_of(area: object, location: object) -> str:
    """Say where it is, as far as that is no secret: the part of town, or a station by its name."""
    return f"{area} · {location}" if location else str(area)

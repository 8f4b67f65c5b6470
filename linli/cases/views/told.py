"""What was done with a case and what its clocks did, told in words for the units that handle it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.actions.reading import ShownStep
from linli.cases.models import Case, ClockEvent
from linli.cases.models.reasons import DECLINES, EXTENSIONS, HAND_OVERS, PAUSES, TASK_NEWS, VERBS
from linli.cases.views.standing import PAUSED, Shown, left
from linli.kernel.actors import Role
from linli.kernel.text import Words

_VERBS: dict[str, Words] = dict(VERBS)
KINDS: dict[str, Words] = dict((*HAND_OVERS, *DECLINES, *PAUSES, *EXTENSIONS, *TASK_NEWS))
_DUE = {"step": "step_due_at", "unit": "unit_due_at", "case": "due_at"}
_MARKED = {"asked", "replied", "closed", "settled"}
_SENTENCES = re.compile(r"[。!?!?;;.\n]+")
LONG = 60  # characters: what one can read aloud in one breath
_CLOCKS: dict[str, Words] = dict(ClockEvent.CLOCKS)
_CLOCK_VERBS: dict[str, Words] = {
    "paused": gettext_lazy("stood still"),
    "resumed": gettext_lazy("ran again"),
    "moved": gettext_lazy("moved"),
    "passed": gettext_lazy("passed its day"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: when it is due, and how much is left."""

    words: Words
    due_at: datetime
    chip: Shown


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that happened to the clocks; `clock` names it when it was one alone."""

    at: datetime
    words: Words
    kind: Words
    clock: Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `inside`: for the house alone; `theirs`: the person did it."""

    title: Words
    kind: Words
    at: datetime
    who: str
    units: str
    words: str
    inside: bool
    theirs: bool
    done: bool


def clocks(case: Case, at: datetime) -> list[Clock]:
    """Return the three clocks: when each is due, and how much is left."""
    found = []
    for name, words in ClockEvent.CLOCKS:
        due: datetime = getattr(case, _DUE[name])
        found.append(Clock(words, due, _chip(case, due, at)))
    return found


def moves(events: Iterable[ClockEvent]) -> list[Moved]:
    """Return what kept the clocks standing, moved them or passed; what happened to all three, once."""
    found: dict[tuple[datetime, str, str], list[str]] = {}
    for event in events:
        if event.verb in _CLOCK_VERBS:
            found.setdefault((event.at, event.verb, event.kind), []).append(event.clock)
    return [
        Moved(
            at, _CLOCK_VERBS[verb], KINDS.get(kind, ""), "" if len(named) > 1 else _CLOCKS[named[0]]
        )
        for (at, verb, kind), named in found.items()
    ]


def timeline(steps: Iterable[ShownStep]) -> list[Entry]:
    """Return what was done, the newest first."""
    return [_entry(step) for step in steps][::-1]


def plainness(words: str) -> str:
    """Say how long the longest sentence of an answer is, when it is hard to read aloud."""
    longest = max((len(one) for one in _SENTENCES.split(words)), default=0)
    if longest <= LONG:
        return ""
    said = _("The longest sentence has %(count)d characters. Short ones are easier to read.")
    return said % {"count": longest}


def _entry(step: ShownStep) -> Entry:
    theirs = step.by_role == Role.HOLDER.value
    named = [unit for unit in (step.from_unit, step.to_unit) if unit]
    units = "" if named == [step.by_unit] else " → ".join(named)
    who = "" if theirs else " ".join(part for part in (step.by_unit, step.by_name) if part)
    return Entry(
        title=_("waits for the person's leave")
        if step.verb == "wants_leave"
        else _VERBS[step.verb],
        kind=KINDS.get(step.kind, ""),
        at=step.at,
        who=str(_("The person")) if theirs else who,
        units=units,
        words=step.words,
        inside=not step.shown,
        theirs=theirs,
        done=step.verb in _MARKED,
    )


def _chip(case: Case, due_at: datetime, at: datetime) -> Shown:
    if case.state not in {Case.RECEIVED, Case.WORKING}:
        return Shown("plain", _("stopped"))
    return Shown("plain", PAUSED) if case.paused_at else left(due_at, at)

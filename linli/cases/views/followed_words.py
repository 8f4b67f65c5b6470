"""A case in plain words for the person whose it is: state, clocks, story, what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.cases.actions.reading import ShownStep
from linli.cases.models import Case, ClockEvent
from linli.cases.models.reasons import DECLINES, EXTENSIONS, HAND_OVERS, PAUSES, TASK_NEWS, VERBS
from linli.cases.queries.following import clock_moves
from linli.cases.rules.news import task_in
from linli.kernel.actors import Role
from linli.kernel.text import Words
from linli.kernel.working_days import days_left

_KINDS: dict[str, Words] = dict((*HAND_OVERS, *DECLINES, *PAUSES, *EXTENSIONS, *TASK_NEWS))
# What the person did themselves, and what was done about them, is told to them as such.
_VERBS: dict[str, Words] = {
    **dict(VERBS),
    "asked": gettext_lazy("You handed it in"),
    "added": gettext_lazy("You added something"),
    "urged": gettext_lazy("You urged an answer"),
    "withdrew": gettext_lazy("You withdrew it"),
    "objected": gettext_lazy("You said that it is not solved"),
    "closed": gettext_lazy("You closed it"),
    "granted": gettext_lazy("You gave leave to read"),
    "grant_ended": gettext_lazy("You took leave to read back"),
    "leave_given": gettext_lazy("You let it be handed on"),
    "kept_here": gettext_lazy("You kept it where it is"),
    "told": gettext_lazy("You were told at the window"),
    "asked_why": gettext_lazy("You asked why somebody looked"),
    "contact_seen": gettext_lazy("Looked up how to reach you, because:"),
}
SAID: dict[str, Words] = {
    "added": gettext_lazy("Added. The promised day stays as it is."),
    "urged": gettext_lazy("The unit has been urged."),
    "withdrawn": gettext_lazy("Withdrawn. Nobody works on it any more."),
    "objected": gettext_lazy(
        "It is open again. The promised day of the whole case stays as it was."
    ),
    "closed": gettext_lazy("Closed. Thank you for telling us."),
    "revoked": gettext_lazy("Taken back. The next look finds nothing."),
    "granted": gettext_lazy("Leave given. You can take it back at any time."),
    "leave": gettext_lazy("Your decision has been noted."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the case stands, in one word with its colour and one sentence."""

    state: str
    word: Words
    sentence: str


def standing(case: Case, at: datetime) -> Standing:
    """Say how the case stands and who has to do something now."""
    unit = {"unit": case.unit.name}
    word = dict(Case.STATES)[case.state]
    if case.state in {Case.RECEIVED, Case.WORKING} and case.paused_at:
        return Standing("soon", _("waiting"), _("The clocks stand still; the reason is below."))
    told = {
        Case.RECEIVED: ("brand", _("%(unit)s has it. Nobody has taken it in hand yet.") % unit),
        Case.WORKING: ("note", _("%(unit)s works on it.") % unit),
        Case.ANSWERED: (
            "done",
            _("%(unit)s has answered. Please say whether that solves it.") % unit,
        ),
        Case.CLOSED: ("plain", _closed(case)),
        Case.WITHDRAWN: ("plain", _("You withdrew it. Nobody works on it.")),
    }
    state, sentence = told[case.state]
    late = case.next_due_at is not None and case.next_due_at <= at
    return Standing("late" if late else state, _("overdue") if late else word, sentence)


def _closed(case: Case) -> str:
    if case.closed_how == "timeout":
        return _("It was closed because nobody objected in time.")
    return _("You closed it.")


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: what it counts, its day while it runs, and how many working days are left."""

    words: Words
    due_at: datetime | None
    state: str
    left: str


def clocks(case: Case, at: datetime) -> list[Clock]:
    """Return the three clocks as they stand."""
    due = {"step": case.step_due_at, "unit": case.unit_due_at, "case": case.due_at}
    names: dict[str, Words] = {
        "step": _("Next step"),
        "unit": _("The unit's answer"),
        "case": _("The whole case"),
    }
    runs = case.state in {Case.RECEIVED, Case.WORKING}
    return [
        Clock(names[name], due[name] if runs else None, *_left(case, due[name], at))
        for name, _words in ClockEvent.CLOCKS
    ]


def _left(case: Case, due_at: datetime, at: datetime) -> tuple[str, str]:
    if case.state not in {Case.RECEIVED, Case.WORKING}:
        return "plain", _("stopped")
    if case.paused_at:
        return "soon", _("stands still")
    days = days_left(due_at, at)
    if due_at <= at:
        over = ngettext("%(days)d working day over", "%(days)d working days over", max(1, -days))
        return "late", over % {"days": max(1, -days)}
    left = ngettext("%(days)d working day left", "%(days)d working days left", days)
    return ("soon" if days <= 1 else "plain"), left % {"days": days}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story: when, what, by which office, why, and what was written."""

    at: datetime
    what: Words
    office: str
    to_unit: str
    why: Words
    words: str
    task: str = ""  # of the plans, that everybody may follow


def moves(case: Case) -> list[Told]:
    """Return why the promised day moved or the clocks stood still, each with its reason."""
    verbs: dict[str, Words] = {
        "paused": _("The clocks stood still"),
        "resumed": _("The clocks ran again"),
        "moved": _("The promised day moved"),
    }
    return [
        Told(one.at, verbs[one.verb], "", "", _KINDS.get(one.kind, ""), "")
        for one in clock_moves(case)
    ]


def story(steps: Iterable[ShownStep]) -> list[Told]:
    """Return what happened, the newest first, with offices and never a name of staff."""
    told = [
        Told(
            at=step.at,
            what=_VERBS.get(step.verb, step.verb),
            office=_("you") if step.by_role == Role.HOLDER else step.by_unit,
            to_unit=step.to_unit,
            why=_KINDS.get(step.kind, ""),
            words=step.words,
            task=task_in(step.words) if step.verb == "met" else "",
        )
        for step in steps
    ]
    return told[::-1]


def deeds_for(case: Case) -> list[tuple[str, Words, str]]:
    """Return what the person may do now: the deed, its words, and how its button looks."""
    add = ("add", _("Add something"), "button--second")
    withdraw = ("withdraw", _("Withdraw it"), "button--quiet")
    if case.state in {Case.RECEIVED, Case.WORKING}:
        return [add, ("urge", _("Urge an answer"), "button--second"), withdraw]
    if case.state == Case.ANSWERED:
        close = ("close", _("It is solved: close it"), "")
        return [close, ("object", _("It is not solved"), "button--second"), add, withdraw]
    if case.state == Case.CLOSED and not case.rating_offered:
        return [("rate", _("Give a grade"), "")]
    return []

"""Lamps and deeds in a resident's words. Units are named, persons never."""

from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.facts.schemas import telling as figures
from linli.kernel.text import Words
from linli.plans.models import Move, Progress, Task
from linli.plans.queries.published import Deed
from linli.plans.rules.lamp import Lamp, Reason

# Best first: a resident asks first what was kept.
LAMPS: dict[Lamp, Words] = {
    Lamp.GREEN: pgettext_lazy("a promise", "Proven"),
    Lamp.BLUE: pgettext_lazy("a promise", "Under way"),
    Lamp.AMBER: pgettext_lazy("a promise", "Needs watching"),
    Lamp.RED: pgettext_lazy("a promise", "Overdue"),
    Lamp.GREY: pgettext_lazy("a promise", "Not begun or given up"),
}
# The shape and colour that ui/ gives each.
SHAPES: dict[Lamp, str] = {
    Lamp.GREEN: "done",
    Lamp.BLUE: "note",
    Lamp.AMBER: "soon",
    Lamp.RED: "late",
    Lamp.GREY: "plain",
}
REASONS: dict[Reason, Words] = {
    Reason.DONE: _("Done, and evidence shows it."),
    Reason.DONE_LATE: _("Done, and evidence shows it, but later than promised."),
    Reason.DROPPED: _("The promise was given up. The reason stands on its page."),
    Reason.OVERDUE: _("The day has passed, and nothing shows that it was done."),
    Reason.OVERDUE_CLAIMED: _(
        "The day has passed. The unit says it was done; nobody has proven it."
    ),
    Reason.OVERDUE_MISSED: _("The day has passed, and what was proven falls short."),
    Reason.TARGET_MISSED: _("What was proven so far falls short of the target."),
    Reason.WAITS_FOR_REVIEW: _("The unit has reported; the report is being checked."),
    Reason.SENT_BACK: _("The last report was sent back; a better one is awaited."),
    Reason.CLAIMED: _("The target is said to be reached; nobody has proven it yet."),
    Reason.MILESTONE_LATE: _("A step on the way is late."),
    Reason.DUE_SOON: _("The day is less than a month away."),
    Reason.NOT_BEGUN: _("Its time has not come yet."),
    Reason.UNDER_WAY: _("There is time left, and nothing is late."),
}
DEEDS: dict[str, Words] = {
    "promised": _("Promised"),
    "moved": _("Moved"),
    "reported": _("The unit reported"),
    "sent_back": _("Report sent back"),
    "accepted": _("Report accepted on evidence"),
    "milestone_reached": _("A step was reached"),
    "reworded": _("Put in other words"),
    "reassigned": _("Another unit leads it"),
    "dropped": _("Given up"),
}


def lamp(colour: Lamp, why: Reason) -> Words:
    """Return the lamp in one or two words."""
    if why == Reason.DROPPED:
        return pgettext_lazy("a promise", "Given up")
    return pgettext_lazy("a promise", "Not begun") if colour == Lamp.GREY else LAMPS[colour]


def day(on: date | None) -> str:
    """Return a day in the reader's language, or that none was named."""
    return date_format(on, "DATE_FORMAT") if on else gettext("no day named")


def later(days: int) -> str:
    """Return by how much a promise has moved."""
    if days < 0:
        return ngettext("%(n)d day earlier", "%(n)d days earlier", -days) % {"n": -days}
    return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days}


def ahead(days: int) -> str:
    """Return how far a due day lies ahead or behind."""
    if days < 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", -days) % {"n": -days}
    if days == 0:
        return gettext("due today")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def deed(done: Deed) -> str:
    """Return what was done in one sentence, without who and when."""
    about = done.about
    if isinstance(about, Move):
        return _moved(about)
    if isinstance(about, Progress):
        return gettext("It says that the task is done.") if about.says_done else ""
    if done.kind == "promised" and done.task.first_due_on:
        return gettext("To be done by %(day)s.") % {"day": day(done.task.first_due_on)}
    return ""


def sentence(task: Task) -> Evidence | None:
    """Return what the promise was made in: its own sentence, else that of its measure."""
    return task.evidence or task.measure.evidence


def source_address(evidence: Evidence | None) -> str:
    """Return where a source can be looked at, in the reader's language."""
    return figures.safe_address(evidence.address) if evidence else ""


def permanent(name: str, *args: str) -> str:
    """Return a path that is the same in every language: for data, feeds and calendars."""
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)


def promise_path(code: str) -> str:
    """Return the permanent path of a promise."""
    return _promise_path().replace("CODE", code)


@cache
def _promise_path() -> str:
    # Ten thousand rows of open data ask for it: resolved once, filled in ten thousand times.
    return permanent("plans:public_promise", "CODE")


def moment(at: datetime | None) -> str:
    """Return the day of a moment here, as ISO."""
    return localdate(at).isoformat() if at else ""


def _moved(move: Move) -> str:
    said = []
    if move.was_due_on != move.now_due_on:
        words = gettext("Due %(now)s instead of %(was)s.")
        said.append(words % {"now": day(move.now_due_on), "was": day(move.was_due_on)})
    indicator = move.task.indicator
    if move.was_target != move.now_target and indicator and indicator.public:
        was, now = (
            gettext("none") if v is None else figures.number(v)
            for v in (move.was_target, move.now_target)
        )
        said.append(gettext("Target %(now)s instead of %(was)s.") % {"now": now, "was": was})
    return " ".join(said)

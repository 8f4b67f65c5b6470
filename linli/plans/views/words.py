"""How codes of tasks, deeds and breakdown tables are said to a reader."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from linli.facts.models import Fact
from linli.facts.rules.periods import Period
from linli.kernel.text import Words
from linli.plans.models import Task
from linli.plans.rules.breakdown import Fate
from linli.plans.rules.lamp import Reason

# Why a lamp has its colour, in a sentence for the head of a page.
WHY: dict[Reason, Words] = {
    Reason.DONE: _("Done, and proven."),
    Reason.DONE_LATE: _("Done and proven, but after the due day."),
    Reason.DROPPED: _("Given up; the reason stands below."),
    Reason.OVERDUE: _("The due day has passed and nothing proves that it is done."),
    Reason.OVERDUE_CLAIMED: _(
        "The due day has passed; that it is done is said but not yet proven."
    ),
    Reason.OVERDUE_MISSED: _("The due day has passed and the target was not reached."),
    Reason.TARGET_MISSED: _("Accepted on evidence, but what is proven lies below the target."),
    Reason.WAITS_FOR_REVIEW: _("A report waits for review."),
    Reason.SENT_BACK: _("The last report was sent back: see why below."),
    Reason.CLAIMED: _("The target is said to be reached; nothing proves it yet."),
    Reason.MILESTONE_LATE: _("A milestone has passed its day without being reached."),
    Reason.DUE_SOON: _("Due within 30 days."),
    Reason.NOT_BEGUN: _("Its time has not come yet."),
    Reason.UNDER_WAY: _("Under way, nothing late."),
}
STATES: dict[str, str] = {
    Task.OPEN: "plain",
    Task.REPORTED: "soon",
    Task.SENT_BACK: "late",
    Task.ACCEPTED: "done",
    Task.DROPPED: "plain",
}
FACTS: dict[str, str] = {
    Fact.CLAIMED: "soon",
    Fact.EVIDENCED: "done",
    Fact.CONFIRMED: "done",
    Fact.WITHDRAWN: "plain",
}
SIGNS = {"at_least": "≥", "at_most": "≤"}
STEPS: dict[str, Words] = {
    "added": _("Entered into the ledger"),
    "edited": _("Edited"),
    "assigned": _("Given to another unit"),
    "given_back": _("Given back to its unit"),
    "grounded": _("Asked for by cases with one cause"),
    "served_by": _("Linked with what delivers or pays for it"),
    "served_no_more": _("No longer delivered or paid by it"),
    "dropped": _("Given up"),
    "milestone_added": _("Milestone added"),
    "milestone_reached": _("Milestone reached"),
}
FIELDS: dict[str, Words] = {
    "title": _("Task"),
    "lead": _("Lead unit"),
    "responsible": _("Responsible units"),
    "supporting": _("Supporting units"),
    "starts_on": _("Starts on"),
    "due_on": _("Due on"),
    "indicator": _("Indicator"),
    "target": _("Target"),
    "reason": _("Why"),
    "milestone": _("Milestone"),
    "reached_on": _("Reached on"),
    "way": _("Delivered or paid by"),
}
FATES: dict[Fate, tuple[str, Words]] = {
    Fate.NEW: ("done", _("New task")),
    Fate.KNOWN: ("plain", _("Already there")),
    Fate.REPEATED: ("plain", _("Said before in this table")),
    Fate.HEADING: ("note", _("Section: measure of the rows below")),
    Fate.WRONG: ("late", pgettext_lazy("a row of a table", "Error")),
}
ROWS: dict[str, Words] = {
    "no_task": _("There is no task in this row."),
    "too_long": _("Longer than 300 characters: %(words)s…"),
    "unit_not_known": _("No unit of this place is called %(words)s."),
    "day_not_understood": _("This names no one day: %(words)s."),
    "indicator_not_known": _("No indicator has this code or name: %(words)s."),
    "no_number": _("This target holds no one number: %(words)s."),
    "first_leads": _("No lead unit is named: the first one leads."),
    "no_lead": _("No unit yet."),
    "no_day": _("No due day."),
}


def row_sentence(code: str, words: str) -> str:
    """Return what is to know of a row of a breakdown table."""
    return str(ROWS[code]) % {"words": words}


def moved(days: int) -> str:
    """Return by how much a due day moved, in words."""
    if days > 0:
        return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days}
    return ngettext("%(n)d day earlier", "%(n)d days earlier", -days) % {"n": -days}


def left(days: int) -> str:
    """Return how far a due day lies ahead or behind, in words."""
    if days == 0:
        return str(_("today"))
    if days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day ago", "%(n)d days ago", -days) % {"n": -days}


def period(of: Period) -> str:
    """Return a period in the reader's own way of writing days: a year, a month, or first to last day."""
    last = of.until - timedelta(days=1)
    if (of.start.month, of.start.day, last.month, last.day) == (1, 1, 12, 31):
        years = {str(of.start.year), str(last.year)}
        return "–".join(sorted(years))
    if of.start.day == 1 and last.month == of.start.month and last.year == of.start.year:
        return date_format(of.start, "YEAR_MONTH_FORMAT")
    if of.start == last:
        return date_format(last)
    return f"{date_format(of.start)} – {date_format(last)}"

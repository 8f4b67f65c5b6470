"""How the review is said to an officer."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.text import Words
from linli.reports.rules.likeness import CLOSE

Table = dict[str, Words]

STATES: Table = {
    "open": _("Not yet decided"),
    "accept": pgettext_lazy("review", "Accepted"),
    "merge": _("Merged"),
    "reject": _("Rejected"),
    "taken": _("In the ledger"),
    "out_of_scope": _("Out of scope"),
}
COLOURS = {
    "open": "plain",
    "accept": "done",
    "merge": "note",
    "reject": "plain",
    "taken": "brand",
    "out_of_scope": "late",
}
KINDS: Table = {
    "figure": _("Figure"),
    "planned": _("Promise"),
    "ongoing": _("Going on"),
    "done": _("Said to be done"),
}
LACKS: Table = {
    "name": _("what it counts"),
    "period": _("its period"),
    "value": _("a value"),
    "area": _("its place in the directory"),
    "title": _("a title"),
    "due_on": _("a day that can be read"),
    "target": _("what the target counts"),
}
BOUNDS: Table = {
    "exact": _("exactly"),
    "approx": _("about"),
    "approx_below": _("almost"),
    "more_than": _("more than"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "less_than": _("less than"),
}
BECOMES: Table = {"task": _("Task"), "measure": _("Measure"), "fact": _("Fact")}
_SAME, _NEAR = _("the same words"), _("similar words")


def likeness(score: float) -> Words:
    """Return how much alike two sentences are, in words: a number would look like knowledge."""
    return _SAME if score >= CLOSE else _NEAR

"""How codes of a reading are said to a reader."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.facts.models.units import UNITS
from linli.kernel.text import Words
from linli.reader.measures import SERVICE_INSTEAD

Table = dict[str, Words]

KINDS: Table = {
    "figure": _("Figures"),
    "measure": _("Measures"),
    "body": _("Bodies"),
    "document": _("Documents"),
    "date": _("Dates"),
    "place": _("Places"),
    "brand": _("Programmes"),
    "heading": _("Headings"),
}
BOUNDS: Table = {
    "approx": _("about"),
    "approx_below": _("almost"),
    "more_than": _("more than"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "less_than": _("less than"),
    "vague": _("not said exactly"),
}
ROLES: Table = {
    "before": _("before"),
    "after": _("after"),
    "target": _("target"),
    "threshold": _("threshold"),
}
STATUSES: Table = {"done": _("Done"), "ongoing": _("Going on"), "planned": _("Planned")}
BOUNDARIES: Table = {
    "surveillance": _("watching people"),
    "person_register": _("a register of people"),
    "opinion_monitoring": _("monitoring of opinion"),
    "policing": _("policing"),
    "consent_needed": _("data about people between offices"),
}
INSTEAD: Table = {
    "services_without_a_name": _("Services that anyone may use without saying who they are."),
    "published_area_figures": _("Published figures about areas, never about people."),
    "open_suggestions": _("Suggestions, complaints and ratings that nobody can tie to a person."),
    "legal_aid_and_mediation": _("Legal aid and mediation that a resident asks for."),
    "handover_with_consent": _(
        "Hand-over between offices with the person's own consent, for a time."
    ),
}
OUTCOMES: Table = {
    "fulfilled": _("Said to be kept"),
    "restated": _("Said again"),
    "changed": _("Changed"),
    "vanished": _("Vanished"),
    "new": _("Newly promised"),
}
OUTCOMES_ABOUT: Table = {
    "fulfilled": _(
        "The later report says it was done, and no number falls short: a claim, not proof."
    ),
    "restated": _("Still ahead, as it was promised before."),
    "changed": _("Another number, unit or date, or it fell short."),
    "vanished": _("Nothing like it is said in the later report."),
    "new": _("Promised in the later report for the first time."),
}
OUTCOME_STATES = {
    "fulfilled": "note",  # green is for what is proven
    "restated": "plain",
    "changed": "soon",
    "vanished": "late",
    "new": "brand",
}
DIFFERS: Table = {
    "number": _("another number"),
    "short": _("fell short"),
    "unit": _("counted in another unit"),
    "date": _("another date"),
    "unsaid": _("the number is not said again"),
}
ALIKE: dict[bool, Words] = {
    True: _("Nearly the same words"),
    False: _("Similar words: read both before you conclude"),
}


def instead(boundary: str) -> Words:
    """Return the service that meets the need behind a passage about watching people."""
    return INSTEAD[SERVICE_INSTEAD[boundary]]


def number(value: float | None) -> str:
    """Return a number with its digits in groups of three."""
    if value is None:
        return "—"
    return f"{Decimal(str(value)):,f}"


def unit(code: str) -> Words:
    """Return a unit in words; a counted thing without words of ours keeps its printed form instead."""
    return "%" if code == "%" else UNITS.get(code, "")


def period(iso: str | None) -> str:
    """Return an ISO period as people write one: 2016/2020 is 2016–2020."""
    return (iso or "").replace("/..", "–").replace("/", "–")

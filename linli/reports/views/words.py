"""How codes of a reading are said to a reader."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words

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
UNITS: Table = {
    "CNY": _("yuan"),
    "USD": _("US dollars"),
    "percentage_point": _("percentage points"),
    "m2": _("m²"),
    "km2": _("km²"),
    "mu": _("mu (1/15 ha)"),
    "jin": _("jin (0.5 kg)"),
    "t": _("tonnes"),
    "nmi": _("nautical miles"),
    "year_age": _("years of age"),
    "minute": _("minutes"),
    "hour": _("hours"),
    "day": _("days"),
    "month": _("months"),
    "year": _("years"),
    "person": _("people"),
    "person_time": _("attendances"),
    "household": _("households"),
    "times": _("times"),
}
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

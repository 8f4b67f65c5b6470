"""Units of measure in words. A unit without words of ours is shown as it is written."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.text import Words

UNITS: dict[str, Words] = {
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
    "times": pgettext_lazy("ratio", "times"),  # so many times as much; how often is "occasion"
    "item": _("items"),
    "occasion": _("occasions"),
    "session": _("sessions"),
    "batch": _("batches"),
    "case": _("cases"),
    "site": _("sites"),
    "copy": _("copies"),
    "organization": _("organisations"),
    "team": _("teams"),
    "school": _("schools"),
    "building": _("buildings"),
    "work": _("works"),
}


def unit_words(unit: str) -> str:
    """Return a unit in the reader's language."""
    return str(UNITS.get(unit, unit))


def unit_short(unit: str) -> str:
    """Return a unit as a sentence says it: without what explains it in brackets."""
    return unit_words(unit).partition("（")[0].partition(" (")[0]

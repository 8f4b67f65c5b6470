"""How the console tells what it knows: filters that were chosen, freshness, conditions, a history."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Change
from linli.directory.rules.freshness import freshness
from linli.directory.schemas.telling import AMOUNTS, FRESH_NAMES, FRESH_STATES, SITUATIONS
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

VERBS: dict[str, Words] = {
    "added": _("Added"),
    "amended": _("Amended"),
    "assured": _("Checked"),
    "ended": _("Ended"),
    "closed": _("Closed for good"),
    "dropped": _("Offered no longer"),
    "corrected": _("Corrected after somebody said that it was wrong"),
}
FIELDS: dict[str, Words] = {
    "name": _("Name"), "other_names": _("Also called"), "description": _("Description"),
    "status": _("State"), "terms": _("Themes"), "areas": _("For which places"),
    "rules": _("Whom it is for"), "eligibility": _("Whom it is for, in words"),
    "instead": _("Nearest alternative"), "promised_days": _("Promised working days"),
    "statutory_days": _("Statutory working days"), "visits": _("Visits needed"),
    "basis": _("Legal basis"), "alert": _("Notice"), "documents": _("Papers to bring"),
    "stages": _("Steps"), "costs": _("Prices"), "phones": _("Phones"), "organization": _("Offered by"),
    "area": _("Place"), "kind": _("Kind"), "address": _("Address"), "transport": _("How to get there"),
    "access": _("Ways in"), "tile": _("Square on the map"), "schedules": _("Opening hours"),
    "languages": _("Languages"), "window": _("Window"), "unit": _("Unit"), "website": _("Website"),
    "email": _("Office email"), "assured_on": _("Last checked"), "assured_by": _("Checked by"),
    "closed_on": _("Closed for good"), "service": _("Service"), "location": _("Place"),
}  # fmt: skip
_SHORT = 120  # characters of a value in a history


def chosen(filters: forms.Form) -> dict[str, Any]:
    """Return the filters that make sense; the others narrow nothing."""
    filters.is_valid()
    return dict(filters.cleaned_data)


def fresh_tag(assured_on: date, today: date, kind: str) -> tuple[str, Words]:
    """Return state and words of how fresh something is."""
    state = freshness(assured_on, today, kind).state
    return FRESH_STATES[state], FRESH_NAMES[state]


def on_rows(form: forms.Form, refused: Refused) -> None:
    """Put a refusal of a whole draft above the form, beside its field where the code names one."""
    field = {"instead_of_itself": "instead", "promises_more_than_the_law": "promised_days"}
    on_form(form, refused, field.get(refused.code))


def condition(rule: Mapping[str, Any]) -> Words:
    """Return what a rule of eligibility asks for, as a line that can be read."""
    if rule["kind"] == "any":
        return _joined([condition(part) for part in rule["of"]], _("or"))
    if rule["kind"] == "holds":
        return format_lazy(str(_("has “{paper}”")), paper=rule["document"])
    if rule["kind"] == "lives_in":
        return format_lazy(str(_("lives in {places}")), places="、".join(rule["areas"]))
    if rule["kind"] == "situation":
        return SITUATIONS[rule["of"]]
    numbers = (
        f"{rule.get('from', 0)}–{rule['until'] - 1}" if "until" in rule else f"≥ {rule['from']}"
    )
    what = _("age") if rule["kind"] == "age" else AMOUNTS[rule["of"]]
    return format_lazy("{} {}", what, numbers)


def _joined(parts: list[Words], between: Words) -> Words:
    said = parts[0]
    for part in parts[1:]:
        said = format_lazy("{} {} {}", said, between, part)
    return said


def history(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return changes as a page tells them: the verb, and what was and became of each field."""
    return [
        {
            "verb": VERBS.get(change.verb, change.verb),
            "change": change,
            "fields": [
                (FIELDS.get(name, name), said(change.was.get(name)), said(value))
                for name, value in change.becomes.items()
            ]
            if change.verb in {"amended", "assured"}
            else [],
        }
        for change in changes
    ]


def said(value: Any) -> str:  # noqa: ANN401 - a value of a history
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, list):
        text = "、".join(said(one) for one in value)
    elif isinstance(value, dict):
        text = " ".join(str(one) for one in value.values() if one not in (None, ""))
    else:
        text = str(value)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"

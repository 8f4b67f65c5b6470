"""One item of a review as a row: its words, what it is or would become, and what may be done with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from linli.directory.models import Unit
from linli.facts.models import Indicator
from linli.flows.reading_to_ledger import Candidate, Suggestion, becoming
from linli.portal.review import words
from linli.reports.queries.review import ReviewItem
from linli.reports.rules.marking import Item
from linli.reports.views.words import BOUNDARIES, instead, period, unit

LEDGERS = {"fact": "facts:citation", "task": "plans:task"}


@dataclass(frozen=True, slots=True)
class Names:
    """Names behind the codes that verdicts hold: two queries for all rows."""

    units: dict[str, str]
    indicators: dict[str, str]

    @classmethod
    def behind(cls, all_becomes: Iterable[Mapping[str, Any]]) -> "Names":
        """Look them up."""
        units, indicators = set(), set()
        for becomes in all_becomes:
            units |= {becomes.get("lead"), *becomes.get("responsible", ())}
            indicators.add(becomes.get("indicator"))
        named = Unit.objects.filter(code__in=units - {None, ""})
        return cls(
            dict(named.values_list("code", "name")),
            {
                one.code: one.shown_name
                for one in Indicator.objects.filter(code__in=indicators - {None, ""})
            },
        )


def kind_of(item: Item) -> str:
    """Return figure, or how far a measure is: planned, ongoing, done."""
    return "figure" if item.kind == "figure" else str(item.fields["status"])


def becomes_of(one: ReviewItem, suggestion: Suggestion | None) -> Mapping[str, Any]:
    """Return what an item is to become: as decided, else as suggested."""
    if one.holds and one.holds.verb == "accept" and one.holds.becomes:
        return one.holds.becomes
    return suggestion.becomes if suggestion else {}


def row(one: ReviewItem, suggestion: Suggestion | None, names: Names) -> dict[str, Any]:
    """Return a row for the template."""
    item, state = one.item, one.state
    becomes = becomes_of(one, suggestion)
    is_open = state == "open"
    return {
        "item": item,
        "state": state,
        "words": words.STATES[state],
        "colour": words.COLOURS[state],
        "kind": kind_of(item),
        "kind_words": words.KINDS[kind_of(item)],
        "says": _figure(becomes, names) if item.kind == "figure" else _measure(becomes, names),
        "lacks": [words.LACKS[code] for code in suggestion.lacks] if suggestion and is_open else [],
        "candidates": [_candidate(found) for found in suggestion.candidates]
        if suggestion and is_open
        else [],
        "contradicts": suggestion.contradicts if suggestion and is_open else (),
        "unmatched": [printed for printed, found in suggestion.printed if found is None]
        if suggestion and is_open
        else [],
        "no_promise": is_open and kind_of(item) == "done",
        "into": one.holds.becomes.get("into", "") if one.holds and state == "merge" else "",
        "taken": _taken(one),
        "reason": BOUNDARIES[one.out_of_scope] if one.out_of_scope else "",
        "instead": instead(one.out_of_scope) if one.out_of_scope else "",
    }


def rows_of(items: Iterable[ReviewItem]) -> list[dict[str, Any]]:
    """Return rows of items as they were decided: two queries."""
    decided = tuple(items)
    names = Names.behind(becomes_of(one, None) for one in decided)
    return [row(one, None, names) for one in decided]


def _figure(becomes: Mapping[str, Any], names: Names) -> dict[str, Any]:
    if not becomes:
        return {}
    bound = str(becomes.get("bound") or "exact")
    return {
        "indicator": names.indicators.get(becomes.get("indicator", ""), ""),
        "name": becomes.get("name", ""),
        "value": _amount(becomes.get("value")),
        "unit": unit(str(becomes.get("unit") or "")),
        "bound": "" if bound == "exact" else words.BOUNDS.get(bound, ""),
        "period": period(str(becomes.get("period") or "")),
        "target": becomes.get("as") == becoming.TARGET,
    }


def _measure(becomes: Mapping[str, Any], names: Names) -> dict[str, Any]:
    if not becomes:
        return {}
    lead = becomes.get("lead", "")
    target = becomes.get("target")
    return {
        "title": becomes.get("title", ""),
        "becomes": words.BECOMES.get(becomes.get("kind", ""), ""),
        "lead": names.units.get(lead, ""),
        "responsible": [names.units.get(code, code) for code in becomes.get("responsible", ())],
        "due_on": becomes.get("due_on", ""),
        "target": _amount(target) if target else "",
        "sense": words.BOUNDS.get(becomes.get("sense", ""), ""),
        "unit": unit(str(becomes.get("unit") or "")),
        "counts": names.indicators.get(becomes.get("indicator", "")) or becomes.get("name", ""),
    }


def _candidate(found: Candidate) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "kind": words.BECOMES[found.kind],
        "alike": words.likeness(found.likeness),
    }


def _taken(one: ReviewItem) -> dict[str, Any] | None:
    if not one.taken:
        return None
    name = LEDGERS.get(one.taken.kind)
    return {
        "code": one.taken.code,
        "kind": words.BECOMES[one.taken.kind],
        "address": reverse(name, args=[one.taken.code]) if name else reverse("plans:ledger"),
    }


def _amount(value: object) -> str:
    said = becoming.number(value)
    return "—" if said is None else f"{said:,f}"

"""What each item of a reading could become, from what the town knows already.

Suggestions are never silent: what is missing is named, how alike two things are is said, and an item that
only reports something as done is not suggested as a promise.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from linli.directory.models import Unit
from linli.flows.reading_to_ledger import becoming, naming, timing
from linli.flows.reading_to_ledger.knowledge import Knowledge
from linli.flows.reading_to_ledger.suggestion import ACCEPT, LEAVE, MERGE, Candidate, Suggestion
from linli.reports.models import Report
from linli.reports.rules import review
from linli.reports.rules.marking import Item


def suggestions(report: Report, *, period: str = "") -> dict[str, Suggestion]:
    """Return a suggestion for each item that may be taken in, by its id; a bounded number of queries.

    period: ISO, for figures that name none, when the report itself does not say which year it is about.
    """
    reading = report.reading
    found = review.reviewable(reading)
    outside = review.out_of_scope(found, review.passages(reading))
    inside = [item for item in found if item.id not in outside]
    known = Knowledge.around(report)
    otherwise = timing.report_period(reading) or period
    told_on = report.printed_on or localdate(report.received_at)
    planned = {
        name
        for item in inside
        if item.kind == "measure" and item.fields["status"] == "planned"
        for name in item.fields.get("figures", ())
    }
    made: dict[str, Suggestion] = {}
    for item in inside:
        if item.kind == "figure":
            made[item.id] = _figure(
                reading, item, known, otherwise, told_on, target=item.id in planned
            )
        else:
            made[item.id] = _measure(reading, item, known)
    return known.with_facts(made)


def _figure(
    reading: Mapping[str, Any],
    item: Item,
    known: Knowledge,
    otherwise: str,
    told_on: date,
    *,
    target: bool,
) -> Suggestion:
    figure = item.fields
    if figure["role"] == "before" or figure["aggregation"] == "cumulative":
        otherwise = ""  # it is of another time than the report
    becomes, indicator = _counted(reading, figure, known)
    becomes |= {
        "as": becoming.TARGET if target else becoming.FACT,
        "period": "" if target else timing.figure_period(figure, otherwise, told_on=told_on),
        "value": "" if figure["value"] is None else str(figure["value"]),
        "bound": becoming.bound_of(figure["bound"]),
    }
    lacks = becoming.figure_lacks(becomes)
    if not target and known.area is None:
        lacks = (*lacks, "area")
    # Figures of a group of people come from official statistics (PRIVACY 9): an officer decides, one by one.
    group = naming.of_a_group(naming.beside(reading, figure))
    fit = target or (figure["class"] == "hard" and figure["role"] != "threshold" and not group)
    return Suggestion(ACCEPT if fit else LEAVE, becomes, lacks, indicator=indicator)


def _measure(reading: Mapping[str, Any], item: Item, known: Knowledge) -> Suggestion:
    measure = item.fields
    planned = measure["status"] == "planned"
    due_on = timing.due_day(reading, measure)
    printed = _printed(measure, known)
    units = [unit for _, unit in printed if unit]
    becomes: dict[str, Any] = {
        "kind": becoming.TASK if planned else becoming.MEASURE,
        "title": " ".join(measure["surface"].split())[:300],
        "lead": units[0].code if units else "",
        "responsible": list(dict.fromkeys(unit.code for unit in units[1:] if unit != units[0])),
        "due_on": due_on.isoformat() if due_on else "",
    }
    indicator = None
    aimed = _aim(reading, measure) if planned else None
    if aimed:
        counted, indicator = _counted(reading, aimed, known)
        becomes |= counted | {
            "target": str(aimed["value"]),
            "sense": "at_most" if aimed["bound"] in {"at_most", "less_than"} else "at_least",
        }
    candidates = known.like(becomes["title"])
    advice = ACCEPT if measure["status"] != "done" else LEAVE
    if candidates:
        advice = MERGE
    return Suggestion(
        advice=advice,
        becomes=becomes,
        lacks=() if known.area else ("area",),
        candidates=candidates,
        indicator=indicator,
        printed=printed,
    )


def _printed(measure: Mapping[str, Any], known: Knowledge) -> tuple[tuple[str, Unit | None], ...]:
    """Return the units that the sentence itself names, the lead first. One that is only implied is not
    given a task: that would be a guess.
    """
    leads = tuple(measure.get("lead_units", ()))
    actor = (measure["actor"],) if measure.get("actor") else ()
    names = leads + tuple(measure.get("responsible_units", ())) + actor
    return tuple((name, known.unit(name)) for name in dict.fromkeys(names))


def _aim(reading: Mapping[str, Any], measure: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the figure that a planned measure aims at."""
    own = set(measure.get("figures", ()))
    aims = (f for f in reading["figures"] if f["id"] in own and f["value"] is not None)
    return next(aims, None)


def _counted(
    reading: Mapping[str, Any], figure: Mapping[str, Any], known: Knowledge
) -> tuple[dict[str, Any], Candidate | None]:
    name = naming.figure_name(reading, figure)
    indicator = known.indicator(name, figure["unit"]) if name else None
    return {
        "indicator": indicator.code if indicator else "",
        "name": name,
        "unit": figure["unit"],
        "unit_kind": naming.kind_of(figure["kind"]),
    }, indicator

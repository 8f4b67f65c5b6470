"""One reading as a page: the text with its marks on one side, what was read on the other."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.facts.models import Fact
from linli.reader.places.areas import newest
from linli.reports.models import Report
from linli.reports.queries.review import facts_taken
from linli.reports.rules.marking import Item, MarkedLine, Piece, items, marked_lines
from linli.reports.rules.sums import figures_of
from linli.reports.views import words

LINES_SHOWN = 1_500


def reading_page(report: Report) -> dict[str, Any]:
    """Return the template's context for one report."""
    reading = report.reading
    found = items(reading)
    kinds = {kind: [item for item in found if item.kind == kind] for kind in words.KINDS}
    lines = list(marked_lines(reading))
    measures = kinds["measure"]
    return {
        "report": report,
        "reading": reading,
        "place": _place_name(reading),
        "lines": [_line(line) for line in lines[:LINES_SHOWN]],
        "lines_left_out": max(0, len(lines) - LINES_SHOWN),
        "figures": [_figure(item) for item in kinds["figure"]],
        "arithmetic": list(_arithmetic(reading, facts_taken(report))),
        "measures": [_measure(item) for item in measures if not item.boundary],
        "out_of_scope": [_out_of_scope(item) for item in measures if item.boundary],
        "bodies": kinds["body"],
        "documents": kinds["document"],
        "brands": kinds["brand"],
        "dates": kinds["date"],
        "places": _places(kinds["place"]),
        "legend": [(kind, words.KINDS[kind], len(kinds[kind])) for kind in words.KINDS],
    }


def comparisons(report: Report, others: Iterable[Report], address: str) -> list[dict[str, Any]]:
    """Return the way to the comparison with each other report of the place, the earlier one first."""
    rows = []
    for other in others:
        before = report.printed_on and other.printed_on and report.printed_on < other.printed_on
        first, second = (report, other) if before else (other, report)
        rows.append(
            {
                "title": other.title,
                "on": other.printed_on,
                "address": reverse(address, args=[first.code, second.code]),
            }
        )
    return rows


def _line(line: MarkedLine) -> SafeString:
    tag = "h3" if line.role in {"title", "heading"} else "p"
    return format_html(
        '<{tag} class="doc-line doc-{label} doc-role-{role}" id="l{number}">{pieces}</{tag}>',
        tag=SafeString(tag),  # nosec B703 - one of two of ours
        label=line.label,
        role=line.role,
        number=line.number,
        pieces=format_html_join("", "{}", ((_piece(piece),) for piece in line.pieces)),
    )


def _piece(piece: Piece) -> SafeString | str:
    """Return the piece marked by its most specific item; where items begin, it links to their rows."""
    if not piece.items:
        return piece.text
    kinds = " ".join(f"is-{item.kind}" for item in piece.items)
    if any(item.boundary for item in piece.items):
        kinds += " is-out-of-scope"
    named = " ".join(item.id for item in piece.items)
    rows = [item for item in piece.begins if item.kind != "heading"]
    if not rows:
        return format_html(
            '<span class="mark {}" data-items="{}">{}</span>', kinds, named, piece.text
        )
    first, *others = rows
    # Every item that begins here is an address; the link leads to the most specific one.
    anchors = format_html_join("", '<span id="s-{}"></span>', ((item.id,) for item in others))
    return format_html(
        '{}<a class="mark {}" data-items="{}" id="s-{}" href="#i-{}">{}</a>',
        anchors,
        kinds,
        named,
        first.id,
        first.id,
        piece.text,
    )


def _figure(item: Item) -> dict[str, Any]:
    fields = item.fields
    return {
        "item": item,
        "value": words.number(fields["value"]),
        "unit": words.unit(fields["unit"]),
        "bound": words.BOUNDS.get(fields["bound"], ""),
        "counted": fields["counted"],
        "subject": fields["subject"],
        "period": words.period(fields["period"]),
        "role": words.ROLES.get(fields["role"] or "", ""),
        "soft": fields["class"] == "soft",
    }


def _measure(item: Item) -> dict[str, Any]:
    fields = item.fields
    return {
        "item": item,
        "verb": fields["verb"],
        "actor": fields.get("actor"),
        "implied": fields.get("actor_implied"),
        "status": words.STATUSES[fields["status"]],
        "status_code": fields["status"],
        "lead": fields.get("lead_units", ()),
        "responsible": fields.get("responsible_units", ()),
        "recurrence": fields.get("recurrence"),
    }


def _out_of_scope(item: Item) -> dict[str, Any]:
    boundary = item.fields["boundary"]
    return {
        "item": item,
        "reason": words.BOUNDARIES[boundary],
        "instead": words.instead(boundary),
    }


def _arithmetic(reading: dict[str, Any], known: dict[str, Fact]) -> Iterator[dict[str, Any]]:
    """Yield what the text claims of its own numbers, each with whether it is so, and what proves it."""
    for pair in reading["pairs"]:
        yield {
            "kind": "pair",
            "text": f"{words.number(pair['before'])} → {words.number(pair['after'])}",
            "metric": pair["metric"],
            "holds": None,
        }
    for claim in reading["constraints"]:
        sign = " + " if claim["kind"] == "sum" else " / "
        parts = sign.join(words.number(part) for part in claim["parts"])
        yield {
            "kind": claim["kind"],
            "text": f"{parts} = {words.number(claim['whole'])}",
            "metric": "",
            "holds": claim["holds"],
            "proof": _proof(claim, reading, known) if claim["holds"] else [],
        }


def _proof(claim: dict[str, Any], reading: dict[str, Any], known: dict[str, Fact]) -> list[Fact]:
    """Return the facts that prove a sum: all its parts, and the whole if it was taken in; else nothing."""
    *parts, whole = figures_of(claim, reading["figures"]) or ("",)
    wanted = [*parts, *([whole] if whole in known else [])]
    facts = [known[item] for item in wanted if item in known and known[item].indicator.public]
    proven = all(one.status in {Fact.EVIDENCED, Fact.CONFIRMED} for one in facts)
    return facts if parts and proven and len(facts) == len(wanted) else []


def _places(found: list[Item]) -> list[dict[str, Any]]:
    """Return each place once, with how often it is named and where first."""
    rows: dict[str, dict[str, Any]] = {}
    for item in found:
        name = item.fields["name"]
        row = rows.setdefault(name, {"item": item, "name": name, "times": 0, "ids": []})
        row["times"] += 1
        row["ids"].append(item.id)
    return list(rows.values())


def _place_name(reading: dict[str, Any]) -> str:
    codes = [reading["place"][level] for level in ("province", "city", "county")]
    known = newest()
    return " ".join(known[code].name for code in codes if code)

"""What may be decided about the items of a reading, and which decision holds.

A passage that describes watching people is never taken in: not the clause itself, not a figure in it,
not another item that touches it (PRIVACY 10). Decisions are only ever added; an undo is one more row
that restores the decision before, so that the record shows both.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from linli.reader.measures import watching
from linli.reports.rules.marking import Item, items

OPEN, ACCEPT, MERGE, REJECT = "open", "accept", "merge", "reject"
TAKES_IN = frozenset({ACCEPT, MERGE})
VERBS = frozenset({OPEN, ACCEPT, MERGE, REJECT})
KINDS = ("figure", "measure")
RESTORED = "restored"  # in a verdict's `becomes`: this row is an undo


class Choice(NamedTuple):
    """One decision about one item, and what the item is to become."""

    verb: str
    becomes: Mapping[str, Any] = MappingProxyType({})


class Row(NamedTuple):
    """One verdict as it stands on record."""

    verb: str
    becomes: Mapping[str, Any]
    at: datetime
    by: str


class Passage(NamedTuple):
    """Characters [start, end) that describe watching people, and how."""

    start: int
    end: int
    reason: str


def passages(reading: Mapping[str, Any]) -> tuple[Passage, ...]:
    """Return what in a reading is out of scope, in order and apart from each other."""
    text: str = reading["text"]
    found = [
        Passage(fields["start"], fields["end"], fields["boundary"])
        for fields in reading["measures"]
        if fields.get("boundary")
    ]
    for start, end, label, _ in reading["lines"]:
        if label == "main":  # a clause without a verb of ours is no measure, and yet out of scope
            found += (Passage(start + a, start + b, why) for a, b, why in watching(text[start:end]))
    joined: list[Passage] = []
    for passage in sorted(found):
        if joined and passage.start < joined[-1].end:
            end = max(joined[-1].end, passage.end)
            joined[-1] = joined[-1]._replace(end=end)
        else:
            joined.append(passage)
    return tuple(joined)


def reviewable(reading: Mapping[str, Any]) -> tuple[Item, ...]:
    """Return the items that an officer decides about, in the order of the text."""
    found = (item for item in items(dict(reading)) if item.kind in KINDS)
    return tuple(sorted(found, key=lambda item: (item.start, -item.end)))


def out_of_scope(found: Iterable[Item], outside: Sequence[Passage]) -> dict[str, str]:
    """Return the ids of items that are in, around or across a passage out of scope, each with the reason."""
    ends = [passage.end for passage in outside]
    reasons: dict[str, str] = {}
    for item in found:
        at = bisect_right(ends, item.start)  # the first passage that ends after the item begins
        if item.boundary:
            reasons[item.id] = str(item.fields["boundary"])
        elif at < len(outside) and outside[at].start < item.end:
            reasons[item.id] = outside[at].reason
    return reasons


def says_watching(words: str) -> bool:
    """Say whether words that an officer typed describe watching people."""
    return bool(watching(words))


def standing(rows: Sequence[Row]) -> Row | None:
    """Return the decision that holds: the last one that was not undone. None when the item is open."""
    kept = _not_undone(rows)
    return kept[-1] if kept and kept[-1].verb != OPEN else None


def restoring(rows: Sequence[Row]) -> Choice:
    """Return the row that undoes the decision that holds: the one before it again, or open."""
    before = _not_undone(rows)[-2:-1]
    verb, becomes = (before[0].verb, before[0].becomes) if before else (OPEN, {})
    return Choice(verb, {**becomes, RESTORED: True})


def last_act(rows: Mapping[str, Sequence[Row]]) -> frozenset[str]:
    """Return the items of the newest act that was not undone: one call may have decided many."""
    tops = {item: kept[-1] for item, given in rows.items() if (kept := _not_undone(given))}
    newest = max(((row.at, row.by) for row in tops.values()), default=None)
    return frozenset(item for item, row in tops.items() if (row.at, row.by) == newest)


def _not_undone(rows: Sequence[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if RESTORED not in row.becomes:
            kept.append(row)
        elif kept:
            kept.pop()
    return kept

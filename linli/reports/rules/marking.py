"""A reading laid over its text: which characters belong to which items.

A line is cut at every place where an item begins or ends. Each piece then belongs to the same items
from its first character to its last, so that overlapping items need no nesting.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# From the most specific kind to the widest: a piece is coloured by the first that it belongs to.
KINDS = ("figure", "date", "document", "place", "body", "brand", "heading", "measure")
_PLURALS = {
    "figure": "figures",
    "date": "dates",
    "document": "documents",
    "place": "places",
    "body": "bodies",
    "brand": "brands",
    "heading": "headings",
    "measure": "measures",
}
_LETTERS = {"date": "d", "document": "t", "place": "p", "body": "b", "brand": "n", "heading": "h"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a reading with the name by which a page refers to it."""

    id: str
    kind: str
    start: int
    end: int
    boundary: bool
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that belong to the same items. begins: those that start here."""

    text: str
    items: tuple[Item, ...]
    begins: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of the document; number counts from 1."""

    number: int
    label: str
    role: str
    pieces: tuple[Piece, ...]


def items(reading: dict[str, Any]) -> tuple[Item, ...]:
    """Return all items of a reading's record, the most specific kinds first, each kind in order."""
    return tuple(
        Item(
            id=fields.get("id") or f"{_LETTERS[kind]}{number}",
            kind=kind,
            start=fields["start"],
            end=fields["end"],
            boundary=bool(fields.get("boundary")),
            fields=fields,
        )
        for kind in KINDS
        for number, fields in enumerate(reading[_PLURALS[kind]], 1)
    )


def marked_lines(reading: dict[str, Any]) -> Iterator[MarkedLine]:
    """Yield the lines that are not blank; the pieces of a line join to the line again."""
    text: str = reading["text"]
    found = sorted(items(reading), key=lambda item: item.start)
    starts = [item.start for item in found]
    cuts = sorted({at for item in found for at in (item.start, item.end)})
    for number, (start, end, label, role) in enumerate(reading["lines"], 1):
        if not text[start:end].strip():
            continue
        # Finders work inside one line, so what touches a line begins in it.
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        pieces = tuple(
            Piece(
                text=text[left:right],
                items=_specific_first(i for i in inside if i.start <= left and right <= i.end),
                begins=_specific_first(i for i in inside if i.start == left),
            )
            for left, right in pairwise(edges)
        )
        yield MarkedLine(number, label, role, pieces)


def _specific_first(found: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(found, key=lambda item: KINDS.index(item.kind)))

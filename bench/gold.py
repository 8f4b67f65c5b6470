"""What the demo reports hold, as annotated by hand, placed in the text that a reader gives.

A gold file names each item by its line, its words and which occurrence in the line is meant, so it
stands whatever the renderer does with white space: places are found without looking at it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "linli" / "demo" / "reports"
GOLD = ROOT / "tests" / "reader" / "gold"
KINDS = (
    "headings",
    "dates",
    "places",
    "bodies",
    "documents",
    "brands",
    "figures",
    "measures",
    "non_figures",
)
NOT_ARTICLE = ("meta", "duplicate_title")


class Misplaced(ValueError):
    """A line of the gold is not in the text."""


class Item(NamedTuple):
    """One annotated stretch [start, end) of the reader's text; `says` is its entry in the gold."""

    start: int
    end: int
    says: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document.

    head: the file's own entries (title, date, pairs …); main, body, furniture: numbers of text lines,
    1-based: the article, its paragraphs and headings, and what is around; items by kind.
    """

    head: dict[str, Any]
    main: frozenset[int]
    body: frozenset[int]
    furniture: frozenset[int]
    items: dict[str, tuple[Item, ...]]


def entries() -> list[dict[str, Any]]:
    """Return the gold files as they are written, by name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]


def placed(head: dict[str, Any], text: str) -> Gold:
    """Place the gold `head` in `text`. Raises `Misplaced` when an article line is missing."""
    page = Page(text)
    spans: dict[int, range] = {}
    at = 0
    for line in head["lines"]:
        found = page.find(line["text"], at)
        if found is not None:
            spans[line["n"]], at = found, found.stop
        elif line["role"] not in NOT_ARTICLE:
            raise Misplaced(f"{head['doc']}: {line['text'][:40]}")
    roles = {line["n"]: line["role"] for line in head["lines"]}
    main = page.rows(span for n, span in spans.items() if roles[n] not in NOT_ARTICLE)
    around = page.rows(span for n, span in spans.items() if roles[n] in NOT_ARTICLE)
    body = page.rows(span for n, span in spans.items() if roles[n] in ("body", "heading"))
    items = {
        kind: tuple(page.item(spans[entry["line"]], entry) for entry in head[kind])
        for kind in KINDS
    }
    return Gold(head, main, body, page.filled_rows() - main - around, items)


class Page:
    """A text that can be searched without regard to white space. Positions are of the dense text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = [n for n, character in enumerate(text) if not character.isspace()]
        self.dense = "".join(text[n] for n in self.at)
        self.row_starts = [0]
        for row in text.split("\n"):
            self.row_starts.append(self.row_starts[-1] + len(row) + 1)

    def find(self, words: str, start: int) -> range | None:
        """Return where `words` stand at or after `start`: lines of their own before parts of lines."""
        dense = "".join(words.split())
        hits: list[range] = []
        here = self.dense.find(dense, start)
        while here >= 0:
            hits.append(range(here, here + len(dense)))
            here = self.dense.find(dense, here + 1)
        return next((hit for hit in hits if self.alone(hit)), hits[0] if hits else None)

    def alone(self, span: range) -> bool:
        """Tell whether `span` begins and ends with its line."""
        before, after = self.at[span.start], self.at[span.stop - 1] + 1
        left = self.text[self.text.rfind("\n", 0, before) + 1 : before]
        right = self.text[after:].split("\n", 1)[0]
        return not left.strip() and not right.strip()

    def item(self, line: range, entry: dict[str, Any]) -> Item:
        """Place one entry inside its line."""
        words, here = "".join(entry["surface"].split()), line.start - 1
        for _ in range(entry["nth"]):
            here = self.dense.index(words, here + 1, line.stop)
        return Item(self.at[here], self.at[here + len(words) - 1] + 1, entry)

    def rows(self, spans: Iterator[range]) -> frozenset[int]:
        """Return the numbers of the text's lines that `spans` touch, 1-based."""
        touched = [(self.at[span.start], self.at[span.stop - 1] + 1) for span in spans]
        return frozenset(
            number
            for number in self.filled_rows()
            for start, end in touched
            if self.row_starts[number - 1] < end and start < self.row_starts[number]
        )

    def filled_rows(self) -> frozenset[int]:
        """Return the numbers of the lines that are not blank, 1-based."""
        return frozenset(n for n, row in enumerate(self.text.split("\n"), 1) if row.strip())

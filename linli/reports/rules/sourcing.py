"""Which citations a paper rests on, and where in it each figure stands. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from linli.reports.rules.paper import Figure, Heading, Listed, Paper, Paragraph, Spans


class Source(NamedTuple):
    """A citation as the list at the end names it: its number, and the first figure that says it."""

    number: int
    figure: Figure


class Place(NamedTuple):
    """Where a figure stands: under which headings, in which block of that chapter, in which cell.

    kind: heading, paragraph, list or table; number: the how many-th of its kind below the last heading;
    part: the item of a list, the row of a table (0 is its head); column: of a table, else 0. All from 1.
    """

    headings: tuple[str, ...]
    kind: str
    number: int
    part: int = 0
    column: int = 0


def sources(paper: Paper) -> tuple[Source, ...]:
    """Return each citation once, in the order in which a reader meets them, numbered from 1."""
    first: dict[str, Figure] = {}
    for figure in paper.figures():
        first.setdefault(figure.code, figure)
    return tuple(Source(number, figure) for number, figure in enumerate(first.values(), 1))


def numbers(paper: Paper) -> dict[str, int]:
    """Return the number of each citation by its code."""
    return {source.figure.code: source.number for source in sources(paper)}


def said(spans: Spans) -> str:
    """Return spans as they are read."""
    return "".join(span.words for span in spans)


def placed(paper: Paper) -> Iterator[tuple[Place, Figure]]:
    """Yield every figure with its place, in the order in which a reader meets them."""
    above: list[str] = []
    counts: dict[str, int] = {}
    for block in paper.blocks:
        if isinstance(block, Heading):
            del above[block.level - 1 :]
            above.append(said(block.spans))
            counts = {}
        kind = _KINDS.get(type(block), "table")
        counts[kind] = counts.get(kind, 0) + 1
        here = Place(tuple(above), kind, counts[kind])
        if isinstance(block, Heading | Paragraph):
            parts = [(here, block.spans)]
        elif isinstance(block, Listed):
            parts = [(here._replace(part=n), item) for n, item in enumerate(block.items, 1)]
        else:
            parts = [
                (here._replace(part=n, column=column), cell)
                for n, row in enumerate((block.head, *block.rows))
                for column, cell in enumerate(row, 1)
            ]
        for place, spans in parts:
            yield from ((place, span) for span in spans if isinstance(span, Figure))


_KINDS = {Heading: "heading", Paragraph: "paragraph", Listed: "list"}

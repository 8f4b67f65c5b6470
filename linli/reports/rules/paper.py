"""A written report as its parts, before it becomes a page, a DOCX or a PDF. Pure.

Every figure in it is a `Figure`: what the sentence says, and the citation that it says it from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """Words. strong, emphasis: how they are set."""

    words: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the sentence says it.

    words: as it is printed, bound and unit included ("近10万人"). code: of its citation, /c/<code>. about: what it counts, for
    where and when, in one line: what a reader hears who asks. value: the number alone, for a cell of a sheet; empty when it is kept back.
    """

    words: str
    code: str
    about: str
    value: str = ""


Span = Plain | Figure
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. level: 1 for a chapter, to 4."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, numbered or not."""

    items: tuple[Spans, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row; the first cell of a row names it."""

    caption: str
    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block = Heading | Paragraph | Listed | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """One written report. language: zh-hans, zh-hant or en. by, on: who gives it and the day, as printed below the title."""

    title: str
    language: str
    by: str
    on: str
    blocks: tuple[Block, ...]

    def figures(self) -> list[Figure]:
        """Return every figure in the order in which a reader meets it, repeated ones too."""
        return [
            span
            for block in self.blocks
            for spans in _spans(block)
            for span in spans
            if isinstance(span, Figure)
        ]


def _spans(block: Block) -> tuple[Spans, ...]:
    if isinstance(block, Heading | Paragraph):
        return (block.spans,)
    if isinstance(block, Listed):
        return block.items
    return (*block.head, *(cell for row in block.rows for cell in row))

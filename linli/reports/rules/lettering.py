"""A paper as any file can hold it: letters that all can write, headings without a gap. Pure."""

import re
from dataclasses import replace

from linli.reports.rules.paper import (
    Block,
    Figure,
    Heading,
    Listed,
    Paper,
    Paragraph,
    Plain,
    Span,
    Spans,
    Table,
)

# Control characters, halves of surrogate pairs and what Unicode calls no character: XML has no place for them.
_NO_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNPRINTED = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff{_NO_CHARACTERS}]"
)
_ENDS = re.compile("[\t\n\r\u2028\u2029]+")


def printable(paper: Paper) -> Paper:
    """Return a paper without what no file can hold; a line end inside words becomes a space.

    A heading is never more than one level below the one that it stands under: who listens counts them.
    """
    return replace(
        paper,
        title=clean(paper.title),
        by=clean(paper.by),
        on=clean(paper.on),
        blocks=_stepped(tuple(_block(block) for block in paper.blocks)),
    )


def clean(words: str) -> str:
    """Return words as a line of letters."""
    return _UNPRINTED.sub("", _ENDS.sub(" ", words))


def _stepped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    above: list[int] = []
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            found.append(replace(block, level=len(above)))
        else:
            found.append(block)
    return tuple(found)


def _block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, spans=_spans(block.spans))
        case Listed():
            return replace(block, items=tuple(map(_spans, block.items)))
        case Table():
            return Table(
                clean(block.caption),
                tuple(map(_spans, block.head)),
                tuple(tuple(map(_spans, row)) for row in block.rows),
            )


def _spans(spans: Spans) -> Spans:
    return tuple(map(_span, spans))


def _span(span: Span) -> Span:
    if isinstance(span, Plain):
        return replace(span, words=clean(span.words))
    words, about = clean(span.words), clean(span.about)
    return Figure(words, span.code, about, span.value)

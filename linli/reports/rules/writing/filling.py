"""A text and what is known, put together to a paper. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.reports.rules.paper import (
    Block,
    Heading,
    Listed,
    Paper,
    Paragraph,
    Plain,
    Span,
    Spans,
    Table,
)
from linli.reports.rules.writing.answers import Answer, spans_of
from linli.reports.rules.writing.parts import (
    Asked,
    BlockAsked,
    ByHand,
    Grid,
    HeadingAsked,
    ListAsked,
    ParagraphAsked,
    Parts,
    TableAsked,
    Text,
    cell_of,
    rows_and_columns,
)

Answers = Mapping[Asked, Answer]
Placed = HeadingAsked | ParagraphAsked | ListAsked | TableAsked | Grid


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper is filled with. heads: what a table calls its lists; labels: what it calls an entry of one of them."""

    answers: Answers
    heads: Mapping[str, str]
    labels: Callable[[str, str], str]
    by_hand: Mapping[int, Text]
    language: str


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the text: title, who gives it, the day."""

    title: str
    by: str
    on: str


def filled(front: Front, text: Text, told: Told) -> Paper:
    """Return the paper: every figure said, passages by hand in their places."""
    return Paper(front.title, told.language, front.by, front.on, tuple(_blocks(text.blocks, told)))


def answered(text: Text, told: Told) -> list[Answer]:
    """Return what came of each figure of the text and of its passages, in the order of a reader."""
    return [told.answers[asked] for asked in asked_in(text, told.by_hand)]


def asked_in(text: Text, by_hand: Mapping[int, Text]) -> list[Asked]:
    """Return the figures of a text and of its passages by hand, in the order of a reader."""
    found: list[Asked] = []
    for block in text.blocks:
        one = by_hand.get(block.number) if isinstance(block, ByHand) else Text((block,), ())
        found += one.asked() if one else []
    return found


def _blocks(blocks: Sequence[BlockAsked], told: Told) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, ByHand):
            yield _block(block, told)
            continue
        passage = told.by_hand.get(block.number)
        if passage and passage.blocks:
            yield from _blocks(passage.blocks, told)
        else:
            yield Paragraph((Plain(f"〔{block.about}〕", emphasis=True),))


def _block(block: Placed, told: Told) -> Block:
    match block:
        case HeadingAsked():
            return Heading(block.level, _spans(block.parts, told))
        case ParagraphAsked():
            return Paragraph(_spans(block.parts, told))
        case ListAsked():
            return Listed(tuple(_spans(item, told) for item in block.items), block.numbered)
        case TableAsked():
            rows = tuple(tuple(_spans(cell, told) for cell in row) for row in block.rows)
            return Table("", tuple(_spans(cell, told) for cell in block.head), rows)
        case Grid():
            return _grid(block, told)


def _spans(parts: Parts, told: Told) -> Spans:
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, Plain):
            spans.append(part)
        else:
            spans += spans_of(told.answers[part], told.language)
    return tuple(spans)


def _grid(grid: Grid, told: Told) -> Table:
    rows, columns = rows_and_columns(grid)
    corner: Spans = (Plain(told.heads[rows]),)
    head = tuple((Plain(told.labels(columns, one)),) for one in getattr(grid, columns))
    body = tuple(
        (
            (Plain(told.labels(rows, row)),),
            *(
                _spans((cell_of(grid, {rows: row, columns: column}),), told)
                for column in getattr(grid, columns)
            ),
        )
        for row in getattr(grid, rows)
    )
    return Table(grid.caption, (corner, *head), body)

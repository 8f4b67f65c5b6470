"""A paper as it is kept, and back; its digest; the same in Traditional script. Pure."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from opencc import OpenCC

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

SIMPLIFIED, TRADITIONAL = "zh-hans", "zh-hant"
Record = dict[str, Any]
Change = Callable[[str], str]
# OpenCC writes 汇 here as in a dictionary (詞彙); whoever reports pours out (匯報). Behind 詞 it is a dictionary's 彙.
_REPORTING = re.compile("(?<![詞字語辭])彙報")


def as_record(paper: Paper) -> Record:
    """Return a paper as plain data."""
    return {
        "title": paper.title,
        "language": paper.language,
        "by": paper.by,
        "on": paper.on,
        "blocks": [_block_record(block) for block in paper.blocks],
    }


def of_record(record: Record) -> Paper:
    """Return the paper that was kept."""
    return Paper(
        record["title"],
        record["language"],
        record["by"],
        record["on"],
        tuple(_block(one) for one in record["blocks"]),
    )


def digest(paper: Paper) -> str:
    """Return a text that differs when anything in a paper does but its day."""
    told = json.dumps(as_record(replace(paper, on="")), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def in_script(paper: Paper, language: str) -> Paper:
    """Return a paper for readers of a language: in Traditional script where it is Simplified and they ask for it."""
    if (paper.language, language) != (SIMPLIFIED, TRADITIONAL):
        return paper
    change: Change = _traditional
    return Paper(
        change(paper.title),
        TRADITIONAL,
        change(paper.by),
        paper.on,
        tuple(_changed(block, change) for block in paper.blocks),
    )


def _changed(block: Block, change: Change) -> Block:
    def all_of(spans: Spans) -> Spans:
        return tuple(_span_changed(span, change) for span in spans)

    match block:
        case Heading() | Paragraph():
            return replace(block, spans=all_of(block.spans))
        case Listed():
            return replace(block, items=tuple(all_of(item) for item in block.items))
        case Table():
            return Table(
                change(block.caption),
                tuple(all_of(cell) for cell in block.head),
                tuple(tuple(all_of(cell) for cell in row) for row in block.rows),
            )


def _span_changed(span: Span, change: Change) -> Span:
    if isinstance(span, Plain):
        return replace(span, words=change(span.words))
    return replace(span, words=change(span.words), about=change(span.about))


def _block_record(block: Block) -> Record:
    match block:
        case Heading():
            return {"heading": block.level, "spans": _records(block.spans)}
        case Paragraph():
            return {"spans": _records(block.spans)}
        case Listed():
            return {"items": [_records(one) for one in block.items], "numbered": block.numbered}
        case Table():
            return {
                "caption": block.caption,
                "head": [_records(cell) for cell in block.head],
                "rows": [[_records(cell) for cell in row] for row in block.rows],
            }


def _block(record: Record) -> Block:
    if "heading" in record:
        return Heading(record["heading"], _spans(record["spans"]))
    if "items" in record:
        return Listed(tuple(_spans(one) for one in record["items"]), record["numbered"])
    if "rows" in record:
        rows = tuple(tuple(_spans(cell) for cell in row) for row in record["rows"])
        return Table(record["caption"], tuple(_spans(cell) for cell in record["head"]), rows)
    return Paragraph(_spans(record["spans"]))


def _records(spans: Spans) -> list[Record]:
    return [
        {"words": span.words, "strong": span.strong, "emphasis": span.emphasis}
        if isinstance(span, Plain)
        else {
            "words": span.words,
            "code": span.code,
            "about": span.about,
            "value": span.value,
        }
        for span in spans
    ]


def _spans(records: list[Record]) -> Spans:
    return tuple(Figure(**one) if "code" in one else Plain(**one) for one in records)


def _traditional(text: str) -> str:
    return _REPORTING.sub("匯報", _converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")

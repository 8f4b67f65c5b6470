"""A written report as PDF: tagged for who listens (PDF/UA-1), all fonts inside, links to every citation.

What people typed reaches the typesetter as data alone: `paper.typ` is the only code it runs.
"""

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

import typst
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.reports.exchange.printed import Printed, print_of
from linli.reports.rules.paper import (
    Block,
    Figure,
    Heading,
    Listed,
    Paper,
    Paragraph,
    Plain,
    Spans,
    Table,
)

TYPE: Final = "application/pdf"
_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
# What is set first, then whatever of the machine's fonts has the letter.
_SERIF: Final = {"hans": "Noto Serif CJK SC", "hant": "Noto Serif CJK TC"}
_SANS: Final = {"hans": "Noto Sans CJK SC", "hant": "Noto Sans CJK TC"}
_REGIONS: Final = {"hans": "CN", "hant": "TW"}
_UNDRAWN: Final = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
# A word that is longer than a line may go on in the next.
_LONG: Final = re.compile("[!-~]{40}")
_NUMBERED: Final = re.compile(r"(?<!\\)\\u\{(10[0-9a-f]{4}|[0-9a-f]{1,5})\}")
_ONE_AT_A_TIME: Final = Lock()


def pdf(paper: Paper, host: str) -> bytes:
    """Return a paper as PDF; the same paper, host ("https://…") and fonts give the same bytes.

    Refuses: no_font when this machine has no font for Chinese, or none for a letter of the text.
    """
    given = json.dumps(_given(print_of(paper, host)), ensure_ascii=False)
    with _ONE_AT_A_TIME:  # the typesetter keeps its fonts, and is for one at a time
        if not ready():
            raise Refused("no_font", _NO_CHINESE, status=503)
        try:
            made = _compiler().compile(
                sys_inputs={"paper": given}, format="pdf", pdf_standards="ua-1", timestamp=0
            )
        except typst.TypstError as problem:
            if found := _UNDRAWN.search(str(problem)):
                raise _no_letter(found[1]) from problem
            raise
    return cast("bytes", made)


@cache
def ready() -> bool:
    """Tell whether this machine has the fonts that Chinese is set in."""
    return {*_SERIF.values(), *_SANS.values()} <= {*typst.Fonts().families()}


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent)


_NO_CHINESE: Final = _(
    "This machine has no font for Chinese, so it cannot make a PDF. Whoever runs it installs Debian's fonts-noto-cjk. The other formats are here."
)
_NO_LETTER: Final = _(
    "No font of this machine can draw “%(words)s”, so it cannot make a PDF. Leave it out, or install Debian's fonts-noto. The other formats are here."
)


def _no_letter(told: str) -> Refused:
    """Say which words cannot be drawn, as the typesetter told them: rare letters by their number."""
    words = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), told)
    return Refused("no_font", _NO_LETTER % {"words": words[:20]}, status=503)


def _given(printed: Printed) -> dict[str, Any]:
    """Return the paper as the template reads it."""
    paper = printed.paper
    script = "hant" if paper.language == "zh-hant" else "hans"
    chinese = paper.language != "en"
    return {
        "title": paper.title,
        "by": paper.by,
        "on": paper.on,
        "lang": "zh" if chinese else "en",
        "script": script if chinese else "latn",
        "region": _REGIONS[script] if chinese else "GB",
        "fonts": {"text": [_SERIF[script]], "heads": [_SANS[script]]},
        "contents": printed.contents,
        "headed": bool(printed.headings()),
        "blocks": [_block(printed, block) for block in paper.blocks],
        "sources_title": printed.sources_title,
        "sources": [
            {"number": number, "about": figure.about, "address": printed.address(figure)}
            for number, figure in printed.sources
        ],
    }


def _block(printed: Printed, block: Block) -> dict[str, Any]:
    def spans(them: Spans) -> list[dict[str, Any]]:
        return [_span(printed, span) for span in them]

    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "spans": spans(block.spans)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": spans(block.spans)}
    if isinstance(block, Listed):
        items = [spans(item) for item in block.items]
        return {"kind": "list", "numbered": block.numbered, "items": items}
    return {"kind": "table", "caption": block.caption, **_table(printed, block)}


def _table(printed: Printed, block: Table) -> dict[str, Any]:
    """Return the cells of a table, each row as long as the longest."""
    width = max(1, *(len(row) for row in (block.head, *block.rows)))
    head, *rows = (
        [[_span(printed, span) for span in cell] for cell in (*row, *[()] * (width - len(row)))]
        for row in (block.head, *block.rows)
    )
    return {"columns": width, "head": head, "rows": rows}


def _span(printed: Printed, span: Figure | Plain) -> dict[str, Any]:
    if isinstance(span, Plain):
        return {
            "kind": "plain", "words": _LONG.sub("\\g<0>\u200b", span.words), "strong": span.strong, "emphasis": span.emphasis,
        }  # fmt: skip
    return {
        "kind": "figure",
        "words": span.words,
        "number": printed.numbers[span.code],
        "address": printed.address(span),
    }

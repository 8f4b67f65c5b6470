"""A written report as one HTML file that stands alone: its own styles, no script, every figure leads to its citation."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from linli.reports.exchange.printed import DEEPEST, Printed, print_of
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
from linli.ui.languages import language_of

TYPE: Final = "text/html; charset=utf-8"
_STYLES: Final = Path(__file__).with_name("paper.css")
_PAGE: Final = """<!doctype html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{}</title>
<style>{}</style>
</head>
<body>
<main>
<header>
<h1>{}</h1>
{}</header>
{}{}{}</main>
</body>
</html>
"""


def html(paper: Paper, host: str) -> bytes:
    """Return a paper as one HTML file; the same paper and host ("https://…") give the same bytes."""
    printed = print_of(paper, host)
    clean = printed.paper
    page = format_html(
        _PAGE,
        language_of(clean.language).tag,
        clean.title,
        _styles(),
        clean.title,
        format_html_join("", "<p>{}</p>\n", ((line,) for line in (clean.by, clean.on) if line)),
        _contents(printed),
        _joined(_blocks(printed)),
        _sources(printed),
    )
    return page.encode("utf-8", "replace")


@cache
def _styles() -> SafeString:
    return mark_safe(_STYLES.read_text("utf-8"))  # noqa: S308 - a file of ours


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _contents(printed: Printed) -> SafeString:
    headings = printed.headings()
    if not headings:
        return SafeString()
    entries = format_html_join(
        "",
        '<li class="depth{}"><a href="#chapter{}">{}</a></li>\n',
        ((level, number, words) for number, (level, words) in enumerate(headings)),
    )
    return format_html(
        '<nav role="doc-toc" aria-labelledby="contents">\n<h2 id="contents">{}</h2>\n<ol>\n{}</ol>\n</nav>\n',
        printed.contents,
        entries,
    )


def _blocks(printed: Printed) -> Iterator[SafeString]:
    chapter = 0
    for block in printed.paper.blocks:
        if isinstance(block, Heading) and block.level <= DEEPEST:
            yield _heading(printed, block, f"chapter{chapter}")
            chapter += 1
        else:
            yield _block(printed, block)


def _heading(printed: Printed, block: Heading, name: str = "") -> SafeString:
    tag = f"h{block.level + 1}"
    named = format_html(' id="{}"', name) if name else ""
    return format_html("<{}{}>{}</{}>\n", tag, named, _spans(printed, block.spans), tag)


def _block(printed: Printed, block: Block) -> SafeString:
    match block:
        case Heading():
            return _heading(printed, block)
        case Paragraph():
            return format_html("<p>{}</p>\n", _spans(printed, block.spans))
        case Listed():
            tag = "ol" if block.numbered else "ul"
            items = ((_spans(printed, item),) for item in block.items)
            return format_html(
                "<{}>\n{}</{}>\n", tag, format_html_join("", "<li>{}</li>\n", items), tag
            )
        case Table():
            return _table(printed, block)


def _table(printed: Printed, block: Table) -> SafeString:
    head = format_html_join(
        "", '<th scope="col">{}</th>', ((_spans(printed, cell),) for cell in block.head)
    )
    rows = _joined(
        format_html(
            "<tr>{}{}</tr>\n",
            format_html_join(
                "", '<th scope="row">{}</th>', ((_spans(printed, cell),) for cell in row[:1])
            ),
            format_html_join("", "<td>{}</td>", ((_spans(printed, cell),) for cell in row[1:])),
        )
        for row in block.rows
    )
    caption = format_html("<caption>{}</caption>\n", block.caption) if block.caption else ""
    return format_html(
        '<div class="wide" tabindex="0" role="group" aria-label="{}">\n<table>\n{}<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n',
        block.caption or printed.paper.title,
        caption,
        head,
        rows,
    )


def _spans(printed: Printed, spans: Spans) -> SafeString:
    return _joined(_span(printed, span) for span in spans)


def _span(printed: Printed, span: Span) -> SafeString:
    if isinstance(span, Plain):
        words = escape(span.words)
        if span.strong:
            words = format_html("<strong>{}</strong>", words)
        return format_html("<em>{}</em>", words) if span.emphasis else words
    number = printed.numbers[span.code]
    return format_html(
        '<a class="figure" role="doc-biblioref" href="{}" title="{}">{}</a><sup><a role="doc-noteref" href="#source{}">[{}]</a></sup>',
        printed.address(span),
        span.about,
        span.words,
        number,
        number,
    )


def _sources(printed: Printed) -> SafeString:
    if not printed.sources:
        return SafeString()
    entries = format_html_join(
        "",
        '<li id="source{}">[{}] {} <a role="doc-biblioref" href="{}">{}</a></li>\n',
        (
            (number, number, figure.about, address, address)
            for number, figure in printed.sources
            for address in [printed.address(figure)]
        ),
    )
    return format_html(
        '<section role="doc-endnotes" aria-labelledby="chapter{}">\n<h2 id="chapter{}">{}</h2>\n<ul class="sources">\n{}</ul>\n</section>\n',
        len(printed.headings()) - 1,
        len(printed.headings()) - 1,
        printed.sources_title,
        entries,
    )

"""A paper as a page: each figure is a link to its citation, with what it counts beside it."""

from collections.abc import Iterable, Iterator
from itertools import count

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.reports.rules.paper import (
    Block,
    Figure,
    Heading,
    Listed,
    Paper,
    Paragraph,
    Plain,
    Span,
    Table,
)

LANGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def set_paper(paper: Paper) -> SafeString:
    """Return the blocks of a paper; its figures are #f1, #f2 … in the order of a reader."""
    numbers = count(1)
    return format_html_join("\n", "{}", ((_block(block, numbers),) for block in paper.blocks))


def _block(block: Block, numbers: Iterator[int]) -> SafeString:
    match block:
        case Heading():
            # The title of the page is its first heading.
            level = min(block.level + 1, 6)
            return format_html("<h{0}>{1}</h{0}>", level, _spans(block.spans, numbers))
        case Paragraph():
            return format_html("<p>{}</p>", _spans(block.spans, numbers))
        case Listed():
            items = _each("<li>{}</li>", block.items, numbers)
            tag = "ol" if block.numbered else "ul"
            return format_html("<{0}>{1}</{0}>", SafeString(tag), items)  # nosec B703 - one of two
        case Table():
            return _table(block, numbers)


def _table(table: Table, numbers: Iterator[int]) -> SafeString:
    caption = format_html("<caption>{}</caption>", table.caption) if table.caption else ""
    head = _each('<th scope="col">{}</th>', table.head, numbers)
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, numbers),) for row in table.rows))
    return format_html(
        '<div class="table" tabindex="0" role="region" aria-label="{}"><table>{}<thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        table.caption or "".join(span.words for span in table.head[0]) if table.head else "",
        caption,
        head,
        rows,
    )


def _row(row: tuple[tuple[Span, ...], ...], numbers: Iterator[int]) -> SafeString:
    first = _each('<th scope="row">{}</th>', row[:1], numbers)
    return first + _each("<td>{}</td>", row[1:], numbers)


def _each(form: str, cells: Iterable[tuple[Span, ...]], numbers: Iterator[int]) -> SafeString:
    return format_html_join("", form, ((_spans(cell, numbers),) for cell in cells))


def _spans(spans: tuple[Span, ...], numbers: Iterator[int]) -> SafeString:
    return format_html_join("", "{}", ((_span(span, numbers),) for span in spans))


def _span(span: Span, numbers: Iterator[int]) -> SafeString | str:
    if isinstance(span, Figure):
        return format_html(
            '<a class="said" id="f{}" href="{}" title="{}">{}</a>',
            next(numbers),
            reverse("facts:citation", args=[span.code]),
            span.about,
            span.words,
        )
    return _set(span)


def _set(span: Plain) -> SafeString | str:
    words: SafeString | str = span.words
    if span.emphasis:
        words = format_html("<em>{}</em>", words)
    return format_html("<strong>{}</strong>", words) if span.strong else words

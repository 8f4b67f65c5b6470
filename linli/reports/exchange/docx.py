"""A written report as DOCX: real styles, contents, links to every citation, and the list of sources at its end."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.document import Document as Made
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as MadeTable
from docx.text.paragraph import Paragraph as MadeParagraph

from linli.reports.exchange import docx_parts as parts
from linli.reports.exchange.docx_styles import BYLINE, SOURCE_ENTRY, dress
from linli.reports.exchange.packing import packed
from linli.reports.exchange.printed import DEEPEST, Printed, print_of
from linli.reports.rules.paper import Block, Figure, Heading, Listed, Paper, Paragraph, Spans, Table

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Bookmarks have numbers of their own: chapters from here on, sources below.
_CHAPTERS = 100_000


def docx(paper: Paper, host: str) -> bytes:
    """Return a paper as DOCX; the same paper and host ("https://…") give the same bytes."""
    printed = print_of(paper, host)
    document = Document()
    dress(document, printed.paper.language)
    _page(document)
    _properties(document, printed)
    _head(document, printed)
    writer = _Writer(document, printed)
    for block in printed.paper.blocks:
        writer.add(block)
    writer.add_sources()
    return packed(_written(document))


def _written(document: Made) -> bytes:
    """Return the document as python-docx writes it; its own word for that is kept for rows of the database."""
    package, out = document.part.package, io.BytesIO()
    parts_of_it = tuple(package.parts)
    for one in parts_of_it:
        one.before_marshal()
    PackageWriter.write(out, package.rels, parts_of_it)  # type: ignore[no-untyped-call]
    return out.getvalue()


class _Writer:
    """Writes blocks one below the other."""

    def __init__(self, document: Made, printed: Printed) -> None:
        self._document, self._printed = document, printed
        self._chapters = 0

    def add(self, block: Block) -> None:
        """Write one block."""
        if isinstance(block, Heading):
            self._heading(block.level, block.spans)
        elif isinstance(block, Paragraph):
            self._spans(parts.paragraph(self._document, "BodyText"), block.spans)
        elif isinstance(block, Listed):
            self._list(block)
        else:
            self._table(block)

    def add_sources(self) -> None:
        """Write each citation once: its number, what it counts, its address."""
        if not self._printed.sources:
            return
        heading = parts.paragraph(self._document, "Heading1", self._printed.sources_title)
        self._mark_chapter(heading)
        for number, figure in self._printed.sources:
            entry = parts.paragraph(self._document, SOURCE_ENTRY)
            entry.add_run(f"[{number}] {figure.about} ")
            address = self._printed.address(figure)
            parts.link(entry, address, address, figure.about)
            parts.bookmark(entry, number, parts.SOURCE.format(number))

    def _heading(self, level: int, spans: Spans) -> None:
        heading = parts.paragraph(self._document, f"Heading{level}")
        self._spans(heading, spans)
        if level <= DEEPEST:
            self._mark_chapter(heading)

    def _mark_chapter(self, heading: MadeParagraph) -> None:
        parts.bookmark(heading, _CHAPTERS + self._chapters, parts.CHAPTER.format(self._chapters))
        self._chapters += 1

    def _list(self, block: Listed) -> None:
        style = "ListNumber" if block.numbered else "ListBullet"
        number = parts.numbered_anew(self._document, style) if block.numbered else 0
        for item in block.items:
            entry = parts.paragraph(self._document, style)
            if number:
                properties = entry._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number
            self._spans(entry, item)

    def _table(self, block: Table) -> None:
        if block.caption:
            parts.paragraph(self._document, "Caption", block.caption)
        width = max(len(row) for row in (block.head, *block.rows)) or 1
        table = self._document.add_table(len(block.rows) + 1, width, style="Table Grid")
        _describe(table, block.caption)
        for number, (made, row) in enumerate(
            zip(table._tbl.tr_lst, (block.head, *block.rows), strict=True)  # noqa: SLF001
        ):
            _row(made, head=not number)
            for cell, spans in zip(made.tc_lst, row, strict=False):
                inside = MadeParagraph(cell.p_lst[0], self._document._body)  # noqa: SLF001
                self._spans(inside, spans, strong=not number)
        parts.paragraph(self._document, "Normal")

    def _spans(self, paragraph: MadeParagraph, spans: Spans, *, strong: bool = False) -> None:
        for span in spans:
            if isinstance(span, Figure):
                number = self._printed.numbers[span.code]
                parts.link(paragraph, span.words, self._printed.address(span), span.about)
                parts.inner_link(paragraph, f"[{number}]", parts.SOURCE.format(number), parts.MARK)
            else:
                run = paragraph.add_run(span.words)
                run.bold = span.strong or strong or None
                run.italic = span.emphasis or None


def _row(row: object, *, head: bool) -> None:
    """A row stays on one page; the head stands again on each."""
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(parts.element("cantSplit"))
    if head:
        properties.append(parts.element("tblHeader"))


def _describe(table: MadeTable, caption: str) -> None:
    """Say to who cannot see it what the table is, and that its first row and column name the others."""
    properties = table._tbl.tblPr  # noqa: SLF001
    for found in properties.findall(qn("w:tblLook")):
        properties.remove(found)
    look = {"firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0", "noHBand": "0"}
    properties.append(parts.element("tblLook", val="04A0", **look, noVBand="1"))
    if caption:
        properties.append(parts.element("tblCaption", val=caption))


def _head(document: Made, printed: Printed) -> None:
    parts.paragraph(document, "Title", printed.paper.title)
    for line in (printed.paper.by, printed.paper.on):
        if line:
            parts.paragraph(document, BYLINE, line)
    headings = printed.headings()
    if not headings:
        return
    parts.paragraph(document, "TOCHeading", printed.contents)
    # Entries are there already and lead to their chapters; without page numbers, which only a program that
    # lays the text out can know, nothing in it is ever wrong.
    for number, (level, words) in enumerate(headings):
        entry = parts.paragraph(document, f"toc{level}")
        if not number:
            parts.open_field(entry, f'TOC \\o "1-{DEEPEST}" \\n \\h \\z \\u')
        parts.inner_link(entry, words, parts.CHAPTER.format(number))
        if number == len(headings) - 1:
            parts.close_field(entry)


def _page(document: Made) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.6)
    footer = section.footer.paragraphs[0]
    footer.alignment = 1  # centred
    parts.field(footer, "PAGE", "1")


def _properties(document: Made, printed: Printed) -> None:
    known, paper = document.core_properties, printed.paper
    known.title, known.author, known.last_modified_by = paper.title[:255], paper.by[:255], ""
    known.language = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(
        paper.language, paper.language
    )
    known.comments, known.keywords, known.revision = "", "", 1
    with override(paper.language):
        known.subject = _("Report whose figures lead to their sources")

"""The text layer of a PDF: lines in reading order, each with its page and box.

PDFium is not safe for threads, so one document is read at a time.
"""

from ctypes import ArgumentError
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from linli.reader.reading import Unreadable
from linli.reader.sources import formats, paragraphs
from linli.reader.sources.paragraphs import PrintedLine
from linli.reader.sources.source import MAX_CHARACTERS, MAX_LINES, Source, within_limits

MAX_PAGES = 3_000
_ONE_AT_A_TIME = Lock()


def load(data: bytes, *, charset: str | None) -> Source:
    """Read the text layer. Raises Unreadable (encrypted, damaged, too_large, empty)."""
    del charset  # a PDF maps its own character codes
    with _ONE_AT_A_TIME:
        document = _opened(data)
        try:
            pages = _pages(document)
        finally:
            document.close()
    text, origins = paragraphs.rejoin(pages)
    if not text:
        raise Unreadable("empty", "This PDF holds no text, only pictures of pages.")
    return Source(within_limits(text), formats.PDF, None, origins)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if getattr(problem, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise Unreadable("encrypted", "This PDF is protected by a password.") from problem
        raise Unreadable("damaged", "This PDF is damaged: it cannot be opened.") from problem
    if len(document) > MAX_PAGES:
        document.close()
        raise Unreadable("too_large", f"The PDF has more than {MAX_PAGES:,} pages.")
    return document


def _pages(document: pypdfium2.PdfDocument) -> list[list[PrintedLine]]:
    """The lines of every page; a page that is broken is left out, the others are read."""
    pages, characters, lines = [], 0, 0
    for number in range(len(document)):
        try:
            page = document[number]
            found = _lines(page.get_textpage(), number + 1)
        except (pypdfium2.PdfiumError, ArgumentError):
            continue
        pages.append(found)
        lines += len(found)
        characters += sum(len(line.text) for line in found)
        if characters > MAX_CHARACTERS or lines > MAX_LINES:
            raise Unreadable("too_large", "The PDF holds more text than can be read.")
        page.close()
    if not pages:
        raise Unreadable("damaged", "This PDF is damaged: none of its pages can be read.")
    return pages


def _lines(page: pypdfium2.PdfTextPage, number: int) -> list[PrintedLine]:
    """Cut the text of a page at the line ends that PDFium sees; at counts UTF-16 units as it does."""
    found, at = [], 0
    for row in page.get_text_range().split("\r\n"):
        units = len(row.encode("utf-16-le", "surrogatepass")) // 2
        shown = _clean(row)
        if shown:
            found.append(PrintedLine(shown, number, _box(page, at, units)))
        at += units + 2
    return found


def _clean(row: str) -> str:
    """One line without control characters (PDFium marks a hyphen at a line end with U+0002)."""
    kept = "".join(
        c for c in row if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c < "\ue000"
    )
    return " ".join(kept.split(" ")).strip()


def _box(page: pypdfium2.PdfTextPage, at: int, units: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a line in points: its ink, and the squares of its two ends."""
    last = max(at, min(at + units, page.count_chars()) - 1)
    boxes = [page.get_rect(index) for index in range(page.count_rects(at, units))]
    boxes += [page.get_charbox(at, loose=True), page.get_charbox(last, loose=True)]
    left, bottom, right, top = zip(*boxes, strict=True)
    return (round(min(left), 2), round(min(bottom), 2), round(max(right), 2), round(max(top), 2))

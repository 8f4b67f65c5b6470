"""One page of paper as PDF: lines of words, a square code below, a file attached.

Chinese is written in the font that every reader of PDF brings for it (Adobe-GB1): none is shipped. What that
font lacks (Uyghur, Tibetan, Mongolian) is printed from the page instead.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf
import segno

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 72  # points of A4
_SQUARE = 240  # points: about 8.5 cm
_EM = 0.5  # of its size, a Latin letter takes


class Line(NamedTuple):
    """Words of one size, in points, and how far below the next ones begin. Without words it takes no room."""

    words: str
    size: int = 13
    room: int = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on it from above; what goes into the square code, and below it; the file that is attached."""

    lines: Sequence[Line]
    square: str
    below: str
    name: str
    media_type: str
    data: bytes


def drawn(paper: Paper) -> bytes:
    """Return the PDF."""
    pdf = pikepdf.new()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, _WIDTH, _HEIGHT],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(_font(pdf)))),
        Contents=pdf.make_stream("\n".join(_drawing(paper)).encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.attachments[paper.name] = pikepdf.AttachedFileSpec(
        pdf,
        paper.data,
        filename=paper.name,
        mime_type=paper.media_type,
        creation_date="",
        mod_date="",
        description="",
    )
    kept = io.BytesIO()
    pdf.save(kept, deterministic_id=True)
    return kept.getvalue()


def _font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    system = pikepdf.Dictionary(
        Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=5
    )
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/STSong-Light"), Flags=6,
        FontBBox=[-25, -254, 1000, 880], ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=626, StemV=58,
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=pikepdf.Name("/STSong-Light"), CIDSystemInfo=system, DW=1000,
        W=pikepdf.Array([1, 95, 500, 814, 939, 500]), FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light-UniGB-UTF16-H"), Encoding=pikepdf.Name("/UniGB-UTF16-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
    )  # fmt: skip


def _drawing(paper: Paper) -> Iterator[str]:
    yield f"0.1 0.3 0.5 rg {_MARGIN} {_HEIGHT - 108} {_WIDTH - 2 * _MARGIN} 3 re f 0 g"
    up = _HEIGHT - 160
    for line in paper.lines:
        rows = list(_rows(line.words, line.size))
        for number, row in enumerate(rows):
            yield _text(row, line.size, up - number * round(line.size * 1.5))
        up -= line.room + (len(rows) - 1) * round(line.size * 1.5) if rows else 0
    yield from _square(paper.square, _MARGIN, 130)
    for number, row in enumerate(_rows(paper.below, 9)):
        yield _text(row, 9, 112 - 13 * number)


def _rows(said: str, size: int) -> Iterator[str]:
    """Break what is longer than the page is wide, wherever it is: Chinese has no spaces."""
    row, room = "", (_WIDTH - 2 * _MARGIN) / size
    for letter in said:
        taken = _EM if letter.isascii() else 1.0
        if taken > room:
            yield row
            row, room = "", (_WIDTH - 2 * _MARGIN) / size
        row, room = row + letter, room - taken
    if row:
        yield row


def _text(said: str, size: int, up: int) -> str:
    return f"BT /F1 {size} Tf {_MARGIN} {up} Td <{said.encode('utf-16-be').hex()}> Tj ET"


def _square(address: str, left: int, up: int) -> Iterator[str]:
    modules = [bytes(row) for row in segno.make(address, error="l", micro=False).matrix]
    step = _SQUARE / len(modules)
    yield f"q {step:.4f} 0 0 {step:.4f} {left} {up} cm"
    for number, row in enumerate(reversed(modules)):
        for place, dark in enumerate(row):
            if dark:
                yield f"{place} {number} 1.02 1.02 re"  # a hair wider: no white seams on screens
    yield "f Q"

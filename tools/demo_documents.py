"""Makes the two demo reports that are not text: liubei.docx and lanzhou-2016.pdf.

Run it after a change to tools/demo_texts. Each line of a text says what it is by its first mark
(see STYLES). The demo and the tests use the files that are committed.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tools" / "demo_texts"
REPORTS = ROOT / "linli" / "demo" / "reports"

MOMENT = datetime(2022, 12, 8, tzinfo=UTC)
# mark: paragraph style, font, points, alignment
STYLES = {
    "#": ("Title", "方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER),
    "@": ("Normal", "楷体_GB2312", 14, WD_ALIGN_PARAGRAPH.CENTER),
    "=": ("Heading 1", "黑体", 16, WD_ALIGN_PARAGRAPH.LEFT),
    "-": ("Normal", "仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ">": ("Normal", "仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.RIGHT),
}
# the printed page, in points
POINTS, LEADING, LEFT, TOP = 14, 32, 80.0, 760.0
EMS_A_ROW, ROWS_A_PAGE, FIRST_PAGE = 31, 20, 6
FONT = """<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>
<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]>>
<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>""".splitlines()


def marked_lines(name: str) -> list[tuple[str, str]]:
    """Return (mark, words) for each line of a text."""
    rows = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return [(row[0], row[2:]) for row in rows]


def write_docx(name: str, target: Path) -> None:
    """Write a text as an office document; two runs give the same bytes."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部材料（示例）"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    for mark, words in marked_lines(name):
        style, font, points, alignment = STYLES[mark]
        paragraph = document.add_paragraph(style=style)
        paragraph.alignment = alignment
        if mark == "-":
            paragraph.paragraph_format.first_line_indent = Pt(2 * points)
        # Word splits a paragraph into runs wherever an author paused; readers must not mind.
        half = len(words) // 2
        for part in (words[:half], words[half:]):
            run = paragraph.add_run(part)
            run.font.size = Pt(points)
            run.font.name = font
            # python-docx names the Latin font only; Word takes Chinese from this attribute.
            run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    document.core_properties.author = "邻里示例"
    document.core_properties.created = document.core_properties.modified = MOMENT
    kept = BytesIO()
    document.save(kept)
    pack(kept, target)


def pack(document: BytesIO, target: Path) -> None:
    """Write the parts of an office document again, all of one date and as small as can be."""
    with ZipFile(document) as parts, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name in parts.namelist():
            packed.writestr(ZipInfo(name, MOMENT.timetuple()[:6]), parts.read(name), ZIP_DEFLATED)


def write_pdf(name: str, target: Path) -> None:
    """Write a text as pages of set lines, as a scanner-free office would print them.

    The font is one of the standard Chinese fonts that a viewer brings along, so nothing is embedded.
    """
    rows = [row for mark, words in marked_lines(name) for row in broken(mark, words)]
    pages = [rows[at : at + ROWS_A_PAGE] for at in range(0, len(rows), ROWS_A_PAGE)]
    kids = " ".join(f"{FIRST_PAGE + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        *FONT,
    ]
    for number, page in enumerate(pages, 1):
        drawn = drawing(page, number)
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {FIRST_PAGE + 2 * number - 1} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    target.write_bytes(assembled(objects))


def width(words: str) -> float:
    """Return how wide `words` are, in ems: half an em for ASCII, one for the rest."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)


def broken(mark: str, words: str) -> list[tuple[float, str]]:
    """Return (left edge in points, words) for each set line of a paragraph."""
    if mark in "#@":
        return [(LEFT + (EMS_A_ROW - width(words)) / 2 * POINTS, words)]
    rows: list[tuple[float, str]] = []
    left, row, room = LEFT + 2 * POINTS, "", EMS_A_ROW - 2.0
    for character in words:
        # A closing mark never opens a line; it hangs over the edge.
        if width(row + character) > room and character not in "，。、；：）》”":
            rows.append((left, row))
            left, row, room = LEFT, "", float(EMS_A_ROW)
        row += character
    return [*rows, (left, row)]


def drawing(rows: list[tuple[float, str]], number: int) -> str:
    """Return the drawing commands of one page: its lines and its number at the foot."""
    placed = [(left, TOP - n * LEADING, words) for n, (left, words) in enumerate(rows)]
    placed.append((280.0, 50.0, f"— {number} —"))
    return "\n".join(
        f"BT /F {POINTS} Tf {left:.1f} {height:.1f} Td <{words.encode('utf-16-be').hex()}> Tj ET"
        for left, height, words in placed
    )


def assembled(objects: list[str]) -> bytes:
    """Return a PDF file of `objects`, the first being its catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode("ascii")


if __name__ == "__main__":
    write_docx("liubei.txt", REPORTS / "liubei.docx")
    write_pdf("lanzhou-2016.txt", REPORTS / "lanzhou-2016.pdf")

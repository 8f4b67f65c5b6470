"""How a report looks in Word: the styles of its paragraphs, with a font for each script and the language they are in."""

from typing import Final, NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from linli.reports.exchange.docx_parts import LINK, element

BYLINE: Final = "Byline"
SOURCE_ENTRY: Final = "SourceEntry"
_TABLES: Final = frozenset(("TableNormal", "TableGrid"))
_LATIN: Final = "Times New Roman"
_INK: Final = RGBColor(0, 0, 0)
_LINKED: Final = RGBColor(0x1F, 0x4E, 0x79)


class Hand(NamedTuple):
    """The fonts of one script and how programs call its language. Each font names others that stand in for it."""

    text: tuple[str, str]
    heads: tuple[str, str]
    tag: str


_SONG: Final = ("宋体", "SimSun,Songti SC,Noto Serif CJK SC,Source Han Serif SC")
_HEI: Final = ("黑体", "SimHei,Heiti SC,Noto Sans CJK SC,Source Han Sans SC")
_HANDS: Final = {
    "zh-hans": Hand(_SONG, _HEI, "zh-CN"),
    "zh-hant": Hand(
        ("新細明體", "PMingLiU,Songti TC,Noto Serif CJK TC,Source Han Serif TC"),
        ("微軟正黑體", "Microsoft JhengHei,Heiti TC,Noto Sans CJK TC,Source Han Sans TC"),
        "zh-TW",
    ),
    "en": Hand(_SONG, _HEI, "zh-CN"),
}
# Size, space above and below in points, for the four levels of headings.
_HEADS: Final = ((16, 18, 9), (14, 14, 7), (12, 12, 6), (12, 10, 4))


def dress(document: Document, language: str) -> None:
    """Give a new document the styles of a report in `language`: zh-hans, zh-hant or en."""
    hand = _HANDS.get(language, _HANDS["zh-hans"])
    chinese = language != "en"
    _defaults(document, hand, language)
    _name_fonts(document, hand)
    _forget_tables(document)
    styles = document.styles
    body = styles["Normal"]
    _set(body, 12, hand.text[0])
    body.paragraph_format.line_spacing = 1.5
    body.paragraph_format.space_after = Pt(0 if chinese else 6)
    _indent(styles["Body Text"], chinese=chinese)
    for level, (size, above, below) in enumerate(_HEADS, 1):
        head = styles[f"Heading {level}"]
        _set(head, size, hand.heads[0], bold=True)
        _space(head, above, below)
        head.paragraph_format.keep_with_next = True
    _top(document, hand)
    _lists(document, hand)
    _characters(document)


def _top(document: Document, hand: Hand) -> None:
    """Style what stands above the text: title, byline, contents."""
    styles = document.styles
    title = styles["Title"]
    _set(title, 22, hand.heads[0], bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _space(title, 24, 12)
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    byline = _added(document, BYLINE)
    byline.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _space(byline, 0, 6)
    _set(styles["TOC Heading"], 16, hand.heads[0], bold=True)
    # Word lists a style's paragraphs by its level: the heading of the contents has none.
    level = styles["TOC Heading"].element.pPr.find(qn("w:outlineLvl"))
    if level is None:
        styles["TOC Heading"].element.pPr.append(element("outlineLvl", val="9"))
    for depth in (1, 2, 3):
        entry = _added(document, f"toc {depth}")
        entry.paragraph_format.left_indent = Pt(21 * (depth - 1))
        entry.paragraph_format.line_spacing = 1.3
        entry.paragraph_format.tab_stops.add_tab_stop(Cm(15.5), WD_TAB_ALIGNMENT.RIGHT)


def _lists(document: Document, hand: Hand) -> None:
    styles = document.styles
    caption = styles["Caption"]
    _set(caption, 11, hand.heads[0], bold=True)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    _space(caption, 10, 4)
    for name in ("List Bullet", "List Number"):
        _set(styles[name], 12, hand.text[0])
    entry = _added(document, "Source Entry")
    _set(entry, 10.5, hand.text[0])
    entry.paragraph_format.left_indent = Pt(30)
    entry.paragraph_format.first_line_indent = Pt(-30)
    entry.paragraph_format.line_spacing = 1.25
    entry.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _characters(document: Document) -> None:
    styles = document.styles
    linked = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    linked.font.color.rgb = _LINKED
    mark = styles.add_style("Reference Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    mark.font.color.rgb = _LINKED


def _added(document: Document, name: str) -> ParagraphStyle:
    made: ParagraphStyle = document.styles.add_style(
        name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc ")
    )
    made.base_style = document.styles["Normal"]
    return made


def _defaults(document: Document, hand: Hand, language: str) -> None:
    """Say the language of all text, and drop the fonts of the theme: they would outrank ours."""
    properties = document.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    for name in ("rFonts", "lang"):
        for found in properties.findall(qn(f"w:{name}")):
            properties.remove(found)
    properties.insert(0, _fonts(hand.text[0]))
    latin = "en-GB" if language == "en" else "en-US"
    properties.append(element("lang", val=latin, eastAsia=hand.tag, bidi="ar-SA"))


def _fonts(eastern: str) -> BaseOxmlElement:
    return element("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=eastern, cs=_LATIN)


def _set(style: CharacterStyle, size: float, eastern: str, *, bold: bool = False) -> None:
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = _INK
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:rFonts")):
        properties.remove(found)
    properties.insert(0, _fonts(eastern))


def _space(style: ParagraphStyle, above: float, below: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)


def _indent(style: ParagraphStyle, *, chinese: bool) -> None:
    """Paragraphs of Chinese begin two characters in, whatever the size of the letters."""
    style.paragraph_format.space_after = Pt(0 if chinese else 8)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if chinese:
        style.paragraph_format.first_line_indent = Pt(24)
        style.element.pPr.ind.set(qn("w:firstLineChars"), "200")


def _forget_tables(document: Document) -> None:
    """Leave out the hundred table styles of the empty document that no report uses."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLES:
            styles.remove(style)


def _name_fonts(document: Document, hand: Hand) -> None:
    """Say which fonts stand in where a machine has not ours."""
    table = next(
        (
            part
            for part in document.part.package.iter_parts()
            if part.partname == "/word/fontTable.xml"
        ),
        None,
    )
    if table is None:
        return
    table._blob = _font_table((hand.text, hand.heads))  # noqa: SLF001 - python-docx keeps this part as bytes


def _font_table(fonts: tuple[tuple[str, str], ...]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in fonts
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{told}</w:fonts>'.encode()

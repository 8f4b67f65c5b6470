"""The pieces of WordprocessingML that python-docx has no words for: links, bookmarks, fields, numbered lists."""

from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LINK: Final = "Hyperlink"
MARK: Final = "ReferenceMark"
# Names of bookmarks: letters and digits, so that every program finds them.
SOURCE: Final = "source{}"
CHAPTER: Final = "_Toc{:08d}"


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML; attributes are of its namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def paragraph(document: Document, style: str, words: str = "") -> Paragraph:
    """Add a paragraph; style: the key of a style, because to look one up by its name takes long."""
    made = document.add_paragraph()
    made._p.style = style  # noqa: SLF001
    if words:
        made.add_run(words)
    return made


def run(paragraph: Paragraph, words: str, style: str = "") -> BaseOxmlElement:
    """Return a run of words that stands nowhere yet; style: the key of a character style."""
    made = Run(element("r"), paragraph)
    if style:
        made._r.style = style  # noqa: SLF001 - python-docx's own way to the element
    made.text = words
    return made._r  # noqa: SLF001


def link(paragraph: Paragraph, words: str, address: str, about: str = "") -> None:
    """Add words that lead to an address; about: what a reader hears who rests on them."""
    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = element("hyperlink", history="1")
    made.set(qn("r:id"), known)
    if about:
        made.set(qn("w:tooltip"), about[:260])
    made.append(run(paragraph, words, LINK))
    paragraph._p.append(made)  # noqa: SLF001


def inner_link(paragraph: Paragraph, words: str, bookmark: str, style: str = "") -> None:
    """Add words that lead to a bookmark of the same document."""
    made = element("hyperlink", anchor=bookmark, history="1")
    made.append(run(paragraph, words, style))
    paragraph._p.append(made)  # noqa: SLF001


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Make a paragraph the place that `name` leads to; number: another one for each."""
    kept = paragraph._p  # noqa: SLF001
    start = element("bookmarkStart", id=str(number), name=name)
    first = 1 if kept.pPr is not None else 0
    kept.insert(first, start)
    kept.append(element("bookmarkEnd", id=str(number)))


def field(paragraph: Paragraph, code: str, shown: str = "") -> None:
    """Add a whole field: what it computes, and what it shows until a program computes it."""
    open_field(paragraph, code)
    if shown:
        paragraph._p.append(run(paragraph, shown))  # noqa: SLF001
    close_field(paragraph)


def open_field(paragraph: Paragraph, code: str) -> None:
    """Begin a field whose result goes on until `close_field`, over paragraphs if need be."""
    _character(paragraph, "begin")
    holder = element("r")
    told = element("instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {code} "
    holder.append(told)
    paragraph._p.append(holder)  # noqa: SLF001
    _character(paragraph, "separate")


def close_field(paragraph: Paragraph) -> None:
    """End the field that is open."""
    _character(paragraph, "end")


def numbered_anew(document: Document, style: str) -> int:
    """Return the number of a list of its own that counts from 1, as the style with the key `style` counts."""
    numbering = document.part.numbering_part.element
    properties = document.styles.element.get_by_id(style).pPr.numPr
    kept = numbering.num_having_numId(properties.numId.val)
    made = numbering.add_num(kept.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _character(paragraph: Paragraph, kind: str) -> None:
    holder = element("r")
    holder.append(element("fldChar", fldCharType=kind))
    paragraph._p.append(holder)  # noqa: SLF001

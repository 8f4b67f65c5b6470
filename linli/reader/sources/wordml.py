"""The events of a Word document's XML, turned into lines with their paragraph numbers.

Deleted and moved-away text is left out, and so is a table of contents: it repeats the headings. A text box
is read before the paragraph that holds it.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl

from linli.reader.reading import Origin, Unreadable
from linli.reader.sources.source import MAX_LINES, LineHint

_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])$")
_TITLES = {"title": "title", "标题": "title", "subtitle": "h2", "副标题": "h2"}
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)$")
_UNSEEN = {"moveFrom", "del", "Fallback", "instrText"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}

Name = tuple[str | None, str]


class Part(NamedTuple):
    """The text of one paragraph and its number from 1."""

    text: str
    number: int


@dataclass
class _Paragraph:
    number: int
    tag: str = "p"
    style: str = ""
    words: list[str] = field(default_factory=list)


class Styles(ContentHandler):
    """Collects the tag of each style that is a heading or a title: style id -> h1 … h6, title."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._id = ""

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802 - the name the parser calls
        """Note names and outline levels."""
        local = name[1]
        if local == "style":
            self._id = _value(attrs, "styleId")
        elif local == "name" and self._id:
            said = _value(attrs, "val").strip().lower()
            self.names[self._id] = said
            if found := _HEADING.match(said):
                self.tags[self._id] = f"h{found[1]}"
            elif said in _TITLES:
                self.tags[self._id] = _TITLES[said]
        elif local == "outlineLvl" and self._id:
            self.tags.setdefault(self._id, _outline(_value(attrs, "val")))


class Body(ContentHandler):
    """Collects lines: words to be joined, an origin for each paragraph, a hint for each line.

    Links are words like others: in a document they are references, never a menu.
    """

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self.words: list[str] = []
        self.origins: list[Origin] = []
        self.hints: list[LineHint] = []
        self._styles = styles
        self._at = 0
        self._number = 0
        self._tables = 0
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[tuple[int, list[list[Part]]]] = []
        self._unseen = 0
        self._in_text = False

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802 - the name the parser calls
        """Open a paragraph, a row, a cell, a run of text; or note a property."""
        space, local = name
        if local in _UNSEEN:
            self._unseen += 1
        elif space in _WORD and not self._unseen:
            self._open(local, attrs)

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: N802 - the name the parser calls
        """Close what was opened; a paragraph or row becomes a line."""
        space, local = name
        if local in _UNSEEN:
            self._unseen -= 1
        elif space in _WORD and not self._unseen:
            self._close(local)

    def characters(self, content: str) -> None:
        """Add text to the paragraph that is open."""
        if self._in_text and self._paragraphs and not self._unseen:
            self._paragraphs[-1].words.append(content)

    def _open(self, local: str, attrs: AttributesNSImpl) -> None:
        if local == "p":
            self._number += 1
            self._paragraphs.append(_Paragraph(self._number))
        elif local == "t":
            self._in_text = True
        elif local == "tbl":
            self._tables += 1
        elif local == "tr":
            self._rows.append((self._tables, []))
        elif local == "tc" and self._rows:
            self._rows[-1][1].append([])
        elif self._paragraphs:
            self._note(self._paragraphs[-1], local, attrs)

    def _note(self, paragraph: _Paragraph, local: str, attrs: AttributesNSImpl) -> None:
        if local in _SIGNS:
            paragraph.words.append(_SIGNS[local])
        elif local == "pStyle":
            style = _value(attrs, "val")
            paragraph.tag = self._styles.tags.get(style, paragraph.tag)
            paragraph.style = self._styles.names.get(style, style.lower())
        elif local == "outlineLvl":
            paragraph.tag = _outline(_value(attrs, "val"))
        elif local == "numPr" and paragraph.tag == "p":
            paragraph.tag = "li"

    def _close(self, local: str) -> None:
        if local == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif local == "t":
            self._in_text = False
        elif local == "tr" and self._rows:
            table, cells = self._rows.pop()
            if any(cells):
                self._line([part for cell in cells for part in _led(cell)], "td", table, "")

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        if _CONTENTS.match(paragraph.style):
            return
        text = "".join(paragraph.words)
        if self._rows and self._rows[-1][1]:
            if shown := " ".join(text.split()):
                self._rows[-1][1][-1].append(Part(shown, paragraph.number))
            return
        for line in text.split("\n"):
            if shown := line.strip():
                self._line([("", Part(shown, paragraph.number))], paragraph.tag, 0, paragraph.style)

    def _line(self, parts: list[tuple[str, Part]], tag: str, block: int, names: str) -> None:
        if len(self.hints) >= MAX_LINES:
            raise Unreadable("too_large", f"The document has more than {MAX_LINES:,} lines.")
        for turn, (glue, part) in enumerate(parts):
            before = glue if turn else "\n" if self.words else ""
            self.words.append(before + part.text)
            start = self._at + len(before)
            self._at = start + len(part.text)
            self.origins.append(Origin(start, self._at, "paragraph", part.number, part.number))
        self.hints.append(LineHint(tag, 0, block, names))


def _led(cell: list[Part]) -> list[tuple[str, Part]]:
    """The paragraphs of a cell, each with what stands before it: a tab first, then spaces."""
    return [("\t" if turn == 0 else " ", part) for turn, part in enumerate(cell)]


def _outline(level: str) -> str:
    return f"h{int(level) + 1}" if level in {"0", "1", "2", "3", "4", "5"} else "p"


def _value(attrs: AttributesNSImpl, local: str) -> str:
    return next((str(value) for (_, name), value in attrs.items() if name == local), "")

"""From tags to lines: one pass over a page, no tree, no recursion.

Every piece of text keeps the bytes it came from; every line keeps the element it stands in.
"""

import re
from typing import NamedTuple

from linli.reader.reading import Unreadable
from linli.reader.sources import elements, markup
from linli.reader.sources.source import MAX_LINES

_NEW_LINE, _CELL, _SPACE = "\n", "\t", " "
MAX_PIECES = 300_000
_METAS = 300
# The roles of DPUB-ARIA for links of a text to its notes and sources: doc-noteref, doc-biblioref.
_REFERENCE = b'role="doc-'
_LISTS = frozenset({"ul", "ol"})
_new = tuple.__new__  # half the time of a call of Element, and there are hundreds


class Element(NamedTuple):
    """One open element: its tag and the inside of that tag, the number of its container."""

    tag: str
    inside: bytes
    block: int
    parent: "Element | None"


# Raw bytes [start, end) of the page, what separates them from the piece before, in a link or not.
Piece = tuple[bytes, int, int, str, bool]


class Page:
    """The state of the pass: what is open, what was written, what the next text is glued with."""

    def __init__(self, indent: re.Pattern[bytes], indent_bytes: frozenset[bytes]) -> None:
        self.pieces: list[Piece] = []
        self.rows: list[Element] = []
        self.element = Element("body", b"", 0, None)
        self._indent = indent
        self._indent_bytes = indent_bytes
        self._opened = dict.fromkeys([*elements.BLOCKS, "tr", "td", "th"], 0)
        self.metas: list[bytes] = []
        self.title = -1
        self._list: Element | None = None
        self._item = self.element
        self._item_inside = b""
        self._blocks = 0
        self._glue = _NEW_LINE
        self._linked = False
        self._fresh_cell = False
        self._cell_row = -1
        self._cell_piece = -1

    def write(self, raw: bytes, at: int) -> None:
        """Add the text `raw`, found at byte `at`, to the line that is open or to a new one."""
        body = raw.strip()
        if self._opened["pre"] and b"\n" in raw:
            self._write_lines(raw, at)
        elif body:
            self._write(raw, body, at)
        elif not self._glue:
            self._glue = _SPACE

    def anchor(self, item: bytes, lead: bytes, words: bytes, at: int) -> None:
        """Add a link that holds text only, alone or as the whole of a list item.

        lead: its start tags; item: the inside of the list item's, or nothing; words: its text, at
        byte `at`, with no white space around.
        """
        if not item:
            self._linked = b"href" in lead and _REFERENCE not in lead
            self.write(words, at)
            self._linked = False
        elif (
            self.element is not self._list
            or self._item_inside != item
            or words[:1] in self._indent_bytes
        ):
            self._first_item(item, lead, words, at)
        else:
            self.rows.append(self._item)
            self.pieces.append((words, at, at + len(words), _NEW_LINE, b"href" in lead))
            self._glue = _NEW_LINE

    def _first_item(self, item: bytes, lead: bytes, words: bytes, at: int) -> None:
        """Add a list item step by step; note its element for the ones that are like it."""
        above = self.element
        in_cell = self._fresh_cell or self._cell_row == len(self.rows)
        self.open("li", item)
        self._item, self._item_inside = self.element, item
        self._list = above if above.tag in _LISTS and not in_cell else None
        self.anchor(b"", lead, words, at)
        self.close("li")

    def hides(self, item: bytes, lead: bytes) -> bool:
        """True when a link or its list item is not shown; of an item that is, the line is ended."""
        if item and markup.hides(b"<li", item):
            return True
        hidden = markup.hides(b"<a", lead[lead.rfind(b"<a") + 2 :])
        if hidden and item:
            self.open("li", item)
            self.close("li")
        return hidden

    def _write_lines(self, raw: bytes, at: int) -> None:
        """Add text inside <pre>, where a line end in the file ends a line."""
        for line in raw.splitlines(keepends=True):
            if len(self.rows) > MAX_LINES:
                raise Unreadable("too_large", f"The page has more than {MAX_LINES:,} lines.")
            if body := line.strip():
                self._write(line, body, at)
            at += len(line)
            if line.endswith((b"\n", b"\r")):
                self._glue = _NEW_LINE

    def _write(self, raw: bytes, body: bytes, at: int) -> None:
        glue = self._glue
        start = at + raw.index(body)
        if not glue or glue == _SPACE:
            glue = _SPACE if start > at else glue
        elif body[:1] in self._indent_bytes and (found := self._indent.match(body)):
            body = body[found.end() :]
            start += found.end()
            if not body:
                return
        if glue == _NEW_LINE:
            self._begin_line()
        if self._fresh_cell:
            self._fresh_cell, self._cell_row = False, len(self.rows)
            self._cell_piece = len(self.pieces)
        end = start + len(body)
        if b"&" in body or len(body.split(None, 1)) > 1:
            self._add_parts(body, start, glue)
        else:
            self.pieces.append((body, start, end, glue, self._linked))
        self._glue = _SPACE if at + len(raw) > end else ""

    def _add_parts(self, body: bytes, at: int, glue: str) -> None:
        """Cut text at entities and runs of white space, so that each piece is exact or replaced."""
        if len(self.pieces) + body.count(b"&") > MAX_PIECES:
            raise Unreadable("too_large", f"The page has more than {MAX_PIECES:,} entities.")
        for turn, part in enumerate(markup.REPLACED.split(body)):
            if part:
                shown = b" " if turn % 2 and part[0] != 38 else part  # 38 is &
                self.pieces.append((shown, at, at + len(part), glue, self._linked))
                glue = ""
                at += len(part)

    def _begin_line(self) -> None:
        """Note the element of a new line. A cell of several lines lays out a page, it holds no value:
        its first line does not follow its neighbour after a tab."""
        if self._cell_row == len(self.rows):
            raw, start, end, glue, linked = self.pieces[self._cell_piece]
            if glue == _CELL:
                self.pieces[self._cell_piece] = (raw, start, end, _NEW_LINE, linked)
                self.rows.append(self.element)
        self.rows.append(self.element)

    def break_line(self, _tag: str = "", _inside: bytes = b"") -> None:
        """The next text begins a line, or the cell that has just been opened."""
        if not self._fresh_cell:
            self._glue = _NEW_LINE

    def open(self, tag: str, inside: bytes) -> None:
        """Open a block element."""
        if not self._fresh_cell:
            self._glue = _NEW_LINE
        element = self.element
        above = element.tag
        if above == "p" or (above == tag and tag in elements.SELF_ENDING and element.parent):
            self._opened[above] -= 1
            element = element.parent or element
        block = element.block
        if tag in elements.CONTAINERS:
            self._blocks += 1
            block = self._blocks
        self._opened[tag] += 1
        self.element = _new(Element, (tag, inside, block, element))

    def close(self, tag: str, _inside: bytes = b"") -> None:
        """Close a block element and what was left open in it; a stray end tag only ends the line."""
        if not self._fresh_cell:
            self._glue = _NEW_LINE
        opened = self._opened
        if not opened[tag]:
            return
        element = self.element
        if element.tag == tag and element.parent:
            opened[tag] -= 1
            self.element = element.parent
            return
        while element.parent:
            opened[element.tag] -= 1
            self.element = element.parent
            if element.tag == tag:
                return
            element = element.parent

    def cell(self, tag: str, inside: bytes) -> None:
        """Open a table cell: its first text follows the cell before after a tab."""
        if self.element.tag in {"td", "th"}:  # the one before was not closed
            self.end_cell(self.element.tag, b"")
        glue = self._glue
        self._fresh_cell = False
        self._list = None
        self.open(tag, inside)
        self._fresh_cell = True
        self._glue = glue

    def end_cell(self, tag: str, _inside: bytes) -> None:
        """Close a table cell."""
        one_line = not self._fresh_cell and self._cell_row == len(self.rows)
        glue = self._glue if self._fresh_cell else _CELL if one_line else _NEW_LINE
        self._fresh_cell = False
        self.close(tag)
        self._glue = glue

    def row(self, tag: str, inside: bytes) -> None:
        """Open a table row: its first cell begins a line."""
        self._fresh_cell, self._cell_row = False, -1
        self.open(tag, inside)

    def end_row(self, tag: str, _inside: bytes) -> None:
        """Close a table row or a table: what follows shares no line with its cells."""
        self._fresh_cell, self._cell_row = False, -1
        self.close(tag)

    def note_title(self, opening: bytes, at: int) -> None:
        """Note where the inside of the first title tag begins."""
        if self.title < 0 and opening.lower() == b"<title":
            self.title = at

    def declare(self, _tag: str, inside: bytes) -> None:
        """Note a meta tag."""
        if len(self.metas) < _METAS:
            self.metas.append(inside)

    def link(self, _tag: str, inside: bytes) -> None:
        """Open a link; an anchor without an address is none, and what refers to a source is text."""
        self._linked = (b"href" in inside or b"HREF" in inside) and _REFERENCE not in inside

    def end_link(self, _tag: str, _inside: bytes) -> None:
        """Close a link."""
        self._linked = False

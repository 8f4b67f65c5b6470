"""From tags to lines: one pass over a page, no tree, no recursion.

Every piece of text keeps the bytes it came from; every line keeps the element it stands in.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from linli.reader.reading import Unreadable
from linli.reader.sources import elements, markup
from linli.reader.sources.source import MAX_LINES

_NEW_LINE, _CELL, _SPACE = "\n", "\t", " "
MAX_PIECES = 300_000
_NAMES = 8
_new = tuple.__new__  # half the time of a call of Element, and there are hundreds


class Element(NamedTuple):
    """One open element: its tag, class and id of it and above, the number of its container."""

    tag: str
    names: tuple[str, ...]
    block: int
    parent: "Element | None"


# Raw bytes [start, end) of the page, what separates them from the piece before, in a link or not.
Piece = tuple[bytes, int, int, str, bool]


class Page:
    """The state of the pass: what is open, what was written, what the next text is glued with."""

    def __init__(self, indent: re.Pattern[bytes], indent_bytes: frozenset[bytes]) -> None:
        self.pieces: list[Piece] = []
        self.rows: list[Element] = []
        self.element = Element("body", (), 0, None)
        self._indent = indent
        self._indent_bytes = indent_bytes
        self._opened = dict.fromkeys([*elements.BLOCKS, "tr", "td", "th"], 0)
        self._known: dict[bytes, list[str]] = {}
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
        if b" " in body or b"&" in body or len(body.split(None, 1)) > 1:
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
        names = element.names
        if b"class" in inside or b"id" in inside or b"CLASS" in inside:
            names = self._named(inside, names)
        self.element = _new(Element, (tag, names, block, element))

    def _named(self, inside: bytes, above: tuple[str, ...]) -> tuple[str, ...]:
        known = self._known.get(inside)
        if known is None:
            known = self._known[inside] = markup.named(inside)
        return (*known, *above)[:_NAMES]

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

    def link(self, _tag: str, inside: bytes) -> None:
        """Open a link; an anchor without an address is none."""
        self._linked = b"href" in inside or b"HREF" in inside

    def end_link(self, _tag: str, _inside: bytes) -> None:
        """Close a link."""
        self._linked = False


Action = tuple[Callable[[Page, str, bytes], None], str]


def _nothing(_page: Page, _tag: str, _inside: bytes) -> None:
    """An element that does not touch its line."""


UNKNOWN: Final[Action] = (_nothing, "unknown")
HIDE: Final[Action] = (_nothing, "hide")

# What the start and end tags do, by their first bytes in lower case.
ACTIONS: Final[dict[bytes, Action | None]] = (
    {f"<{name}".encode(): (Page.open, name) for name in elements.BLOCKS}
    | {f"</{name}".encode(): (Page.close, name) for name in elements.BLOCKS}
    | {f"<{name}".encode(): (Page.cell, name) for name in ("td", "th")}
    | {f"</{name}".encode(): (Page.end_cell, name) for name in ("td", "th")}
    | {b"<tr": (Page.row, "tr"), b"</tr": (Page.end_row, "tr"), b"</table": (Page.end_row, "table")}
    | dict.fromkeys((b"<br", b"</br", b"<hr"), (Page.break_line, "br"))
    | {b"<a": (Page.link, "a"), b"</a": (Page.end_link, "a")}
    | {f"<{name}".encode(): HIDE for name in elements.UNSHOWN}
    | {f"<{name}".encode(): None for name in elements.INLINES}
    | {f"</{name}".encode(): None for name in elements.INLINES}
)

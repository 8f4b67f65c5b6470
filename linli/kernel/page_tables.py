"""The table of a page, as rows of text: what is taken away is what its reader saw, column by column.

Columns without a name (boxes, buttons) and columns marked `data-stays` are left out.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

from linli.kernel.sheets import Cell

_UNREAD = {"button", "form", "script", "select", "style", "svg", "template", "textarea"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_BREAKS = {"br", "dd", "div", "dt", "li", "p"}
_NUMBER = re.compile(r"-?\d{1,3}(?:[,  ]?\d{3})*(?:\.\d+)?")


@dataclass(slots=True)
class _Told:
    """One cell: its text so far, whether it is a number, whether it stays, how far it reaches."""

    parts: list[str] = field(default_factory=list)
    number: bool = False
    stays: bool = False
    wide: int = 1

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return " · ".join(line for line in lines if line)

    @property
    def value(self) -> Cell:
        text = self.text
        if self.number and _NUMBER.fullmatch(text):
            return Decimal(re.sub(r"[,  ]", "", text))
        return text


@dataclass(slots=True)
class Table:
    """One table of a page: its header and its rows, the columns that go along alone."""

    head: list[_Told] = field(default_factory=list)
    body: list[list[_Told]] = field(default_factory=list)

    @property
    def kept(self) -> list[int]:
        """Which columns go along."""
        return [at for at, one in enumerate(self.head) if one.text and not one.stays]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [self.head[at].text for at in self.kept]

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows, each as long as the header."""
        return [self._row(row) for row in self.body]

    def _row(self, told: list[_Told]) -> list[Cell]:
        cells = [cell for one in told for cell in (one.value, *[""] * (one.wide - 1))]
        return [cells[at] if at < len(cells) else "" for at in self.kept]


class _Reader(HTMLParser):
    """Reads the tables with `data-rows` of a page, and its number of pages (`data-pages`)."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.pages = 1
        self._in_table = False
        self._in_head = False
        self._cell: _Told | None = None
        self._unread = 0  # how deep we are in what is not read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-pages" in given:
            self.pages = int(given["data-pages"] or 1)
        if tag == "table" and "data-rows" in given:
            self._in_table = True
            self.tables.append(Table())
        if not self._in_table:
            return
        if self._unread:
            self._unread += tag not in _VOID
        elif self._cell is not None and self._is_unread(tag, given):
            self._unread = int(tag not in _VOID)
        else:
            self._open(tag, given)

    def _is_unread(self, tag: str, given: dict[str, str | None]) -> bool:
        # A name of a column that no eye sees is a box's or a button's; in a row it is the row's own.
        hushed = self._in_head and "hush" in (given.get("class") or "").split()
        return tag in _UNREAD or "hidden" in given or hushed

    def _open(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "thead":
            self._in_head = True
        elif tag == "tr" and not self._in_head:
            self.tables[-1].body.append([])
        elif tag in {"th", "td"}:
            wide = given.get("colspan") or "1"
            self._cell = _Told(
                number="number" in (given.get("class") or "").split(),
                stays="data-stays" in given,
                wide=int(wide) if wide.isdigit() else 1,
            )
        elif tag in _BREAKS and self._cell is not None:
            self._cell.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._unread -= 1
        elif tag == "table":
            self._in_table = False
        elif tag == "thead":
            self._in_head = False
        elif tag in {"th", "td"} and self._cell is not None:
            table = self.tables[-1]
            (table.head if self._in_head else table.body[-1]).append(self._cell)
            self._cell = None
        elif tag in _BREAKS and self._cell is not None:
            self._cell.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unread:
            self._cell.parts.append(re.sub(r"\s+", " ", data))


def tables_of(page: str) -> tuple[list[Table], int]:
    """Return the tables of a page that hold rows, and of how many pages this is one."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.tables, reader.pages

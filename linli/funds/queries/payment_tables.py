"""Tables of a million lines as they go by: CSV and XLSX, a line at a time, whatever their size.

Of an XLSX the first sheet is read. Its texts, which stand apart from its lines, are held packed in memory: a file
beside it would hold accounts in clear.
"""

import codecs
import csv
import io
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, TYPE_CHECKING, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Row = list[str]
_CHUNK: Final = 2**18
_LARGEST: Final = 800 * 2**20  # of one part, unpacked
_WIDEST: Final = 64  # columns; a payment has three
_BROKEN = (
    csv.Error, BadZipFile, zlib.error, expat.ExpatError, KeyError, IndexError, ValueError, RuntimeError, EOFError,
    NotImplementedError,
)  # fmt: skip
_DIGITS: Final = 15
_ASIDE: Final = "aside"
_END: Final = object()


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Yield the lines of a table that say something, as text.

    Refuses: not_a_table when it is neither CSV (UTF-8 or GB18030) nor XLSX, or damaged.
    """
    with _refusing():
        begin = file.read(_CHUNK)
        file.seek(0)
        lines = _xlsx(file) if begin[:2] == b"PK" else _csv(file, begin)
        yield from (cells for cells in lines if any(cells))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        # Not chained: what a library says may quote the file.
        sentence = _("This is not a table that we can read: bring CSV or XLSX.")
        raise Refused("not_a_table", sentence) from None


def _csv(file: IO[bytes], begin: bytes) -> Iterator[Row]:
    buffered = io.BufferedReader(_Unclosed(file), _CHUNK)
    text = io.TextIOWrapper(buffered, _encoding(begin), errors="replace", newline="")
    for cells in csv.reader(text, strict=True):
        yield [cell.strip() for cell in cells]


def _encoding(begin: bytes) -> str:
    """Return how a file is written, as its beginning tells; a character may be cut at the end of it."""
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(begin)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


class _Unclosed(io.RawIOBase):
    """Whoever opened the file closes it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


def _xlsx(file: IO[bytes]) -> Iterator[Row]:
    with ZipFile(file) as packed:
        names = {part.filename: part.file_size for part in packed.infolist()}
        if max(names.values(), default=0) > _LARGEST:
            raise Refused("file_too_large", _("This file is too large."), status=413)
        texts = _Texts()
        if "xl/sharedStrings.xml" in names:
            texts.more = _parsed(packed, "xl/sharedStrings.xml", texts)
        sheet = _Sheet(texts)
        for _none in _parsed(packed, _first_sheet(packed), sheet):
            yield from sheet.taken()
        sheet.over()
        yield from sheet.taken()


def _first_sheet(packed: ZipFile) -> str:
    """Return the name of the part that holds the first sheet."""
    book, ways = _Book(), _Book()
    for _none in chain(
        _parsed(packed, "xl/workbook.xml", book),
        _parsed(packed, "xl/_rels/workbook.xml.rels", ways),
    ):
        pass
    target = ways.targets[book.sheets[0]]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


class _Part:
    """One part of an XLSX, told by its elements."""

    listens_to_ends = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, said: str) -> None:
        """What stands in it."""


def _parsed(packed: ZipFile, name: str, part: _Part) -> Iterator[None]:
    """Tell a part, and yield after each piece."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = part.start, part.text
    if part.listens_to_ends:
        parser.EndElementHandler = part.end
    parser.StartDoctypeDeclHandler = _no_doctype
    with packed.open(name) as stream:
        while piece := stream.read(_CHUNK):
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - expat's own
        yield


def _no_doctype(*_: object) -> None:
    raise ValueError("a table has no document type")


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


class _Book(_Part):
    """Which sheets there are, in their order, and in which part each is."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}

    def start(self, name: str, given: dict[str, str]) -> None:
        if _plain(name) == "sheet":
            self.sheets.append(next(said for key, said in given.items() if key.endswith(":id")))
        elif _plain(name) == "Relationship":
            self.targets[given["Id"]] = given["Target"]


class _Texts(_Part):
    """The texts of a workbook, one behind the other, and where each ends; read as far as they are asked for."""

    listens_to_ends = True

    def __init__(self) -> None:
        self.more: Iterator[None] = iter(())
        self._packed, self._ends = bytearray(), array("Q", [0])
        self._in, self._aside = False, False

    def __getitem__(self, number: int) -> str:
        while number >= len(self._ends) - 1:
            if next(self.more, _END) is _END:
                raise IndexError(number)
        return self._packed[self._ends[number] : self._ends[number + 1]].decode()

    def start(self, name: str, given: dict[str, str]) -> None:
        plain = _plain(name)
        self._in = plain == "t" and not self._aside
        self._aside = self._aside or plain == "rPh"  # how a word is read aloud

    def text(self, said: str) -> None:
        if self._in:
            self._packed += said.encode()

    def end(self, name: str) -> None:
        self._in = False
        plain = _plain(name)
        if plain == "rPh":
            self._aside = False
        elif plain == "si":
            self._ends.append(len(self._packed))


class _Sheet(_Part):
    """The lines of a sheet. What ends is not listened to: the next cell says that the last one is over, and the
    next line. Called fifteen million times for a million lines.
    """

    def __init__(self, texts: _Texts) -> None:
        self._texts, self._rows, self._cells = texts, list[Row](), Row()
        self._kind, self._place, self._said, self._in = "", -1, "", False
        self._columns: dict[str, int] = {}

    def taken(self) -> list[Row]:
        """Return the lines that ended meanwhile, once."""
        taken, self._rows = self._rows, []
        return taken

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._put()
            self._kind, self._said, self._in = given.get("t", "n"), "", False
            self._place = self._column(given.get("r", ""))
        elif name == "v" or name == "t":  # noqa: PLR1714 - no set is made
            self._in = self._kind != _ASIDE
        elif ":" in name:
            self.start(_plain(name), given)
        elif name == "row" or name == "sheetData":  # noqa: PLR1714
            self.over()
        elif name == "rPh":  # how a word is read aloud: it follows the word
            self._put()
            self._kind = _ASIDE
        else:
            self._in = False

    def text(self, said: str) -> None:
        if self._in:
            self._said += said

    def over(self) -> None:
        """The line that was told has ended."""
        self._put()
        self._rows.append(self._cells)
        self._cells = []

    def _put(self) -> None:
        """Put the cell that was told into its line."""
        place, said = self._place, self._said
        if place < 0:
            return
        self._place = -1
        cells = self._cells
        while len(cells) < place:
            cells.append("")
        if self._kind == "s":
            said = self._texts[int(said)] if said else ""
        elif self._kind == "n" and len(said) > _DIGITS:
            said = _number(said)
        cells.append(said.strip())

    def _column(self, reference: str) -> int:
        if not reference:
            return len(self._cells)
        letters = reference.rstrip("0123456789")
        place = self._columns.get(letters)
        if place is None:
            place = self._columns[letters] = _place_of(letters)
        if not len(self._cells) <= place < _WIDEST:
            raise ValueError("cells stand in their order")
        return place


def _place_of(letters: str) -> int:
    place = 0
    for letter in letters[:4]:
        place = 26 * place + ord(letter) - 64
    return place - 1


def _number(said: str) -> str:
    """Return a number as a spreadsheet program shows it: fifteen digits, the rest is the machine's.

    An account of more digits that somebody typed as a number has lost its last ones: it shows as 6.2E+18, which
    is no account.
    """
    return f"{float(said):.15g}"

"""Tables that people bring and take away: CSV and XLSX, as rows of text.

A table whose columns describe persons is refused before anything of it is kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from linli.kernel.refusals import Refused
from linli.kernel.traits import refuse_traits

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 200_000
_HEAD = 10  # lines in which a table's header stands, titles and notes above it included
_LARGEST_UNPACKED = 300 * 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the names of its columns, its rows as text, each as long as the header, and on which
    line of the file each row stands, as a spreadsheet program counts them.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]


def read_sheet(data: bytes) -> Sheet:
    """Read a CSV (UTF-8 or GB18030) or the first sheet of an XLSX; blank rows are left out, and so is a
    title that stands over the table.

    Refuses: not_a_table when there is no header and row to read; too_many_rows over 200,000;
    trait_of_a_person (see `refuse_traits`).
    """
    first, *others = _sheets(data)
    for lines in (first, *others):
        head = [cell.strip() for line in lines[:_HEAD] for cell in line]
        refuse_traits((), head, "\n".join("\t".join(line) for line in lines))
    place = _header_at(first[:_HEAD])
    columns = tuple(name.strip() for name in (first[place] if first else ()))
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise _not_a_table()
    refuse_traits(columns)
    width = len(columns)
    filled = [number for number in range(place + 1, len(first)) if any(first[number])]
    if len(filled) > MOST_ROWS:
        raise Refused("too_many_rows", _("The table has more than 200,000 rows. Split it."))
    rows = [first[number][:width] + [""] * (width - len(first[number])) for number in filled]
    return Sheet(columns, rows, [number + 1 for number in filled])


def _header_at(lines: list[list[str]]) -> int:
    """Return which line is the header: a title over the table fills one cell, a note on who brings it and
    when fills two or three; the header fills more than half as many as the fullest line.
    """
    filled = [sum(map(bool, line)) for line in lines]
    enough = max(filled, default=0) / 2
    return next((n for n, cells in enumerate(filled) if cells > max(1, enough)), 0)


def _sheets(data: bytes) -> list[list[list[str]]]:
    """Return every sheet of the file as lines of text; a CSV is one sheet."""
    if data[:2] != b"PK":
        return [_csv(data)]
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise Refused("too_many_rows", _("The table has more than 200,000 rows. Split it."))
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            [[_text(cell) for cell in line] for line in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        ] or [[]]
    except (CalamineError, BadZipFile) as error:
        message = _("This XLSX file is damaged or locked. Save it again and bring it once more.")
        raise Refused("not_a_table", message) from error


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if "\0" in text:
        raise _not_a_table()
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise _not_a_table() from error


def _not_a_table() -> Refused:
    return Refused("not_a_table", _("This is not a table that we can read: bring CSV or XLSX."))


def _text(cell: object) -> str:
    if isinstance(cell, float):
        # As a spreadsheet program shows it: fifteen digits, the rest is the machine's.
        return f"{cell:.15g}" if abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """Return an XLSX of one sheet; the header is bold and stays in sight."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    # Rows are counted here: a sheet that is asked for its last row looks at every cell it has.
    for number, row in enumerate(rows, start=2):
        sheet.append(list(row))
        for cell in (sheet.cell(number, column) for column in range(1, len(row) + 1)):
            # Typed by someone, opened by somebody else: text stays text, never a formula.
            if cell.data_type == "f":
                cell.data_type = "s"
    for letter, name in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", columns, strict=False):
        sheet.column_dimensions[letter].width = max(12, min(48, 2 * len(name) + 4))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return CSV (RFC 4180) that spreadsheet programs open without running anything in it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of such a CSV one by one, so that a long one is never held whole."""
    yield _csv_line(columns)
    yield from map(_csv_line, rows)


def xlsx_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> IO[bytes]:
    """Return an XLSX of one sheet as an open file, written row by row; nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"

    def written(value: Cell, *, bold: bool = False) -> WriteOnlyCell:
        text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        cell = WriteOnlyCell(sheet, text)
        if cell.data_type == "f":
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)
        return cell

    sheet.append([written(name, bold=True) for name in columns])
    for row in rows:
        sheet.append([written(value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    book.save(file)
    file.seek(0)
    return file


def _csv_line(row: Sequence[Cell]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell

"""Tables that people bring and take away: CSV and XLSX, as rows of text.

A table whose columns describe persons is refused before anything of it is kept.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from linli.kernel.refusals import Refused
from linli.kernel.traits import refuse_traits

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 200_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the names of its columns, and its rows as text, each as long as the header."""

    columns: tuple[str, ...]
    rows: list[list[str]]


def read_sheet(data: bytes) -> Sheet:
    """Read a CSV (UTF-8 or GB18030) or the first sheet of an XLSX; blank rows are left out.

    Refuses: not_a_table when there is no header and row to read; too_many_rows over 200,000;
    trait_of_a_person (see `refuse_traits`).
    """
    lines = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    header = next(lines, [])
    columns = tuple(name.strip() for name in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise Refused("not_a_table", _("This is not a table that we can read: bring CSV or XLSX."))
    refuse_traits(columns)
    width = len(columns)
    rows: list[list[str]] = []
    for line in lines:
        if len(rows) == MOST_ROWS:
            raise Refused("too_many_rows", _("The table has more than 200,000 rows. Split it."))
        if any(line):
            rows.append(line[:width] + [""] * (width - len(line)))
    return Sheet(columns, rows)


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if "\0" in text:
        raise Refused("not_a_table", _("This is not a table that we can read: bring CSV or XLSX."))
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        message = _("This is not a table that we can read: bring CSV or XLSX.")
        raise Refused("not_a_table", message) from error


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        lines = book.get_sheet_by_index(0).to_python() if book.sheet_names else []
    except CalamineError as error:
        message = _("This XLSX file is damaged or locked. Save it again and bring it once more.")
        raise Refused("not_a_table", message) from error
    for line in lines:
        yield [_text(cell) for cell in line]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
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
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
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


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell

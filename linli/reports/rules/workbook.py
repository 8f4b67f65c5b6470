"""Outward forms as XLSX: read into a grid, filled where they stand, read back. Strangers' files, so each is weighed first.

What is written goes into the file that was brought: its layout, styles and formulas stay. Nothing in a file is run, no link
of it followed; a file with macros is refused.
"""

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from linli.facts.rules.statements import Statement
from linli.reports.rules.cells import Value, read_back
from linli.reports.rules.grid import (
    FORMULA,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    TEXT,
    Merge,
    Sheet,
    Spot,
)

LARGEST = 5 * 1024 * 1024
_LARGEST_UNPACKED = 24 * 1024 * 1024
_LARGEST_SHEET = 6 * 1024 * 1024  # of a sheet, unpacked: a form is not a register
_MOST_CELLS = 300_000  # that are looked through for words, empty ones with a border among them
_LONGEST = 400
_LOCKED = b"\xd0\xcf\x11\xe0"  # how files of old programs begin, and locked ones

Filling = Mapping[tuple[int, Spot], Value]


class Unfit(Exception):
    """A file that cannot be taken as a form. code: locked, macros, not_a_form, form_too_large, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_form(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a form. Raises Unfit for what is none."""
    book = _opened(data)
    try:
        sheets = tuple(_sheet(one) for one in book.worksheets)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Unfit("not_a_form") from error
    if not any(one.said for one in sheets):
        raise Unfit("empty")
    return sheets


def fill(data: bytes, filling: Filling, annex: Sequence[Sequence[Any]], *, title: str) -> bytes:
    """Return the form with its cells filled and, on a last sheet of its own, where each figure comes from."""
    book = _opened(data)
    for (sheet, spot), value in filling.items():
        cell = book.worksheets[sheet].cell(*spot)
        if isinstance(cell, Cell):
            cell.value = _in_percent(cell, value) if isinstance(value, Decimal) else value
            # Typed by someone, opened by somebody else: text stays text.
            cell.data_type = "s" if isinstance(value, str) else "n"
    _annex(book, annex, title)
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def read_filled(data: bytes, asked: Iterable[tuple[int, Spot, int]]) -> dict[tuple[int, Spot], Statement]:  # fmt: skip
    """Return what a filled form says in these cells (sheet, place, power of ten). Raises Unfit as `read_form`."""
    book = _opened(data)
    found = {}
    for sheet, spot, scale in asked:
        if sheet < len(book.worksheets):
            cell = book.worksheets[sheet].cell(*spot)
            percent = 2 if _shows_percent(cell) and not isinstance(cell.value, str) else 0
            if said := read_back(cell.value, scale + percent):
                found[sheet, spot] = said
    return found


def _opened(data: bytes) -> Workbook:
    _weigh(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a file holds that is not kept
            book = load_workbook(io.BytesIO(data), keep_links=False, rich_text=False)
    except Exception as error:  # whatever a library says about a stranger's bytes, it is a no
        raise Unfit("not_a_form") from error
    if not 1 <= len(book.worksheets) <= MOST_SHEETS:
        raise Unfit("form_too_large" if book.worksheets else "empty")
    if sum(one.max_row * one.max_column for one in book.worksheets) > _MOST_CELLS:
        raise Unfit("form_too_large")
    return book


def _weigh(data: bytes) -> None:
    """Refuse, before anything is unpacked, what is no XLSX or would unpack to more than a form is."""
    if len(data) > LARGEST:
        raise Unfit("form_too_large")
    if data.startswith(_LOCKED):
        raise Unfit("locked")
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, OSError) as error:
        raise Unfit("not_a_form") from error
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("locked")
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Unfit("macros")
    sheets = [part.file_size for part in parts if part.filename.endswith(".xml")]
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED or max(sheets, default=0) > _LARGEST_SHEET:  # fmt: skip
        raise Unfit("form_too_large")


def _sheet(sheet: Worksheet) -> Sheet:
    said = {
        (cell.row, cell.column): _said(cell)
        for row in sheet.iter_rows()
        for cell in row
        if not isinstance(cell, MergedCell) and cell.value is not None and str(cell.value).strip()
    }
    rows, columns = (max((spot[way] for spot in said), default=0) for way in (0, 1))
    merges = [
        Merge(one.min_row, one.min_col, one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
        if one.min_row <= rows and one.min_col <= columns
    ]  # fmt: skip
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unfit("form_too_large")
    within = [
        one._replace(
            rows=min(one.rows, rows - one.row + 1), columns=min(one.columns, columns - one.column + 1)
        )
        for one in merges
    ]  # fmt: skip
    return Sheet(sheet.title, rows, columns, said, tuple(sorted(within)))


def _said(cell: Cell) -> tuple[str, str]:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA, "="
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else " ".join(str(value).split())
    return TEXT, text.replace("\0", "")[:_LONGEST]


def _in_percent(cell: Cell, value: Decimal) -> Decimal:
    return value.scaleb(-2) if _shows_percent(cell) else value


def _shows_percent(cell: Cell | MergedCell) -> bool:
    return "%" in str(getattr(cell, "number_format", ""))


def _annex(book: Workbook, rows: Sequence[Sequence[Any]], title: str) -> None:
    sheet = book.create_sheet(title[:31])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if cell.data_type == "f":
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJK":
        sheet.column_dimensions[letter].width = 18

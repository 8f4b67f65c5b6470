"""The bytes of a package as tables: a ZIP of CSV files, an XLSX with a sheet a table, or JSON.

Refused at the door when a column describes persons; tables about contacts are never read into anything.
"""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from linli.directory.rules.packages import COLUMNS, PLACED, Tables, flattened, kept, table_of
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.kernel.traits import refuse_traits

LARGEST = 10 * 1024 * 1024  # bytes as brought
_LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 100_000


def read_package(data: bytes) -> Tables:
    """Return the tables of a package, only those and only of them what we take in.

    Refuses: not_a_package when nothing in it is a table of ours; too_many_rows over 100,000;
    trait_of_a_person (see `refuse_traits`), whatever table the column stands in.
    """
    if len(data) > LARGEST:
        raise _too_many()
    tables = _unpacked(data) if data[:2] == b"PK" else _from_json(data)
    for rows in tables.values():
        columns = {name for row in rows for name in row} - PLACED
        refuse_traits(columns, (), "\n".join("\t".join(row.values()) for row in rows))
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise _too_many()
    found = kept(tables)
    if not any(found.get(table) for table in COLUMNS):
        raise _not_a_package()
    return found


def packed(tables: Tables) -> bytes:
    """Return tables as bytes that `read_package` reads."""
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()


def _unpacked(data: bytes) -> Tables:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise _too_many()
            if any(part.filename == "xl/workbook.xml" for part in parts):
                return _from_sheets(data)
            return {
                table_of(part.filename): _from_csv(archive.read(part))
                for part in parts
                if part.filename.lower().endswith(".csv")
            }
    except (BadZipFile, CalamineError, NotImplementedError, RuntimeError, OSError) as error:
        raise _not_a_package() from error


def _from_csv(data: bytes) -> list[dict[str, str]]:
    if not data.strip():
        return []
    sheet = read_sheet(_without_places(data))
    return [_row(sheet.columns, cells) for cells in sheet.rows]


def _without_places(data: bytes) -> bytes:
    """Return a CSV whose head no longer names coordinates of a place, which would be taken for a person's."""
    head, newline, rest = data.partition(b"\n")
    for name in PLACED:
        head = head.replace(name.encode(), b"placed")
    return head + newline + rest


def _from_sheets(data: bytes) -> Tables:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables: Tables = {}
    for name in book.sheet_names:
        lines = book.get_sheet_by_name(name).to_python()
        refuse_traits((), [str(cell).strip() for line in lines[:10] for cell in line])
        if lines:
            columns = [str(cell).strip() for cell in lines[0]]
            tables[table_of(name)] = [_row(columns, map(_text, line)) for line in lines[1:]]
    return tables


def _from_json(data: bytes) -> Tables:
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _not_a_package() from error
    tables: Tables = {}
    seen: set[tuple[str, str]] = set()
    for table, thing in _things(said):
        for where, row in flattened(table, thing):
            # A place that several services name comes several times: once is enough.
            key = (where, json.dumps(row, sort_keys=True))
            if key not in seen:
                seen.add(key)
                tables.setdefault(where, []).append(row)
    return tables


def _things(said: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 - somebody's JSON
    if isinstance(said, Mapping) and isinstance(said.get("contents"), list):
        said = said["contents"]
    if isinstance(said, list):
        said = {"service": said}
    if not isinstance(said, Mapping):
        raise _not_a_package()
    if "id" in said:
        said = {"service": [said]}
    for name, rows in said.items():
        if isinstance(rows, list):
            yield from ((table_of(str(name)), row) for row in rows if isinstance(row, Mapping))


def _row(columns: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name}


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _not_a_package() -> Refused:
    return Refused(
        "not_a_package",
        _(
            "This is no package that we can read: bring a ZIP of CSV files, an XLSX or JSON, as HSDS names them."
        ),
    )


def _too_many() -> Refused:
    return Refused(
        "too_many_rows", _("The package is larger than 10 MB or 100,000 rows. Split it.")
    )

"""A sheet of a form as the rows of an HTML table: merged cells, heads, and what is known of each cell that asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from linli.reports.rules.grid import FORMULA, Sheet, reference
from linli.reports.rules.mapping import cell_name
from linli.reports.schemas.asked import Line

Row = tuple[int, list[dict[str, Any]]]


def grid(number: int, sheet: Sheet, lines: Mapping[str, Line]) -> dict[str, Any]:
    """Return one sheet: its name, the letters of its columns, its rows. lines: of the cells that ask, by name."""
    return {
        "name": sheet.name,
        "number": number,
        "letters": [reference((1, column))[:-1] for column in range(1, sheet.columns + 1)],
        "rows": [(row, _cells(number, sheet, row, lines)) for row in range(1, sheet.rows + 1)],
        "asked": sum(line.cell.startswith(f"{number}!") for line in lines.values()),
    }


def grids(sheets: Sequence[Sheet], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return all sheets of a form."""
    by_cell = {line.cell: line for line in lines}
    return [grid(number, sheet, by_cell) for number, sheet in enumerate(sheets)]


def _cells(number: int, sheet: Sheet, row: int, lines: Mapping[str, Line]) -> list[dict[str, Any]]:
    cells = []
    for column in range(1, sheet.columns + 1):
        spot = (row, column)
        if spot in sheet.covered:
            continue
        kind, text = sheet.said.get(spot, ("", ""))
        block = sheet.blocks.get(spot)
        cells.append(
            {
                "name": reference(spot),
                "text": text,
                "formula": kind == FORMULA,
                "rows": block.rows if block else 1,
                "columns": block.columns if block else 1,
                "line": lines.get(cell_name(number, spot)),
            }
        )
    return cells

"""Sheets that are written row by row."""

import csv
import io
from decimal import Decimal

from openpyxl import load_workbook

from linli.kernel.sheets import csv_lines, xlsx_file

ROWS = [["=1+1", Decimal("2.5")], ["@x", None], ["甲\x0b乙", 3]]


def test_yields_csv_line_by_line_without_a_formula():
    lines = csv_lines(["a", "b"], iter(ROWS))

    assert next(lines) == "a,b\r\n"
    assert list(csv.reader(io.StringIO("".join(lines)))) == [["'=1+1", "2.5"], ["'@x", ""], ["甲\x0b乙", "3"]]  # fmt: skip


def test_writes_xlsx_as_an_open_file_without_a_formula():
    with xlsx_file(["a", "b"], iter(ROWS), title="x/y") as file:
        sheet = load_workbook(file).active

    cells = [[cell.value for cell in row] for row in sheet]
    assert cells == [["a", "b"], ["=1+1", 2.5], ["@x", None], ["甲乙", 3]]
    assert sheet["A2"].data_type == "s"

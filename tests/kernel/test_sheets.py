"""Tables that people bring and take away."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet, write_csv, write_xlsx

COLUMNS = ("任务", "牵头单位", "完成时限")
ROWS = [["办好四点半课堂", "教育局", "2026-12-31"], ["=1+1", "", "年底"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_what_spreadsheets_save_as_csv(encoding):
    text = write_csv(COLUMNS, [["办好四点半课堂", "教育局", "年底"]])

    sheet = read_sheet(text.encode(encoding))

    assert sheet.columns == COLUMNS
    assert sheet.rows == [["办好四点半课堂", "教育局", "年底"]]


def test_reads_back_the_xlsx_that_it_writes():
    data = write_xlsx(COLUMNS, ROWS, title="总台账")

    sheet = read_sheet(data)

    assert (sheet.columns, sheet.rows) == (COLUMNS, ROWS)


def test_gives_numbers_and_days_back_as_people_read_them():
    row = [3, Decimal("7000.3"), date(2026, 6, 30), 15.4 + 1e-15, 1_125_240.0]
    data = write_xlsx(["a", "b", "c", "d", "e"], [row], title="x")

    assert read_sheet(data).rows == [["3", "7000.3", "2026-06-30", "15.4", "1125240"]]


def test_leaves_titles_and_blank_rows_out():
    data = write_xlsx(["2026年任务分解表"], [COLUMNS, ROWS[0], ["", "", ""], ROWS[1]], title="x")

    sheet = read_sheet(data)

    assert (sheet.columns, sheet.rows) == (COLUMNS, ROWS)
    assert sheet.lines == [3, 5]


def test_leaves_a_note_over_the_header_out():
    note = ["填报单位：民族宗教事务局", "", "2026年11月"]
    wide = [*COLUMNS, "备注", "目标"]
    data = write_xlsx(["2027年任务分解表"], [note, wide, [*ROWS[0], "", ""]], title="x")

    sheet = read_sheet(data)

    assert (sheet.columns, sheet.rows) == (tuple(wide), [[*ROWS[0], "", ""]])
    assert sheet.lines == [4]


def test_runs_nothing_that_somebody_typed():
    assert write_csv(["a"], [["=HYPERLINK(1)"], ["-1+2"]]) == "a\r\n'=HYPERLINK(1)\r\n'-1+2\r\n"
    with zipfile.ZipFile(io.BytesIO(write_xlsx(["a"], [["=1+1"]], title="x"))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "columns",
    [
        ["任务", "民族"], ["姓名", "任务"], ["身份证号码", "x"], ["宗教信仰", "x"], ["name", "ethnicity"],
        ["party member", "x"], ["性别", "x"], ["id number", "x"],
    ],
)  # fmt: skip
def test_refuses_columns_about_persons(columns):
    text = write_csv(columns, [["1", "2"]])

    with pytest.raises(Refused, match="trait_of_a_person"):
        read_sheet(text.encode())


def test_refuses_them_wherever_they_stand():
    below_a_title = write_csv(["花名册", ""], [["序号", "任务"], ["编号", "民族"]])
    with pytest.raises(Refused, match="trait_of_a_person"):
        read_sheet(below_a_title.encode())
    # GB 11643's own example of a number, in a column that has an innocent name.
    numbers = write_csv(["任务", "备注"], [["x", "11010519491231002X"]])
    with pytest.raises(Refused, match="trait_of_a_person"):
        read_sheet(numbers.encode())


def test_refuses_them_on_a_second_sheet():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(COLUMNS)
    book.active.append(ROWS[0])
    book.create_sheet("名单").append(["序号", "姓名", "民族"])
    data = io.BytesIO()
    book.save(data)

    with pytest.raises(Refused, match="trait_of_a_person"):
        read_sheet(data.getvalue())


def test_takes_offices_for_what_they_are():
    text = write_csv(COLUMNS, [["落实资金", "民族宗教事务局", "年底"]])

    assert read_sheet(text.encode()).rows[0][1] == "民族宗教事务局"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"PK not a zip", b"\x00\x01\x02", b"PK\x03\x04" * 50]
)
def test_refuses_what_is_no_table(data):
    with pytest.raises(Refused, match="not_a_table"):
        read_sheet(data)


def test_refuses_more_rows_than_it_can_take(monkeypatch):
    monkeypatch.setattr("linli.kernel.sheets.MOST_ROWS", 3)

    with pytest.raises(Refused, match="too_many_rows"):
        read_sheet(b"a,b\n" + b"1,2\n" * 4)
    assert len(read_sheet(b"a,b\n" + b"1,2\n" * 3).rows) == 3


def test_refuses_what_unpacks_to_far_more(monkeypatch):
    monkeypatch.setattr("linli.kernel.sheets._LARGEST_UNPACKED", 1000)

    with pytest.raises(Refused, match="too_many_rows"):
        read_sheet(write_xlsx(COLUMNS, ROWS, title="x"))


@given(st.binary(max_size=300))
def test_never_fails_on_what_people_bring(data):
    try:
        sheet = read_sheet(data)
    except Refused:
        return
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)


@given(
    st.lists(st.lists(st.text("甲乙=+-@,\"\n '", min_size=1, max_size=6), min_size=2, max_size=2))
)
def test_loses_nothing_in_csv(rows):
    text = write_csv(["a", "b"], rows)

    back = list(csv.reader(io.StringIO(text, newline="")))[1:]

    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]

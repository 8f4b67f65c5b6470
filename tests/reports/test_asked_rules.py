"""Grids, meanings, suggestions, and figures in cells that come back as they were."""

import io
import zipfile
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from linli.facts.rules.intervals import BOUNDS
from linli.facts.rules.statements import Statement, fault
from linli.reports.rules.cells import read_back, strokes, written
from linli.reports.rules.grid import as_json, digest, of_json, reference, spot_of
from linli.reports.rules.mapping import asked_cells, from_own, from_own_back, merge
from linli.reports.rules.suggesting import area, indicator, period, scale, suggested
from linli.reports.rules.workbook import Unfit, fill, read_filled, read_form
from tests.town import forms_asked as town
from tests.town import hostile_others

values = st.builds(
    lambda number, places: Decimal(number).scaleb(-places),
    st.integers(-(10**14), 10**14), st.integers(0, 6),
).filter(lambda value: not fault(Statement(value)))  # fmt: skip
statements = st.builds(Statement, values, st.sampled_from(BOUNDS))
scales = st.sampled_from([0, 3, 4, 8])


@given(statements, scales)
def test_reads_back_what_is_written(statement, power):
    back = read_back(written(statement, power), power)

    assert (back.value, back.bound) == (statement.value, statement.bound)


@given(st.lists(st.tuples(statements, scales, st.booleans()), min_size=1, max_size=12))
def test_reads_a_filled_form_back_through_its_own_mapping(figures):
    book = Workbook()
    sheet = book.active
    sheet.append(["区县", *(f"列{number}" for number in range(len(figures)))])
    for column, (_statement, _scale, percent) in enumerate(figures, start=2):
        sheet.cell(2, column).number_format = "0.00%" if percent else "General"
    sheet["A2"] = "城关区"
    spots = [(0, (2, column)) for column in range(2, len(figures) + 2)]
    filling = {
        spot: written(said, power) for spot, (said, power, _percent) in zip(spots, figures, strict=True)
    }  # fmt: skip

    data = fill(town.saved(book), filling, [["格"]], title="来源")

    back = read_filled(data, [(*spot, power) for spot, (_said, power, _percent) in zip(spots, figures, strict=True)])  # fmt: skip
    assert [back[spot] for spot in spots] == [said for said, _power, _percent in figures]


def test_fills_a_share_as_the_cell_shows_it():
    book = Workbook()
    book.active.append(["占比"])
    book.active["B1"].number_format = "0.0%"

    data = fill(town.saved(book), {(0, (1, 2)): Decimal("72.5")}, [], title="来源")

    assert load_workbook(io.BytesIO(data)).active["B1"].value == 0.725
    assert read_filled(data, [(0, (1, 2), 0)])[0, (1, 2)].value == Decimal("72.5")


def test_writes_no_formula_that_somebody_typed():
    book = Workbook()
    book.active.append(["区县"])

    data = fill(town.saved(book), {(0, (1, 2)): "=1+1"}, [["=1+1"]], title="来源")

    again = load_workbook(io.BytesIO(data))
    assert {again.active["B1"].data_type, again["来源"]["A1"].data_type} == {"s"}


@pytest.mark.parametrize(("said", "read"), [(None, None), (True, None), ("见附注", None), (float("nan"), None)])  # fmt: skip
def test_reads_no_figure_where_none_stands(said, read):
    assert read_back(said, 0) is read


def test_counts_keys():
    assert [strokes(Decimal("150.3")), strokes("近300")] == [6, 5]


def test_knows_a_layout_years_apart():
    this, last = read_form(town.education(2025)), read_form(town.education(2024))

    assert digest(this, 2025) == digest(last, 2024) != digest(this, 2024)
    assert digest(read_form(town.education(2025, extra="注")), 2025) != digest(this, 2025)
    assert of_json(as_json(this)) == this


def test_reads_heads_over_merged_cells():
    (sheet,) = read_form(town.education())

    assert [sheet.row_words(row) for row in (4, 5, 6)] == ["城关区", "七里河区", "合计"]
    assert sheet.column_words(2) == "人口 常住人口（万人）"
    assert sheet.column_words(4) == "教育 专任教师（人）"
    assert (3, 1) in sheet.covered


@given(st.integers(1, 999), st.integers(1, 999))
def test_names_cells_as_spreadsheets_do(row, column):
    assert spot_of(reference((row, column))) == (row, column)


@pytest.mark.parametrize("name", ["", "7", "C", "C0", "C7D", "7C", "ABCD1", "C٣"])
def test_reads_no_cell_in_what_is_none(name):
    assert spot_of(name) is None


@pytest.mark.parametrize("said", ["2025", "2024", "2025-03", "2023-03-05", "2019/2024", "2024-01/2024-06"])  # fmt: skip
def test_keeps_periods_as_years_from_the_forms_own(said):
    kept = from_own(said, "2025")

    assert from_own_back(kept, "2025") == said
    assert from_own_back(kept, "2031") == said.replace("2019", "2Y25").replace("2025", "2031").replace(
        "2024", "2030"
    ).replace("2023", "2029").replace("2Y25", "2025")  # fmt: skip


sayings = st.dictionaries(
    st.tuples(st.sampled_from(["0", "0:r1", "0:c1"]), st.sampled_from(["area", "period"])),
    st.sampled_from(["", "a", "b"]),
)


@given(sayings, sayings, sayings)
def test_loses_nothing_that_another_said(seen, now, given):
    merged = merge(seen, now, given)

    for saying, stands in now.items():
        if stands != seen.get(saying, ""):
            assert saying not in merged.changes
    for saying, value in given.items():
        meant = value != seen.get(saying, "")
        after = merged.changes.get(saying, now.get(saying, ""))
        assert not meant or after == value or saying in merged.conflicts


def test_asks_only_where_row_and_column_are_known():
    (sheet,) = read_form(town.education())
    said = {
        ("0", "period"): "own", ("0:c2", "indicator"): "x", ("0:c3", "indicator"): "y",
        ("0:r4", "area"): "a", ("0:r5", "area"): "b", ("0:r5:c3", "indicator"): "-",
        ("0", "area"): "own",
    }  # fmt: skip

    cells = {one.name: one.meant for one in asked_cells([sheet], said)}

    assert [(name, meant[:2]) for name, meant in cells.items()] == [
        ("0!B4", ("x", "a")), ("0!C4", ("y", "a")), ("0!B5", ("x", "b")),
    ]  # fmt: skip


def test_suggests_what_the_words_of_a_form_say():
    indicators, areas = town.names()
    (sheet,) = read_form(town.education())

    found = suggested(0, sheet, "2025", indicators, areas)

    assert found == {
        ("0:c2", "indicator"): "population.residents", ("0:c3", "indicator"): "education.schools",
        ("0:c4", "indicator"): "education.teachers", ("0:c2", "scale"): "4",
        ("0:r4", "area"): "620102", ("0:r5", "area"): "620103", ("0:r6", "area"): "own",
        ("0", "period"): "own",
    }  # fmt: skip


def test_suggests_years_of_columns():
    indicators, areas = town.names()
    _first, second = read_form(town.services())

    found = suggested(1, second, "2025", indicators, areas)

    assert (found["1:c2", "period"], found["1:c3", "period"]) == ("own", "y-1")


@pytest.mark.parametrize(
    ("words", "means"),
    [("专任教师（人）", "education.teachers"), ("教育 中小学校（所）", "education.schools"), ("备注", ""), ("少数民族占比", "")],
)  # fmt: skip
def test_suggests_an_indicator_by_its_words(words, means):
    assert indicator(words, town.names()[0]) == means


def test_suggests_places_periods_and_scales():
    areas = town.names()[1]
    assert [area(said, areas) for said in ("1 七里河区", "城关", "全市合计", "填表人")] == ["620103", "620102", "own", ""]  # fmt: skip
    assert [period(said, "2025") for said in ("2023年末", "上年", "数值", "学校")] == ["2023", "2024", "2025", ""]  # fmt: skip
    assert [scale(said) for said in ("人口（万人）", "单位：亿元", "万安街道")] == ["4", "8", ""]


def large(rows, columns):
    book = Workbook()
    book.active.cell(rows, columns, "末")
    return town.saved(book)


def macros():
    out = io.BytesIO(town.education())
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def swelling():
    return hostile_others.zipped(**{"xl__worksheets__sheet1.xml": bytes(50_000_000)})


HOSTILE = {
    "not_a_form": [b"", b"x", b"PK\x03\x04", hostile_others.docx(), hostile_others.zipped(a=b"b"), town.education()[:900]],
    "locked": [b"\xd0\xcf\x11\xe0" + bytes(600)],
    "macros": [macros()],
    "form_too_large": [bytes(5 * 2**20 + 1), swelling(), large(151, 1), large(1, 61), large(1_048_576, 16_384)],
    "empty": [town.saved(Workbook())],
}  # fmt: skip


@pytest.mark.parametrize(("code", "data"), [(code, data) for code, all_ in HOSTILE.items() for data in all_])  # fmt: skip
def test_refuses_a_strangers_file(code, data):
    with pytest.raises(Unfit) as refusal:
        read_form(data)
    assert refusal.value.code == code


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_refuses_or_reads_whatever_a_file_has_become(place, bytes_):
    data = town.education()
    with suppress(Unfit):
        read_form(data[:place] + bytes_ + data[place + len(bytes_) :])

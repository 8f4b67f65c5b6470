from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.columns import Layout, guess
from linli.facts.rules.typed import Typed, typed


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("300", "300", "exact"),
        ("1,125,240", "1125240", "exact"),
        ("1,125,240.5", "1125240.5", "exact"),
        (" -3.2 ", "-3.2", "exact"),
        ("近10万", "100000", "approx_below"),
        ("300余", "300", "more_than"),
        ("30余万", "300000", "more_than"),
        ("3.03亿", "303000000", "exact"),
        ("约 500", "500", "approx"),
        ("500左右", "500", "approx"),
        ("≥ 95.5 %", "95.5", "at_least"),
        ("至少3", "3", "at_least"),
        ("100以上", "100", "at_least"),
        ("不足40", "40", "less_than"),
        ("不超过40", "40", "at_most"),
        ("more than 40", "40", "more_than"),
        ("300+", "300", "more_than"),
    ],
)
def test_reads_what_people_type(text, value, bound):
    cell = typed(text)

    assert cell.statement == (Decimal(value), bound)
    assert cell.wrong == ""


@pytest.mark.parametrize(
    ("text", "bound", "wrong"),
    [
        ("", "", "not_a_number"),
        ("若干", "", "not_a_number"),
        ("1,5", "", "not_a_number"),
        ("12,34,567", "", "not_a_number"),
        ("1e5", "", "not_a_number"),
        ("3 4", "", "not_a_number"),
        ("=1+1", "", "not_a_number"),
        ("约300以上", "", "unknown_bound"),
        ("300", "大概吧", "unknown_bound"),
        ("约300", "at_least", "unknown_bound"),
        ("0.1234567", "", "too_precise"),
        ("9,000,000,000,000,000", "", "too_large"),
    ],
)
def test_names_what_is_wrong_with_a_cell(text, bound, wrong):
    assert typed(text, bound) == Typed(None, wrong=wrong)


def test_takes_the_bound_from_its_own_column():
    assert typed("300", "at_least").statement == (Decimal(300), "at_least")
    assert typed("300", "约").statement == (Decimal(300), "approx")
    assert typed("约300", "approx").statement == (Decimal(300), "approx")
    assert typed("300", "确切").statement == (Decimal(300), "exact")


def test_notes_a_percent_sign():
    assert typed("15.4%").percent
    assert not typed("15.4").percent


@given(st.decimals(-(10**12), 10**12, places=2))
def test_reads_every_number_that_is_written_with_commas(value):
    assert typed(f"{value:,f}").statement.value == value


@given(st.text(max_size=20), st.text(max_size=6))
def test_reads_or_names_what_is_wrong_with_anything(text, bound):
    cell = typed(text, bound)

    assert (cell.statement is None) == bool(cell.wrong)


def test_guesses_columns_from_their_heads():
    assert guess(["指标", "地区", "年份", "数值", "来源"]) == {
        "indicator": 0, "area": 1, "period": 2, "value": 3, "source": 4,
    }  # fmt: skip
    assert guess(["Region", "Year", "Note", "Value"]) == {"area": 0, "period": 1, "value": 3}
    assert guess(["甲", "乙"]) == {}


def test_lays_a_row_out_by_column_or_by_one_text():
    layout = Layout(indicator="a.b", area=0, period=1, value=2, source="统计局")

    row = ["620200", "2019", "3"]
    assert layout.texts(row) == ("a.b", "620200", "2019", "3", "", "统计局")
    assert layout.all_texts([row, row]) == [layout.texts(row)] * 2
    assert layout.all_texts([]) == []

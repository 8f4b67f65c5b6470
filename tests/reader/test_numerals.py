from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader import numerals
from linli.reader.article import fold

WORTH = {
    # Arabic
    "0": "0", "7": "7", "120": "120", "1,200": "1200", "12,345,678": "12345678", "0.26": "0.26",
    "112.524": "112.524", "3 000": "3000", "32 778.25": "32778.25", "1,234.5": "1234.5",
    # Arabic with a scale
    "800万": "8000000", "3.03亿": "303000000", "4836万": "48360000", "4.78万亿": "4780000000000",
    "25万6千": "256000", "5万4千6百": "54600", "3万4000": "34000", "1千零20": "1020", "2千零30万": "20300000",
    "10万万": "1000000000", "20万亿": "20000000000000", "9百": "900", "6千": "6000", "188 万": "1880000",
    "1,100.9亿": "110090000000", "5。5万": "55000", "2兆": "2000000000000",
    # odd amounts
    "8500多万": "85000000", "630余万": "6300000", "10多万": "100000", "3 000多万": "30000000",
    "二十几万": "200000", "十余万": "100000", "五百五十多万": "5500000", "一百二十几亿": "12000000000",
    # Chinese
    "零": "0", "一": "1", "两": "2", "九": "9", "十": "10", "十五": "15", "二十": "20", "二十一": "21",
    "九十九": "99", "一百": "100", "一百零一": "101", "一百一十": "110", "三百五十": "350", "一千零五": "1005",
    "一千零五十": "1050", "两千": "2000", "三千六百": "3600", "一万": "10000", "一万二百五十": "10250",
    "四万五千六百二十二": "45622", "十万": "100000", "二十三万": "230000", "一百零一万一千": "1011000",
    "一千两百三十四万": "12340000", "五亿零六": "500000006", "十九亿": "1900000000",
    "四亿五千六百四十二万零一十五": "456420015", "一万五千亿": "1500000000000", "四万亿": "4000000000000",
    "五兆六十二亿": "5006200000000", "一千七百四十五万": "17450000", "百万": "1000000", "千万": "10000000",
    # the last scale left out
    "三百五": "350", "两千四百五": "2450", "一万三": "13000", "九十二万四": "924000", "一千六": "1600",
    # financial
    "壹佰伍拾": "150", "肆佰陆拾": "460", "叁万": "30000", "柒仟捌佰伍拾肆": "7854", "贰拾二": "22",
    # twenties and thirties in one sign
    "廿五": "25", "卅": "30", "廿": "20",
    # positional
    "二〇一六": "2016", "二零二二": "2022", "一六九": "169", "一六八〇万": "16800000", "一九四九": "1949",
    # decimals
    "三点五": "3.5", "零点五": "0.5", "十六点七": "16.7", "一点四亿": "140000000", "三点五万": "35000",
    "三点三九亿": "339000000", "二十六点三三": "26.33",
    # fractions
    "四分之三": "0.75", "百分之十五": "0.15", "百分之十五点六": "0.156", "千分之一": "0.001",
    "一百万又五十万分之二十五": "1000000.00005", "十六分之5": "0.3125", "二分之一": "0.5",
    # halves, dozens, signs, neighbours
    "半": "0.5", "十打": "120", "负三十二": "-32", "-10000": "-10000", "二三十": "20", "三四": "3",
    "七八万": "70000", "十五六": "15",
}  # fmt: skip


def chinese(number):
    """Write a whole number below 10^12 in Chinese."""
    digits, scales = "零一二三四五六七八九", ("", "十", "百", "千")

    def section(rest):
        text = ""
        for place in range(3, -1, -1):
            digit, rest = divmod(rest, 10**place)
            if digit:
                text += digits[digit] + scales[place]
            elif text and rest and not text.endswith("零"):
                text += "零"
        return text

    parts = ""
    for worth, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        count, number = divmod(number, worth)
        if count:
            parts += "零" * bool(parts and count < 1000) + section(count) + name
    return parts or "零"


def test_table_holds_more_surfaces_than_the_outside_test():
    assert len(WORTH) >= 99


@pytest.mark.parametrize(("surface", "worth"), WORTH.items())
def test_value_is_exact(surface, worth):
    assert numerals.value(surface) == Decimal(worth)


def test_third_is_rounded_to_28_digits():
    assert str(numerals.value("三分之一")) == "0." + "3" * 28


@pytest.mark.parametrize(
    "surface", ["", "人", "三人", "1.2.3", "5 5.5.", "一点", "零分之一", "分之", "9" * 81, "第三"]
)
def test_value_refuses_what_is_no_numeral(surface):
    with pytest.raises(ValueError, match=r"."):
        numerals.value(surface)


@given(st.integers(0, 10**12 - 1))
def test_value_reads_every_chinese_numeral(number):
    assert numerals.value(chinese(number)) == number


@given(st.integers(0, 10**15 - 1))
def test_value_reads_thousands_separators(number):
    assert numerals.value(f"{number:,}") == number


@given(st.decimals(0, 10**6, places=3, allow_nan=False), st.sampled_from(["万", "亿", "万亿"]))
def test_value_multiplies_by_the_scale_without_rounding(number, scale):
    worth = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert numerals.value(f"{number}{scale}") == number * worth


@given(
    st.text(
        alphabet="0123456789,.。 零〇一二两三四五六七八九十百千万亿兆廿多余几点分之又半打-负kM%^/e",
        max_size=60,
    )
)
def test_find_slices_back_and_never_fails(text):
    for found in numerals.find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value.is_finite()


@given(st.text(alphabet="0123456789,零一二三十百千万亿，人个", max_size=60))
def test_part_keeps_the_length(text):
    assert len(numerals.part(text, fold(text))) == len(text)


def test_part_tells_a_full_width_comma_from_a_separator():
    text = "投入20，300人参加；共12，000名"
    assert [found.value for found in numerals.find(numerals.part(text, fold(text)))] == [
        20,
        300,
        12000,
    ]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("共3 000万人，5。5万名，3至10万户", ["3 000万", "5。5万", "3", "10万"]),
        ("2016-2020年", ["2016", "2020"]),
        ("八点三十分", ["八", "三十"]),
        ("七十百分位", ["七十"]),
        ("二〇一六年增长三点五", ["二〇一六", "三点五"]),
        ("收拾队伍，陆地，一切", []),
    ],
)
def test_find_takes_whole_numerals(text, surfaces):
    view = fold(text)
    assert [view[found.start : found.end] for found in numerals.find(view)] == surfaces


@pytest.mark.parametrize(
    ("surface", "pair"),
    [("二三十", True), ("七八万", True), ("二十三", False), ("三点一二", False)],
)
def test_pairs_of_neighbours_are_vague(surface, pair):
    assert numerals.is_pair(surface) is pair

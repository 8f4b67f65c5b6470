"""Whatever the date and the style it is printed in, it reads back; whatever the text, in step."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader.article import Article
from linli.reader.dates import find
from linli.reader.reading import Line
from tests.reader.test_dates import read, told

DIGITS = "〇一二三四五六七八九"


def spoken(number):
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def wide(text):
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)


STYLES = (
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    lambda day: wide(f"{day.year}年{day.month}月{day.day}日"),
    lambda day: f"{day.year}-{day.month:02}-{day.day:02}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: (
        f"{''.join(DIGITS[int(sign)] for sign in str(day.year))}年{spoken(day.month)}月{spoken(day.day)}日"
    ),
)
days = st.dates(date(1850, 1, 1), date(2099, 12, 31))
# Signs that dates are made of, so that random text comes close to them.
SIGNS = "7三十〇年月日号至-—、底初前，。《)的将\n"
WORDS = "2019/12/季度/上半年/年代/世纪/去年/今年/同年/每年/本月/当日/昨日"
PIECES = st.sampled_from(SIGNS) | st.sampled_from(WORDS.split("/"))
texts = st.lists(PIECES, max_size=30).map("".join)
published = st.none() | days.map(date.isoformat)


@given(days, st.sampled_from(STYLES), st.sampled_from(["", "，", "于", "街道"]), published)
def test_reads_back_a_date_in_every_style(day, style, before, known):
    assert told(f"{before}{style(day)}。", known) == [(style(day), day.isoformat())]


@given(days, days)
def test_reads_back_a_range(one, other):
    first, last = sorted((one, other))
    text = f"{STYLES[0](first)}至{STYLES[0](last)}"
    assert told(text) == [(text, f"{first.isoformat()}/{last.isoformat()}")]


@given(st.integers(1900, 2090), st.integers(1, 9), st.sampled_from("-—~至到"))
def test_reads_back_a_span_of_years(year, length, joiner):
    text = f"{year}{joiner}{year + length}年"
    assert told(text) == [(text, f"{year}/{year + length}")]


@given(texts, published)
def test_slices_every_date_from_the_text(text, known):
    at = 0
    for found in read(text, known):
        assert text[found.start : found.end] == found.surface
        assert found.start >= at
        assert "\n" not in found.surface
        at = found.end


@given(texts, published)
def test_gives_only_dates_of_the_calendar(text, known):
    for found in read(text, known):
        for end in found.iso.split("/"):
            if not end.startswith("-"):
                date.fromisoformat((end + "-01-01")[:10])


@given(texts, st.integers(0, 40))
def test_reads_the_same_behind_other_paragraphs(text, gap):
    shifted = read("邻里。" * gap + "\n" + text, "2018-07-13")
    offset = 3 * gap + 1
    assert [
        found._replace(start=found.start - offset, end=found.end - offset) for found in shifted
    ] == list(read(text, "2018-07-13"))


@pytest.mark.parametrize(
    "piece", ["1", "一", "年", "1-", "今", "十三五", "2019", " ", "2018.", "《", "去"]
)
def test_never_hangs_on_hostile_text(piece, never_hangs):
    text = piece * (1_000_000 // len(piece))
    line = (Line(0, len(text), "main", "body"),)
    found = find(Article(text, text, line), published="2018-07-13")
    assert found == ()

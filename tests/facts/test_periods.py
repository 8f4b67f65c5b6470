from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.periods import Period, of_iso, of_typed, overlap, shown, within, year

DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))


@st.composite
def periods(draw):
    start = draw(DAYS)
    return Period(start, start + timedelta(draw(st.integers(1, (date(9999, 1, 1) - start).days))))


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("2019", (2019, 1, 1), (2020, 1, 1)),
        ("2020-02", (2020, 2, 1), (2020, 3, 1)),
        ("2019-12", (2019, 12, 1), (2020, 1, 1)),
        ("2019-03-05", (2019, 3, 5), (2019, 3, 6)),
        ("2016/2020", (2016, 1, 1), (2021, 1, 1)),
        ("2016/2020-03", (2016, 1, 1), (2020, 4, 1)),
        ("2019-11-30/2019-12-01", (2019, 11, 30), (2019, 12, 2)),
    ],
)
def test_reads_iso(text, start, until):
    assert of_iso(text) == (date(*start), date(*until))


@pytest.mark.parametrize(
    "text",
    ["", "--09", "2010/..", "2020/2019", "2019-13", "2019-02-29", "0000", "9999", "19", "2019/", "/2019"],
)  # fmt: skip
def test_reads_no_period_without_year_end_or_calendar(text):
    assert of_iso(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019年", "2019"),
        (" 2019 ", "2019"),
        ("2019年3月", "2019-03"),
        ("2019.3", "2019-03"),
        ("2019/3/5", "2019-03-05"),
        ("2019年3月5日", "2019-03-05"),
        ("2016-2020", "2016/2020"),
        ("2016年至2020年", "2016/2020"),
        ("2019年第一季度", "2019-01/2019-03"),
        ("2019Q4", "2019-10/2019-12"),
    ],
)
def test_reads_what_people_type(text, iso):
    assert shown(of_typed(text)) == iso


@pytest.mark.parametrize("text", ["", "去年", "2019年13月", "20190305", "3", "2019-2018", "2019Q5"])
def test_leaves_what_nobody_can_read(text):
    assert of_typed(text) is None


@given(periods())
def test_shows_a_period_so_that_it_reads_back(period):
    assert of_iso(shown(period)) == period


def test_shows_the_shortest_words():
    assert shown(year(2019)) == "2019"
    assert shown(Period(date(2019, 1, 1), date(2019, 4, 1))) == "2019-01/2019-03"
    assert shown(Period(date(2019, 1, 1), date(2019, 1, 2))) == "2019-01-01"


@given(periods(), periods())
def test_overlaps_both_ways_and_within_means_overlap(a, b):
    assert overlap(a, b) is overlap(b, a)
    assert overlap(a, b) is (max(a.start, b.start) < min(a.until, b.until))
    if within(a, b):
        assert overlap(a, b)


def test_leaves_the_last_day_out():
    assert not overlap(year(2019), year(2020))
    assert within(of_iso("2019-12-31"), year(2019))
    assert not within(of_iso("2019-12-31/2020-01-01"), year(2019))


def test_shows_no_period_without_a_day():
    with pytest.raises(ValueError, match="not a period"):
        shown(Period(date(2019, 1, 2), date(2019, 1, 1)))

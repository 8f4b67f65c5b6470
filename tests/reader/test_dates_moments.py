"""The grammar of moments: dates, times of day, ranges, durations, recurrences, feasts."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linli.reader.dates.moments import Moment, moments

# A Friday.
NOW = datetime.fromisoformat("2018-07-13T09:30")


def timexes(text, now=NOW):
    return [(text[found.start : found.end], found.timex) for found in moments(text, now)]


@pytest.mark.parametrize(
    ("text", "surface", "timex"),
    [
        ("活动室2018年9月3日开放", "2018年9月3日", "2018-09-03"),
        ("9月3日开放", "9月3日", "XXXX-09-03"),
        ("二〇一八年九月", "二〇一八年九月", "2018-09"),
        ("光绪三年", "光绪三年", "1877"),
        ("农历八月十五团圆", "农历八月十五", "XXXX-08-15"),
        ("前天报名", "前天", "2018-07-11"),
        ("本月十日截止", "本月十日", "2018-07-10"),
        ("上个月", "上个月", "2018-06"),
        ("周三义诊", "周三", "XXXX-WXX-3"),
        ("下周三义诊", "下周三", "2018-07-18"),
        ("上周", "上周", "2018-W27"),
        ("这个周末", "这个周末", "2018-W28-WE"),
        ("今年第三季度", "今年第三季度", "(2018-07-01,2018-10-01,P3M)"),
        ("明年上半年", "明年上半年", "(2019-01-01,2019-07-01,P6M)"),
        ("2019年的前10天", "2019年的前10天", "(2019-01-01,2019-01-11,P10D)"),
        ("去年冬天", "去年冬天", "2017-WI"),
        ("十月的第一周", "十月的第一周", "XXXX-10-W01"),
        ("二十世纪八十年代", "二十世纪八十年代", "(1980-01-01,1990-01-01,P10Y)"),
        ("下午三点半开门", "下午三点半", "T15:30"),
        ("凌晨零点", "凌晨零点", "T00"),
        ("8:30 p.m.", "8:30 p.m.", "T20:30"),
        ("17:55:23", "17:55:23", "T17:55:23"),
        ("今晚7点", "今晚7点", "2018-07-13T19"),
        ("明天上午", "明天上午", "2018-07-14TMO"),
        ("周六上午10点到12点", "周六上午10点到12点", "(XXXX-WXX-6T10,XXXX-WXX-6T12,PT2H)"),
        ("早上五到六点", "早上五到六点", "(T05,T06,PT1H)"),
        ("从7月13日到15日", "从7月13日到15日", "(XXXX-07-13,XXXX-07-15,P2D)"),
        ("10月至3月", "10月至3月", "(XXXX-10-01,XXXX-03-01,P5M)"),
        ("2016年和2018年之间", "2016年和2018年之间", "(2016-01-01,2018-01-01,P2Y)"),
        ("2019年2月29日-3月1日", "2019年2月29日-3月1日", "(2019-02-29,2019-03-01,PXD)"),
        ("三年半", "三年半", "P3.5Y"),
        ("8天又20小时", "8天又20小时", "P8DT20H"),
        ("半个月", "半个月", "P0.5M"),
        ("5天前", "5天前", "2018-07-08"),
        ("过去十年", "过去十年", "(2008-07-13,2018-07-13,P10Y)"),
        ("之后5分钟", "之后5分钟", "(2018-07-13T09:30:00,2018-07-13T09:35:00,PT5M)"),
        ("每天开放", "每天", "P1D"),
        ("每周二下午两点义诊", "每周二下午两点", "XXXX-WXX-2T14"),
        ("国庆节放假", "国庆节", "XXXX-10-01"),
        ("2019年元旦", "2019年元旦", "2019-01-01"),
        ("除夕", "除夕", "XXXX-01-30"),
    ],
)
def test_names_the_moment(text, surface, timex):
    assert timexes(text) == [(surface, timex)]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("2018年以前", "before"),
        ("2018年7月9日或之前", "until"),
        ("2018年之后", "after"),
        ("2018年7月9日及以后", "since"),
        ("自2018年", "since"),
        ("2018年起", "since"),
        ("截止到2018年", "before"),
    ],
)
def test_reads_the_limit(text, mod):
    (found,) = moments(text, NOW)
    assert (found.start, found.end, found.mod) == (0, len(text), mod)


def test_offers_both_sides_of_noon_when_none_is_said():
    assert moments("9点", NOW) == (Moment(0, 2, "T09", "", "T21"),)
    assert moments("上午9点", NOW) == (Moment(0, 4, "T09"),)
    assert moments("13点", NOW) == (Moment(0, 3, "T13"),)


@pytest.mark.parametrize(
    "text",
    [
        "今日头条",
        "《明日之后》",
        "电话888-000-9999",
        "192.168.255.255",
        "12号楼",
        "邻里之间",
        "早，晚",
        "999世纪",
    ],
)
def test_finds_no_moment_in(text):
    assert moments(text, NOW) == ()


PIECES = st.sampled_from(
    [*"2三十半〇年月日号周点:分上下前后个天到-每元今晚的第《》/.", "2019", "29", "康熙", "小时"]
)


@example("前天前天", NOW)
@given(
    st.lists(PIECES, max_size=24).map("".join),
    st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")),
)
def test_slices_in_order_and_never_fails(text, now):
    at = 0
    for found in moments(text, now):
        assert at <= found.start < found.end <= len(text)
        assert found.timex
        at = found.end


@pytest.mark.parametrize(
    "piece", ["1", "一", "1年", "年", "1-1-", "《", "每", "上", "10:", "一天又"]
)
def test_never_hangs_on_hostile_text(piece, never_hangs):
    moments(piece * (100_000 // len(piece)), NOW)


@pytest.mark.parametrize(
    "text", ["9999年下半年", "9999年最后3周", "999世纪80年代", "9999年第999周"]
)
def test_survives_years_beyond_the_calendar(text):
    assert all(found.end <= len(text) for found in moments(text, NOW))

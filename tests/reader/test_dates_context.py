"""Dates that leave something out: the year, the month, or all but a word like 昨日."""

import pytest

from tests.reader.test_dates import told

JULY = "2018-07-13"


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (JULY, "今年5月", [("今年5月", "2018-05")]),
        (JULY, "今年以来", [("今年", "2018")]),
        (JULY, "二、2017年工作情况", [("2017年", "2017")]),
        (JULY, "1、2017年工作情况", [("2017年", "2017")]),
        (
            JULY,
            "2016、2017年和3、4月",
            [("2016、2017年", "2016/2017"), ("3、4月", "2018-03/2018-04")],
        ),
        (JULY, "去年上半年", [("去年上半年", "2017-01/2017-06")]),
        (JULY, "前年8月，明年6月底前", [("前年8月", "2016-08"), ("明年6月底", "2019-06")]),
        (JULY, "昨日，记者获悉", [("昨日", "2018-07-12")]),
        ("2018-01-01", "昨天上午", [("昨天", "2017-12-31")]),
        ("2018-01-05", "上月，上个月15日", [("上月", "2017-12"), ("上个月15日", "2017-12-15")]),
        (JULY, "今日头条发布，今天的幸福生活，走到今天", []),
        (JULY, "7月12日上午9时", [("7月12日", "2018-07-12")]),
        ("2018-01-05", "12月28日，", [("12月28日", "2017-12-28")]),
        (JULY, "9月，", [("9月", "2018-09")]),
        (JULY, "11月，入户调查", [("11月", "2017-11")]),
        (JULY, "将于11月开放", [("11月", "2018-11")]),
        (JULY, "11月，邻里节将举办", [("11月", "2018-11")]),
        (JULY, "11月底前完成", [("11月底", "2018-11")]),
        ("2018-12-20", "计划1月开放", [("1月", "2019-01")]),
        (
            "2019-01-15",
            "前三季度，1-12月",
            [("前三季度", "2018-01/2018-09"), ("1-12月", "2018-01/2018-12")],
        ),
        (JULY, "一季度", [("一季度", "2018-01/2018-03")]),
        (JULY, "下半年将启动", [("下半年", "2018-07/2018-12")]),
        (JULY, "街道12日举行活动", [("12日", "2018-07-12")]),
        ("2018-07-02", "记者30日从市民政局获悉", [("30日", "2018-06-30")]),
        (JULY, "7月3日、5日，", [("7月3日", "2018-07-03"), ("5日", "2018-07-05")]),
        (JULY, "10月28日至11月2日", [("10月28日至11月2日", "2017-10-28/2017-11-02")]),
        (
            "2021-04-02",
            "去年12月25日启动。截止2月底，",
            [("去年12月25日", "2020-12-25"), ("2月底", "2021-02")],
        ),
        (
            None,
            "7月13日，每年3月、9月",
            [("7月13日", "--07-13"), ("每年3月", "--03"), ("9月", "--09")],
        ),
        (None, "昨日，本月，去年，当日，同年", []),
        (
            None,
            "2019年，办实事。今年以来，去年",
            [("2019年", "2019"), ("今年", "2019"), ("去年", "2018")],
        ),
        (None, "到2025年建成。今年", [("2025年", "2025")]),
    ],
)
def test_completes_a_date_from_the_day_of_publication(published, text, expected):
    assert told(text, published) == expected


def test_prefers_the_year_of_the_sentence():
    text = "2016年启动，5月建站，同年10月挂牌，次年投用。"
    assert [iso for _, iso in told(text, JULY)] == ["2016", "2016-05", "2016-10", "2017"]


def test_prefers_the_year_of_the_paragraph_to_publication():
    assert told("2016年启动。5月建站。", JULY)[1] == ("5月", "2016-05")


def test_comes_back_to_its_own_year_with_a_word():
    text = "2016年成立。今年扩建到3层。6月，开放。"
    assert [iso for _, iso in told(text, JULY)] == ["2016", "2018", "2018-06"]


def test_leaves_news_of_the_week_in_its_own_year():
    assert told("2016年启动。7月12日，记者走访。", JULY)[1] == ("7月12日", "2018-07-12")


def test_does_not_carry_a_year_that_is_only_compared_with():
    assert told("2018年新增9家，比2017年多2家。5月，", JULY)[2] == ("5月", "2018-05")


def test_does_not_carry_a_target_year():
    assert told("到2020年全覆盖。6月，入户。", JULY)[1] == ("6月", "2018-06")


def test_takes_the_year_of_an_undated_paragraph():
    text = "2017年9月成立。10月10日开展。\n11月再次开展。"
    assert [iso for _, iso in told(text)] == ["2017-09", "2017-10-10", "2017-11"]


def test_places_months_of_a_summary_in_the_year_of_its_title():
    text = "社区2017年工作总结\n今年以来，1月入户，9月普查，1月5日上报。"
    expected = ["2017", "2017", "2017-01", "2017-09", "2017-01-05"]
    assert [iso for _, iso in told(text, "2018-01-08", titled=True)] == expected


def test_takes_the_first_year_of_a_title_with_two():
    text = "街道2015年工作总结和2016年工作安排\n1月至10月，救助9307人次。"
    assert told(text, "2016-03-07", titled=True)[2] == ("1月至10月", "2015-01/2015-10")


def test_counts_the_day_from_the_last_full_date():
    assert told("2018年3月5日启动。当天，居民报名。", JULY)[1] == ("当天", "2018-03-05")


@pytest.mark.parametrize("published", ["", "昨天", "2018", "0001-01-01", "2018-02-30"])
def test_ignores_a_publication_that_is_no_day(published):
    assert told("昨日，今年5月，6月", published) == [("6月", "--06")]


def test_takes_a_publication_with_a_time():
    assert told("昨日，", "2018-07-13T09:27") == [("昨日", "2018-07-12")]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("三、2019年工作打算", "2019-09"),
        ("2019年重点任务", "2019-09"),
        ("三、下一步工作打算", "2018-09"),
        ("三、2017年和2019年工作打算", "2018-09"),
    ],
)
def test_months_take_the_year_that_their_heading_names(heading, expected):
    found = told(f"{heading}\n（一）新建12个站点，9月底前完成。", JULY)
    assert found[-1] == ("9月底", expected)


def test_a_heading_without_a_year_ends_what_the_one_before_it_named():
    found = told("一、2016年工作总结\n3月举办。\n二、下一步工作\n4月底前完成。", JULY)
    assert found[1:] == [("3月", "2016-03"), ("4月底", "2018-04")]

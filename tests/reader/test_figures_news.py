"""Figures as news prints them: rules that work reports seldom need."""

from decimal import Decimal

import pytest

from linli.reader import dates
from tests.reader.report_lines import article_of, figures_of

NEWS = [
    ("抢修用了3个多小时。", "3个多小时", "3", "hour", "more_than"),
    ("停水持续2个多月。", "2个多月", "2", "month", "more_than"),
    ("演出近2个小时。", "近2个小时", "2", "hour", "approx_below"),
    ("古桥距今约1000年。", "约1000年", "1000", "year", "approx"),
    ("小城已有1300多年历史。", "1300多年", "1300", "year", "more_than"),
    ("新车售价15.98万起。", "15.98万起", "159800", "CNY", "exact"),
    ("去年投35亿修路。", "35亿", "3500000000", "CNY", "exact"),
    ("全市人口近百万，", "近百万", "1000000", "person", "approx_below"),
    ("网民规模2.5亿。", "2.5亿", "250000000", "person", "exact"),
    ("性别比为104.6。", "104.6", "104.6", "item", "exact"),
    ("共有6支队伍参赛。", "6支队伍", "6", "team", "exact"),
    ("全季打进21球。", "21球", "21", "goal", "exact"),
    ("走访十余区县。", "十余区县", "10", "county", "more_than"),
    # sounds printed inside words
    ("歷時(shí)3個(gè)月，", "3個(gè)月", "3", "month", "exact"),
    ("接待2.5萬(wàn)人次。", "2.5萬(wàn)人次", "25000", "person_time", "exact"),
    ("來了3萬(wàn)余人。", "3萬(wàn)余人", "30000", "person", "more_than"),
]

NONE = [
    "震中位于北纬29.6度，东经102.1度。", "东经103度26分。", "限值单位为mg/100ml。", "住在3号楼18层。",
    "拨打110报警，119消防车、120救护车、122事故处理。", "211高校和985大学。", "购买五险一金。", "采用7nm工艺。", "投进3分球。",
    "饰品为925银。", "阅读量:2300次", "第1页 共3页", "三三两两的行人。", "\x1b[31m红色\x1b[1;32m绿色\x1b[0m", "铃\x075米",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "bound"), NEWS, ids=[row[0] for row in NEWS]
)
def test_find_reads_figures_of_news(text, surface, value, unit, bound):
    assert [
        (figure.surface, figure.value, figure.unit, figure.bound) for figure in figures_of(text)
    ] == [(surface, Decimal(value), unit, bound)]


@pytest.mark.parametrize("text", NONE)
def test_find_leaves_out_names_places_and_signals_of_news(text):
    assert [figure.surface for figure in figures_of(text)] == []


@pytest.mark.parametrize("piece", ["3个", "5月", "其中3人占5%", "近"])
def test_a_line_of_nothing_but_numbers_is_no_text(piece, never_hangs):
    article = article_of(piece * (2_000_000 // len(piece)))
    assert dates.find(article, published=None) == ()
    assert figures_of(article.text) == ()


def test_a_long_line_of_prose_is_read():
    words = "".join(map(chr, range(0x4E10, 0x4F00)))
    assert len(figures_of(f"{words}投入5万元。" * 200)) == 200

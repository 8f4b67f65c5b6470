"""Headings: what names a topic, on its own line or run into the body, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader import headings
from linli.reader.article import Article, fold
from linli.reader.reading import Line

BODY = "各单位按照分工组织力量逐项推进,定期会商研究解决具体问题,年底统一检查验收并公布结果,群众反映良好。"


def article(text, role="body"):
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start, start + len(line), "main", role))
        start += len(line) + 1
    return Article(text, fold(text), tuple(lines))


def found(text):
    return [
        (heading.surface, heading.level, heading.run_in) for heading in headings.find(article(text))
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、加强组织领导", 1),
        ("二、突出重点,夯实基层基础", 1),
        ("第一章 总则", 1),
        ("(一)完善工作机制", 2),
        ("(三)丰富活动载体", 2),
        ("1.成立工作专班", 3),
        ("3、开展走访慰问", 3),
        ("(2)培训安排", 4),
        ("坚持系统谋划?压实各方责任", 1),
        ("聚焦民生实事?提升服务能力", 1),
        ("推进“十进”活动 夯实创建根基", 1),
        ("二、主要做法", 1),
    ],
)
def test_own_line_before_body_is_a_heading(line, level):
    assert found(f"{line}\n{BODY}") == [(line, level, False)]


@pytest.mark.parametrize(
    ("line", "heading", "level"),
    [
        ("完善制度,推动各项工作规范运行。" + BODY, "完善制度,推动各项工作规范运行", 1),
        ("典型引领,大力推进示范社区建设。" + BODY, "典型引领,大力推进示范社区建设", 1),
        ("强化场所管理,守牢安全底线。" + BODY, "强化场所管理,守牢安全底线", 1),
        ("一、提高认识,凝聚共识。" + BODY, "一、提高认识,凝聚共识", 1),
        ("三、搭建平台,优化服务一是要" + BODY, "三、搭建平台,优化服务", 1),
        ("(二)大力开展技能培训。" + BODY, "(二)大力开展技能培训", 2),
        ("2.加强阵地建设。" + BODY, "2.加强阵地建设", 3),
        ("一是健全网络抓落实。" + BODY, "一是健全网络抓落实", 3),
    ],
)
def test_short_first_sentence_is_a_run_in_heading(line, heading, level):
    assert found(line) == [(heading, level, True)]


def test_traditional_script_keeps_its_surface():
    assert found("深化宣傳教育?培育特色亮點\n" + BODY) == [("深化宣傳教育?培育特色亮點", 1, False)]


def test_short_sentences_inside_a_paragraph_are_level_two():
    text = f"广泛宣传,营造良好氛围。宣传惠民政策。{BODY}丰富活动形式。{BODY}"
    assert found(text) == [
        ("广泛宣传,营造良好氛围", 1, True),
        ("宣传惠民政策", 2, True),
        ("丰富活动形式", 2, True),
    ]


def test_run_in_headings_fall_below_headings_on_their_own_line():
    text = f"一、主要做法\n健全机制,形成合力。{BODY}"
    assert found(text) == [("一、主要做法", 1, False), ("健全机制,形成合力", 2, True)]


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "近年来,全区各项工作稳步推进。" + BODY,
        "我市高度重视社区服务工作。" + BODY,
        "2021年,建成服务站12个。" + BODY,
        "市委、市政府印发了实施方案。" + BODY,
        "一是加强学习。二是强化督查。三是严格考核。",
        "本报记者李明报道",
        "街道举办文艺汇演的现场",
        "上一篇:某某动态",
    ],
)
def test_ordinary_sentences_are_no_headings(line):
    assert found(line) == []


def test_sentence_at_the_end_of_a_paragraph_is_no_heading():
    assert found(BODY + "提升服务水平。") == []


@pytest.mark.parametrize("role", ["title", "subtitle", "byline", "caption", "signoff"])
def test_lines_of_the_head_and_foot_are_no_headings(role):
    assert headings.find(article("一、加强组织领导", role)) == ()


def test_line_that_the_classifier_calls_a_heading_is_one():
    heading = headings.find(article("情系邻里,温暖你我", "heading"))
    assert [(each.surface, each.level) for each in heading] == [("情系邻里,温暖你我", 1)]


@given(st.text(alphabet="一二三四、。,:;?是(1)加强完善组织领导 \n“”3了年", max_size=200))
def test_headings_slice_back_in_order(text):
    given_article = article(text)
    ends = [0]
    for heading in headings.find(given_article):
        assert text[heading.start : heading.end] == heading.surface
        assert heading.start >= ends[-1]
        assert heading.level in (1, 2, 3, 4)
        ends.append(heading.end)


@pytest.mark.parametrize("unit", ["加强。", "一、", "一是", "(", "。", "  ", "加强管理。一是"])
def test_never_hangs_on_hostile_lines(unit, never_hangs):
    text = unit * (600_000 // len(unit))
    headings.find(article(text))

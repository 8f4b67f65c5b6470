"""Deadlines and plans: what is still to come, what was done in time, where a number ends."""

import time

import pytest

from linli.reader import headings, measures
from linli.reader import read as read_document
from linli.reader.article import Article, fold
from linli.reader.reading import Line
from tests.reader.measure_texts import NOWHERE, read

PLAN = "柳溪县2027年便民服务工作要点"
SUMMARY = "柳溪县2026年便民服务工作总结"


def told(title, text, published=None):
    whole = f"{title}\n{text}"
    first = len(title)
    lines = (
        Line(0, first, "main", "title"),
        Line(first + 1, len(whole), "main", "body"),
    )
    page = Article(whole, fold(whole), lines)
    found = measures.find(
        page,
        headings=headings.find(page),
        figures=(),
        places=(),
        home=NOWHERE,
        published=published,
    )
    return [(each.surface, each.status) for each in found]


@pytest.mark.parametrize(
    "number", ["1.", "2、", "12．", "3. ", "(三)", "（四）", "（十三）", "5）", "（12）"]
)
def test_list_number_ends_before_the_year(number):
    deed = "2027年6月底前举办邻里讲堂6场"
    assert told("便民服务", f"{number}{deed}。") == [(deed, "planned")]


@pytest.mark.parametrize("text", ["1.5公里步道完成改造。", "1.2万人参加讲堂。"])
def test_decimal_is_no_list_number(text):
    assert read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2027年底前受理调解申请不少于80件。",
        "在2027年6月底前开设夜校4所。",
        "于2027年3月31日之前印发实施方案。",
        "2027年12月以前建成助餐点6处。",
        "9月底前新建服务站2个。",
        "年底前新建服务站2个。",
        "确保2027年9月底前新建服务站2个。",
        "力争在2027年建成助餐点6处。",
        "到2027年底建成助餐点6处。",
    ],
)
@pytest.mark.parametrize("title", [PLAN, SUMMARY, "柳溪县便民服务纪实"])
def test_deadline_ahead_makes_a_bare_deed_planned(title, text):
    assert [status for _, status in told(title, text)] == ["planned"]


@pytest.mark.parametrize(
    "text",
    [
        "2019年底前已全部建成助餐点6处。",
        "2026年6月底前完成了助餐点选址。",
        "到2026年底,全县已建成助餐点6处。",
        "截止到2026年底,全县建成助餐点6处。",
        "改造2000年底前建成的老旧小区12个。",
        "对2000年底前建成的老旧小区实施改造。",
        "5年前成立志愿服务队3支。",
    ],
)
@pytest.mark.parametrize("title", [SUMMARY, "柳溪县便民服务纪实"])
def test_deed_told_as_done_stays_done(title, text):
    assert [status for _, status in told(title, text)] == ["done"]


def test_deadline_holds_for_the_clauses_after_it():
    text = "2027年6月底前完成选址,新建服务站3个。开设夜校2所。"
    assert told(SUMMARY, text) == [
        ("2027年6月底前完成选址", "planned"),
        ("新建服务站3个", "planned"),
        ("开设夜校2所", "done"),
    ]


def test_clause_told_as_done_ends_the_deadline():
    text = "2026年6月底前,完成了服务站选址,新建服务站3个。"
    assert [status for _, status in told("便民服务", text)] == ["done", "done"]


@pytest.mark.parametrize(
    ("published", "status"), [("2026-12-20", "done"), ("2026-03-01", "planned")]
)
def test_printed_date_tells_whether_a_deadline_was_past(published, status):
    text = "2026年9月底前建成助餐点6处。"
    assert [each for _, each in told("便民服务", text, published)] == [status]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        (PLAN, "planned"),
        ("柳溪县2027年民生实事任务分解表", "planned"),
        ("关于印发2027年助餐工作方案的通知", "planned"),
        ("柳溪县出台2027年助餐工作方案", "done"),
        ("2027年民生实事任务清单完成情况", "done"),
    ],
)
def test_title_of_a_plan_makes_a_bare_deed_planned(title, status):
    assert [each for _, each in told(title, "新建服务站3个。")] == [status]


@pytest.mark.parametrize(
    "text", ["2026年新建服务站3个。", "去年新建服务站3个。", "已新建服务站3个。"]
)
def test_plan_that_looks_back_tells_deeds_as_done(text):
    assert [each for _, each in told(PLAN, text)] == ["done"]


def test_whole_plan_is_read_with_every_numbered_sentence():
    page = f"{PLAN}\n1.2027年6月底前举办邻里讲堂6场。\n2、2027年6月底前完成选址。\n"
    reading = read_document(page.encode(), name="plan.txt")
    assert [(each.surface, each.status) for each in reading.measures] == [
        ("2027年6月底前举办邻里讲堂6场", "planned"),
        ("2027年6月底前完成选址", "planned"),
    ]


@pytest.mark.parametrize("piece", ["2027年6月底前", "前", "1.2027年底前,", "年底前已建成食堂,"])
def test_many_deadlines_are_read_in_linear_time(piece):
    begun = time.process_time()
    read(piece * (200_000 // len(piece)))
    assert time.process_time() - begun < 4

"""Which lines are the article: what holds for every text, and the traps one by one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader.article import fold
from linli.reader.lines import label
from linli.reader.sources import LineHint, Source

BODY = (
    "5月18日下午,我区召开民族团结进步创建工作推进会,区委常委、统战部部长出席会议并讲话。",
    "会议通报了前一阶段创建工作进展情况,对下一步工作作出安排。",
)
TITLE = "我区召开民族团结进步创建工作推进会"


def labelled(*rows, hints=(), meta=None):
    text = "\n".join(rows)
    return label(Source(text, "text/plain", None, (), hints, meta or {}), fold(text))


def kept(*rows, **page):
    return [
        row for row, line in zip(rows, labelled(*rows, **page), strict=True) if line.label == "main"
    ]


@given(st.text(alphabet="一二会议，。：、（）>|12-0来源上篇版权所有\n \t", max_size=400))
def test_label_gives_every_line_its_place(text):
    lines = label(Source(text, "text/plain", None, ()), fold(text))
    assert [text[line.start : line.end] for line in lines] == text.split("\n")
    assert {line.label for line in lines} <= {"main", "meta", "boilerplate"}


@given(
    st.lists(
        st.text(alphabet="社区民族团结工作。,", min_size=1, max_size=30), min_size=1, max_size=8
    )
)
def test_label_takes_a_text_without_furniture_whole(rows):
    filled = [row for row in rows if re.search(r"\w", row)]
    assert [row for row in kept(*rows) if re.search(r"\w", row)] == filled


@pytest.mark.parametrize(
    "text", ["版权所有", "首页", "2020-05-20", "来源:新华社", "大 中 小", "!!!", "English only"]
)
def test_label_keeps_something_of_any_text_that_is_not_blank(text):
    assert kept(text) == [text]


def test_label_takes_a_numbered_list_without_furniture_whole():
    rows = [
        "一、责任单位:区民政局",
        "1.新建日间照料中心4个",
        "完成时限:10月底",
        "2.改造老旧小区12个",
    ]
    assert kept(*rows) == rows


@pytest.mark.parametrize(
    "below",
    [
        ["上一篇:全区召开经济工作会议", "下一篇:区领导走访慰问"],
        ["相关阅读", "区领导调研社区工作", "社区举办百家宴"],
        ["分享到:", "微信", "微博"],
        ["【打印本页】 【关闭窗口】"],
        ["扫一扫在手机打开当前页"],
        ["附件下载", "重点工作责任分解表.docx"],
        ["责任编辑:王某"],
        ["凡本网注明来源的作品,版权均属本网,未经授权不得转载。"],
        ["网友评论", "说得真好,为社区点赞,希望越来越好。"],
        ["主办:某区人民政府 承办:区政府办公室", "地址:某路1号", "甘ICP备05000001号"],
        ["热门排行", "1 今年最低工资标准上调", "2 三条道路封闭施工", "3 公园免费开放了?"],
        ["信息来源网址:", "标签:"],
    ],
)
def test_label_ends_above_what_follows_an_article(below):
    assert kept(TITLE, "2021-05-19 09:32 来源:区融媒体中心", *BODY, *below) == [TITLE, *BODY]


@pytest.mark.parametrize(
    "above",
    [
        ["某区人民政府门户网站", "今天是2022年9月29日 星期四", "设为首页 | 加入收藏"],
        ["首页", "走进某区", "政务公开", "互动交流", "当前位置:首页 > 政务动态"],
        ["人民网", "人民网>>四川频道>>综合"],
        ["首页 要闻 金融 物流 汽车 国企 财经", "您的位置:首页 > 区域经济 >"],
        [
            "通知公告",
            "关于道路施工的通告",
            "05-18",
            "某路封闭公示",
            "05-11",
            "您的位置:首页 > 要闻",
        ],
        ["索引号:", "013000/2020-00123", "主题分类:", "综合政务"],
    ],
)
def test_label_begins_below_what_precedes_a_title(above):
    head = [TITLE, "发布时间:2021-05-19 来源:区融媒体中心 浏览次数:12", "字体:大 中 小"]
    assert kept(*above, *head, *BODY) == [TITLE, *BODY]


def test_label_finds_one_sentence_among_a_hundred_lines():
    menu = [
        f"{word}{part}"
        for word in ("政府", "乡镇", "部门", "民生")
        for part in ("动态", "服务", "公开")
    ]
    links = [f"全县完成第{number}批公租房分配" for number in range(60)]
    page = [
        *menu, "您现在的位置是: 首页 > 图片新闻", "各部门积极参加清雪活动", "信息来源:某县电视台 发布日期:2019-01-17",
        "13日,一场瑞雪为县城披上银装,各部门干部上街清扫积雪。", "【关闭窗口】", "相关链接", *links, "陇ICP备05001234号",
    ]  # fmt: skip
    assert kept(*page) == [
        "各部门积极参加清雪活动",
        "13日,一场瑞雪为县城披上银装,各部门干部上街清扫积雪。",
    ]


def test_label_keeps_an_article_of_one_clause_a_line():
    clauses = [
        "春风拂面",
        "又到了宣传月",
        "在我们身边有这样一群人",
        "像石榴籽一样紧紧抱在一起",
        "邻里一家亲",
    ]
    page = [
        "首页 > 要闻",
        "走进祁连社区听故事",
        "2021-05-19 来源:某某发布",
        *clauses,
        "编辑:张某",
        "上一篇:无",
    ]
    assert kept(*page) == ["走进祁连社区听故事", *clauses]


def test_label_keeps_headings_captions_and_sign_off():
    article = [
        "同心共筑石榴情", "——某市创建示范市纪实", "本报记者 李红", "走进街道,各族群众唱歌跳舞、读书下棋,其乐融融。", "党建引领聚合力",
        "市委把创建工作摆在重要位置,制定三年行动方案。", "图为社区活动现场。王强 摄", "图为社区活动现场。王强 摄", "(市民宗局)",
    ]  # fmt: skip
    assert kept("首页 > 正文", *article, "(责编:王某)", "返回顶部") == article


def test_label_keeps_an_official_document_from_number_to_date():
    document = [
        "某市人民政府办公厅关于印发重点工作责任分解的通知", "某政办发〔2020〕11号", "各区、县人民政府,市政府各部门:",
        "《重点工作责任分解》已经市政府同意,现印发给你们,请认真贯彻执行。", "附件:重点工作责任分解表", "某市人民政府办公厅",
        "2020年5月20日", "(此件公开发布)",
    ]  # fmt: skip
    assert kept("当前位置:首页 > 文件", *document, "附件1.责任分解表.docx", "打印 关闭") == document


def test_label_keeps_the_rows_of_a_task_list_below_one_sentence():
    rows = [
        row
        for number in range(1, 40)
        for row in (
            str(number),
            f"新建社区日间照料中心{number}个",
            "责任单位:区民政局",
            "区财政局",
            "10月底前",
        )
    ]
    page = [
        "首页 > 文件",
        "2019年民生实事任务分解表",
        "2019-04-02 来源:区政府办",
        "现将民生实事任务分解如下,请抓好落实。",
    ]
    assert kept(*page, *rows, "上一篇:无", "版权所有") == [page[1], page[3], *rows]


def test_label_drops_what_stands_between_source_and_text():
    page = [
        TITLE,
        "2023-04-15 10:46 来源:某某新闻",
        "关注",
        "河南",
        "0",
        "字体显示:",
        "分享至",
        *BODY,
    ]
    assert kept(*page) == [TITLE, *BODY]


def test_label_calls_source_and_editor_lines_meta():
    lines = labelled("首页 > 正文", TITLE, "2021-05-19 来源:区融媒体中心", *BODY, "责任编辑:王某")
    assert [line.label for line in lines] == ["boilerplate", "main", "meta", "main", "main", "meta"]


def test_label_marks_the_title_that_is_printed_twice():
    lines = labelled(f"{TITLE}_某区政府网", "首页 > 要闻", TITLE, "2021-05-19 来源:本站", *BODY)
    assert [line.role for line in lines[:4]] == ["furniture", "furniture", "title", "meta"]


def test_label_joins_a_title_broken_in_two():
    lines = labelled(
        "市政府办公厅关于印发2020年市",
        "《工作报告》责任分解方案的通知",
        "各区政府:",
        BODY[0],
        "打印 关闭",
    )
    assert [line.role for line in lines[:3]] == ["title", "title", "body"]


def test_label_believes_links_and_containers_of_html():
    rows = [TITLE, *BODY, "活动现场", "全县召开经济工作会议", "社区举办百家宴", "某区人民政府"]
    hints = (
        LineHint("h1", 0, 1, "title"), LineHint("p", 0, 2, "content"), LineHint("p", 0, 2, "content"),
        LineHint("p", 0, 2, "content"), LineHint("li", 10, 3, "list"), LineHint("li", 7, 3, "list"),
        LineHint("div", 0, 4, "footer"),
    )  # fmt: skip
    assert kept(*rows, hints=hints, meta={"title": TITLE}) == [TITLE, *BODY, "活动现场"]


@pytest.mark.parametrize(
    "text",
    [
        "推进工作。" * 400_000,
        "一" * 2_000_000,
        "(" * 2_000_000,
        "1" * 2_000_000,
        "大中小" * 20 + "x",
        "\t " * 500_000,
    ],
)
def test_label_never_hangs_on_one_long_line(text, never_hangs):
    assert len(label(Source(text, "text/plain", None, ()), text)) == 1


@pytest.mark.parametrize(
    "row",
    ["短行", "大 中 小", "首页>要闻>正文", "来源:新华社 2020-01-01 10:00", "社区动态 2020-01-01"],
)
def test_label_never_hangs_on_a_hundred_thousand_lines(row, never_hangs):
    text = "\n".join([row] * 100_000)
    assert len(label(Source(text, "text/plain", None, ()), text)) == 100_000


def test_label_keeps_a_sentence_that_only_speaks_of_an_account():
    rows = [*BODY, "市民可通过微信公众号预约入场,每日接待上限为2000人次,老人免预约。", "打印本页"]
    assert kept(*rows) == rows[:-1]


def test_label_goes_on_below_a_link_set_into_the_text():
    rows = [*BODY, "相关阅读:老街改造完成 商户陆续回迁", *BODY[::-1], "责任编辑:王某"]
    assert kept(*rows) == [*BODY, *BODY[::-1]]


def test_label_takes_the_last_rows_of_the_container_that_holds_the_text():
    rows = [TITLE, *BODY, "名单", "张某", "李某", "某街道", "王某", "首页 > 正文"]
    inside = LineHint("p", 0, 2, "content")
    hints = (LineHint("h1", 0, 1, ""), *[inside] * 7, LineHint("div", 0, 1, "foot"))
    assert kept(*rows, hints=hints) == rows[:-1]


def test_label_takes_an_article_below_its_own_breadcrumb():
    teaser = "历时三年建设,大桥昨日实现主体合龙,预计明年6月建成通车,届时通行时间将缩短至10分钟。"
    rows = [teaser, "首页 > 要闻 > 正文", TITLE, "2020-05-18 来源:某某日报", *BODY, "打印本页"]
    assert kept(*rows) == [TITLE, *BODY]

"""Title, source, people, date and script: printed ones with their place, never a guess."""

import pytest

from linli.reader.article import fold
from linli.reader.head import find
from linli.reader.lines import label
from linli.reader.sources import Source

BODY = (
    "2019年以来,全区投入资金1200万元,建成示范社区24个,惠及群众3.2万人。",
    "下一步,我们将继续深化创建,推动各民族共同团结奋斗。",
)


def head(*rows, meta=None):
    text = "\n".join(rows)
    source = Source(text, "text/plain", None, (), (), meta or {})
    view = fold(text)
    found = find(source, view, label(source, view))
    for named in (
        found.title,
        found.source,
        found.site,
        found.date,
        *found.authors,
        *found.editors,
    ):
        if named and named.end and named not in {found.title, found.date}:
            assert text[named.start : named.end] == named.value
    return found, text


@pytest.mark.parametrize(
    ("row", "value", "printed"),
    [
        ("发布时间:2020-05-29 14:36:23 来源:本站", "2020-05-29", "2020-05-29 14:36:23"),
        ("作者:佚名 来源:本站原创 更新时间:18-07-13 09:27", "2018-07-13", "18-07-13 09:27"),
        ("2022年10月12日15:17 | 來源:人民網", "2022-10-12", "2022年10月12日15:17"),
        ("日期:2017/3/22 浏览次数:12", "2017-03-22", "2017/3/22"),
        ("发布日期:2017.03.22", "2017-03-22", "2017.03.22"),
        ("时间:2017 年 3 月 22 日 来源:区政府", "2017-03-22", "2017 年 3 月 22 日"),
        ("2024 09/21 20:49:32", "2024-09-21", "2024 09/21 20:49:32"),
        ("发文日期:2019-11-29 发布日期:2019-12-02", "2019-12-02", "2019-12-02"),
        ("发布日期:2019-12-02 施行日期:2020-01-01", "2019-12-02", "2019-12-02"),
    ],
)
def test_find_reads_the_printed_date(row, value, printed):
    found, text = head("首页 > 要闻", "全区创建工作取得明显成效", row, *BODY, "打印 关闭")
    assert found.date is not None
    assert (found.date.value, text[found.date.start : found.date.end]) == (value, printed)


@pytest.mark.parametrize(
    "rows",
    [
        ("今天是2022年9月29日 星期四", "首页 > 要闻", "全区创建工作取得成效", *BODY),
        ("全区创建工作取得成效", *BODY, "上一篇:某会议召开 2021-03-02", "2024龙年祝福语大全"),
        (
            "全区创建工作取得成效",
            *BODY,
            "相关阅读",
            "社区举办百家宴",
            "2021-05-06 10:11",
            "Copyright 1997-2024",
        ),
        ("全区创建工作取得成效", "08-21 20:45", *BODY, "打印 关闭"),
        ("全区创建工作取得成效", "发布时间:2019-13-45", *BODY, "打印 关闭"),
        ("全区创建工作取得成效", *BODY),
    ],
)
def test_find_gives_no_date_where_none_is_printed(rows):
    assert head(*rows)[0].date is None


def test_find_prefers_the_date_at_the_top_to_the_signed_one():
    document = (
        "关于印发工作要点的通知",
        "发布日期:2020-05-29",
        *BODY,
        "某区人民政府",
        "2020年5月20日",
    )
    assert head("首页 > 文件", *document)[0].date.value == "2020-05-29"


@pytest.mark.parametrize(
    ("signed", "value"),
    [("2020年5月20日", "2020-05-20"), ("二〇一九年十二月二十一日", "2019-12-21")],
)
def test_find_takes_the_signed_date_when_no_other_is_printed(signed, value):
    found, text = head("关于印发工作要点的通知", *BODY, "某区人民政府办公室", signed)
    assert (found.date.value, text[found.date.start : found.date.end]) == (value, signed)


def test_find_falls_back_to_the_declared_date_without_a_place():
    found, _ = head("全区创建工作取得成效", *BODY, meta={"pubdate": "2021-06-01 08:00"})
    assert found.date == ("2021-06-01", 0, 0)


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("2020-08-26 15:33 来源:《统一论坛》杂志 作者:潘某某", "《统一论坛》杂志"),
        ("新疆日报   2025-09-10 10:55", "新疆日报"),
        ("来源: 某市发布 | 发布日期:2022-03-08", "某市发布"),
        ("发布时间:2020-05-29 信息来源:区融媒体中心 阅读次数:12", "区融媒体中心"),
    ],
)
def test_find_reads_the_source_line(row, value):
    assert head("首页 > 要闻", "全区创建工作取得明显成效", row, *BODY)[0].source.value == value


def test_find_reads_a_source_on_the_line_below_its_label():
    rows = ("来源:", "区委统战部", "发布时间:", "2021-03-15 16:02")
    found, _ = head("首页 > 要闻", "全区创建工作取得明显成效", *rows, *BODY)
    assert (found.source.value, found.date.value) == ("区委统战部", "2021-03-15")


def test_find_leaves_an_empty_source_label_empty():
    assert (
        head("首页 > 要闻", "全区创建取得成效", "2010/1/6 16:43:13 分类:动态 来源:", *BODY)[
            0
        ].source
        is None
    )


def test_find_reads_source_and_author_from_a_byline():
    found, _ = head("谱写团结新篇章", "——我市工作纪实", "某市日报全媒体通讯员牛某平", *BODY)
    assert (found.source.value, [author.value for author in found.authors]) == (
        "某市日报",
        ["牛某平"],
    )


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("本报记者 李红 通讯员 王强", *BODY), ["李红", "王强"]),
        (("本报讯(记者 陈礼) 近日,全区召开会议。", *BODY), ["陈礼"]),
        ((*BODY, "全区上下团结一心,共创美好未来。(市民宗)"), ["市民宗"]),
        ((*BODY, "(此件公开发布)"), []),
        ((*BODY, "(区邻里服务办公室供稿)"), ["区邻里服务办公室"]),
    ],
)
def test_find_reads_authors_where_they_are_printed(rows, names):
    assert [author.value for author in head("全区创建工作取得成效", *rows)[0].authors] == names


def test_find_reads_editors_and_site():
    found, _ = head(
        "某某网",
        "某某网>>四川频道>>综合",
        "全区创建工作取得成效",
        *BODY,
        "(责编:彭某、薛某某)",
        "返回顶部",
    )
    assert [editor.value for editor in found.editors] == ["彭某", "薛某某"]
    assert found.site == ("某某网", 0, 3)


def test_find_joins_the_halves_of_a_title():
    halves = ("市政府办公厅关于印发2020年市", "《工作报告》责任分解方案的通知")
    found, text = head(*halves, "各区人民政府:", *BODY)
    assert found.title.value == "".join(halves)
    assert text[found.title.start : found.title.end] == "\n".join(halves)


def test_find_chooses_the_line_that_the_page_declares_as_title():
    meta = {"title": "社区举办百家宴 - 某区政府网"}
    found, text = head(
        "动态", "某区政府网", "社区举办百家宴", "2020-05-29 10:00", *BODY, "打印", meta=meta
    )
    assert found.title == ("社区举办百家宴", text.index("社区"), text.index("社区") + 7)


def test_find_declares_a_title_that_is_not_printed_without_a_place():
    assert head(*BODY, meta={"title": "社区举办百家宴_某区政府网"})[0].title == (
        "社区举办百家宴",
        0,
        0,
    )


def test_find_tells_the_script_by_the_article_not_by_its_spam():
    spam = "特价开户送彩金这个网站为您推荐的国产视频在线观看"
    assert (
        head(
            spam,
            "首頁 > 正文",
            "團結進步創建工作會議召開",
            "來源:某網 2020-01-02",
            "會議強調,要紮實開展創建工作,為各族群眾辦實事。",
        )[0].script
        == "Hant"
    )
    assert head(*BODY)[0].script == "Hans"


def test_find_reads_a_date_below_its_label():
    found, text = head(
        "索引号:", "013000/2020-1", "成文日期:", "2019-06-20", "发布日期:", "2019-06-28", *BODY
    )
    assert found.date.value == "2019-06-28"
    assert text[found.date.start : found.date.end] == "2019-06-28"


def test_find_reads_a_title_once_that_is_printed_twice():
    row = "社区百家宴开席了 社区百家宴开席了"
    found, text = head(row, "2019-06-28 来源:某某日报", *BODY, "打印本页")
    assert found.title.value == "社区百家宴开席了"
    assert text[found.title.start : found.title.end] == found.title.value

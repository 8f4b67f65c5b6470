import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resiliparse.extract.html2text import extract_plain_text

from linli.reader.sources import load
from tests.reader.hostile_pages import news_page

HAN = re.compile("[\u4e00-\u9fff]")


def page(inside, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>"


def loaded(inside, head="", encoding="utf-8"):
    return load(page(inside, head).encode(encoding), name="a.html", media_type=None)


def lines(inside):
    return loaded(inside).text.split("\n")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<p>一</p><p>二<br>三</p>", ["一", "二", "三"]),
        ("<p>邻<b>里</b><span>中</span>心</p>", ["邻里中心"]),
        ("<p>  a\r\n  b </p>", ["a b"]),
        ("<p>&nbsp;&nbsp;　　正文&nbsp;</p><p>&nbsp;</p>", ["正文"]),
        ("<p>&ldquo;邻里&rdquo;&#32;&#x5DE5;&amp;</p>", ["“邻里” 工&"]),
        ("<p>一<!-- <p>二</p> -->三</p><script>'<p>四</p>'</script>", ["一三"]),
        (
            "<p>社区工作</p><p style='DISPLAY : none'>二</p><div hidden>三<div>四</div></div>",
            ["社区工作"],
        ),
        ("<p>一</p><i aria-hidden='true'>二</i><p style='overflow:hidden'>三</p>", ["一", "三"]),
        (
            "<table><tr><td>甲<td>乙<tr><th>丙</th><th><p>丁</p></th></tr></table>",
            ["甲\t乙", "丙\t丁"],
        ),
        ("<table><tr><td>菜单</td><td><p>一</p><p>二</p></td></tr></table>", ["菜单", "一", "二"]),
        ("<ul><li>一<li>二</ul>三", ["一", "二", "三"]),
        ("<pre>一\n二  三</pre>", ["一", "二 三"]),
        ('<a title="a>b" href=x>一</a><a title="<p>">二</a>', ["一二"]),
        ("<P CLASS=X>一</P><DIV>二</DIV>1 < 2", ["一", "二", "1 < 2"]),
        ("<p>一</p><template>二</template><select><option>三</select>四", ["一", "四"]),
    ],
)
def test_load_page_shows_its_lines(inside, expected):
    assert lines(inside) == expected


def test_load_page_shown_by_script_is_read_whole():
    assert lines("<p>一</p><div style='display:none'><p>正文在此</p></div>") == ["一", "正文在此"]


def test_load_page_gives_one_hint_a_line():
    source = loaded(
        '<div id="Main" class="wrap"><h1>题</h1><p class="T">文 <a href="/">链接</a><a name=x>锚</a></p>'
        "</div><ul><li>末</li></ul>"
    )
    assert source.text.split("\n") == ["题", "文 链接锚", "末"]
    first, second, third = source.hints
    assert (first.tag, first.linked, first.names) == ("h1", 0, "main wrap")
    assert (second.tag, second.linked, second.names) == ("p", 2, "t main wrap")
    assert (third.tag, third.names) == ("li", "")
    assert first.block == second.block != third.block


def test_load_page_link_items_are_lines_like_any_other():
    """Items that hold one link are read in one step; nothing of them may differ from the rest."""
    items = [
        "<li class=i><a href='1'>甲 乙</a></li>",
        "<li class=i ><a\nhref=2 > 丙</a>\n</li>",
        "<LI class=i><a href=3>丁</a></LI>",
        "<li class=j><a name=4>戊</a></li>",
        "<li class=i><a href=5>　《己》</a></li>",
        "<li class=i style='display:none'><a href=6>庚</a></li>",
        "<li class=i><a hidden href=7>辛</a></li>",
        "<li class=i><a href=8>a&amp;b</a></li>",
        "<li class=i><a href=9 title='<壬>'>壬</a></li>",
    ]
    source = loaded(f"<p>首<ul id=u>{'<!-- -->'.join(items)}</ul>末<a href=x>癸</a>")
    expected = ["首", "甲 乙", "丙", "丁", "戊", "《己》", "a&b", "壬", "末癸"]
    assert source.text.split("\n") == expected
    assert [hint.linked for hint in source.hints] == [0, 3, 1, 1, 0, 3, 3, 1, 1]
    assert [hint.tag for hint in source.hints] == ["p", *["li"] * 7, "body"]
    assert [hint.names for hint in source.hints[1:6]] == ["i u", "i u", "i u", "j u", "i u"]
    assert len({hint.block for hint in source.hints[1:8]}) == 1


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<p>一&#x3000; </p><p>二 &#12288;</p>", ["一", "二"]),
        ("<table><td>一<li><a href=x>二</a></li></table>", ["一", "二"]),
        ("<p>1 <b", ["1 <b"]),
        ("<p>一 <a <i>二</i>", ["一 <a 二"]),
        ("<p title='<script>'>一</p>", ["一"]),
        ("<textarea><li><a href=x>一</a></li></textarea>二", ["二"]),
    ],
)
def test_load_page_in_disorder_shows_its_lines(inside, expected):
    assert lines(inside) == expected


def test_load_page_with_a_stray_end_tag_keeps_its_containers():
    source = loaded("<div class=a><p>一<div>二</p>三</div>四</div><p>五")
    assert source.text.split("\n") == ["一", "二", "三", "四", "五"]
    assert [hint.names for hint in source.hints] == ["a", "a", "a", "a", ""]


def test_load_page_collects_what_its_head_declares():
    meta = loaded(
        "<p>文",
        "<title> 题\n目 &amp; 站</title><META NAME='PubDate' CONTENT=\"2021-03-05 09:12\">"
        '<meta property="og:title" content="题目"><meta name=pubdate content=later>'
        "<!-- <meta name=author content=无><title>无</title> --><title>又</title>",
    ).meta
    assert meta == {"title": "题 目 & 站", "pubdate": "2021-03-05 09:12", "og:title": "题目"}


@pytest.mark.parametrize("seed", range(6))
def test_load_page_shows_the_characters_that_a_browser_library_shows(seed):
    text = news_page(size=30_000, seed=seed)
    source = load(text.encode(), name="a.html", media_type=None)
    assert HAN.findall(source.text) == HAN.findall(extract_plain_text(text))
    assert len(source.hints) == source.text.count("\n") + 1


def assert_origins_hold(data, source):
    """Each stretch is verbatim, a run of entities, or a run of white space shown as one space."""
    before = 0
    for origin in source.origins:
        raw = data[origin.from_ : origin.to].decode(source.encoding, "replace")
        shown = source.text[origin.start : origin.end]
        assert source.text[before : origin.start] in {"", " ", "\t", "\n"}
        assert (
            raw == shown
            or (shown == " " and raw.isspace())
            or html.unescape(raw).translate(str.maketrans("\n\r\t\0", "    ")).startswith(shown)
        )
        before = origin.end
    assert before == len(source.text)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le"])
def test_load_page_origins_are_bytes_of_the_file(encoding):
    data = "\ufeff".encode("utf-16-le") if encoding.startswith("utf-16") else b""
    data += page("<p>全市社區工作&mdash;服務 中心 <b>第一</b>\n  項</p>" * 20).encode(encoding)
    source = load(data, name="a.html", media_type=None)
    assert source.encoding == encoding
    assert source.text.split("\n")[0] == "全市社區工作—服務 中心 第一 項"
    assert_origins_hold(data, source)


SNIPPETS = [
    *(
        "<p>",
        "</p>",
        "<div class=a>",
        "</div>",
        "<td>",
        "</tr>",
        "<br>",
        "<b>",
        "</b>",
        "<a href='x'>",
    ),
    *("</a>", "&nbsp;", "&ldquo;", "&", "&#20013;", "<!--", "-->", "<pre>", "<", ">", '"', "="),
    *(
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<li class=b><a href=x>同心</a></li>",
        "<table>",
        "&#x3000;",
    ),
    *("<li><a href=y>一 二</a></li>\n", "<li hidden><a href=y>藏</a></li>", "<a href=z>链</a>"),
    *("<script>", "</script>", " ", "\n", "　", "社区", "工作", "x", "<p hidden>", "<title>", "\0"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=60), st.sampled_from(["utf-8", "gb18030"]))
def test_load_any_edit_of_a_page_keeps_origins_true(snippets, encoding):
    data = page("<p>社区服务中心工作</p>" + "".join(snippets)).encode(encoding)
    source = load(data, name="a.html", media_type="text/html")
    assert_origins_hold(data.replace(b"\0", b" "), source)
    assert len(source.hints) == source.text.count("\n") + 1


def test_load_never_hangs_on_a_long_page(never_hangs):
    source = load(
        page("<div class=x><p>社区<b>工作</b>&amp;</p>" * 40_000).encode(),
        name="a.html",
        media_type=None,
    )

    assert source.text.count("\n") > 30_000

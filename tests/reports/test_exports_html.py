"""Reports as one HTML file: it stands alone, and what people typed is text in it."""

import re
from html.parser import HTMLParser

import pytest

from linli.reports.exchange.html import html
from linli.reports.rules.paper import Table
from linli.reports.rules.writing.keeping import in_script
from tests.town import papers


class Seen(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, its words."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [found for name, found in self.tags if name == tag]


def test_stands_alone():
    seen = Seen(html(papers.whole(), papers.HOST))

    loads = {"script", "link", "img", "iframe", "object", "video", "audio", "form", "base"}
    assert {name for name, _attrs in seen.tags} & loads == set()
    (css,) = re.findall(
        "<style>(.*?)</style>", html(papers.whole(), papers.HOST).decode(), re.DOTALL
    )
    assert not re.search(r"url\(|@import", css)
    assert seen.all("html") == [{"lang": "zh-Hans"}]


def test_leads_from_each_figure_to_its_citation_and_its_source():
    paper = papers.whole()
    seen = Seen(html(paper, papers.HOST))

    figures = [one for one in seen.all("a") if one.get("class") == "figure"]
    names = {one["id"] for _tag, one in seen.tags if "id" in one}
    inside = {one["href"][1:] for one in seen.all("a") if one["href"].startswith("#")}
    assert [(one["href"], one["title"]) for one in figures] == [
        (f"{papers.HOST}/c/{one.code}", one.about) for one in paper.figures()
    ]
    assert inside <= names
    assert {f"source{number}" for number in range(1, 7)} <= inside


def test_names_the_rows_and_columns_of_a_table():
    seen = Seen(html(papers.whole(), papers.HOST))

    assert [one["scope"] for one in seen.all("th")] == ["col", "col", "col", "row", "row"]
    assert len(seen.all("caption")) == 1


def test_shows_hostile_words_as_text():
    seen = Seen(html(papers.whole(f"{papers.HOSTILE}\x00\ud800"), papers.HOST))

    assert seen.all("script") == []
    assert sum(papers.HOSTILE in words for words in seen.words) >= 5


def test_is_in_traditional_script_for_who_asks():
    text = html(in_script(papers.whole(), "zh-hant"), papers.HOST).decode()

    assert '<html lang="zh-Hant">' in text
    assert "近3.6萬人" in text
    assert "近3.6万人" not in text


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("工作汇报", "工作匯報"),
        ("汇总后汇报。", "彙總後匯報。"),
        ("外汇与汇款", "外匯與匯款"),
        ("词汇报告", "詞彙報告"),
    ],
)
def test_writes_of_reporting_as_people_write_it(simplified, traditional):
    text = html(in_script(papers.paper(title=simplified), "zh-hant"), papers.HOST).decode()

    assert f"<h1>{traditional}</h1>" in text


def test_writes_a_paper_of_nothing():
    seen = Seen(html(papers.paper(Table("", (), ()), title=""), papers.HOST))

    assert (len(seen.all("table")), seen.all("nav")) == (1, [])

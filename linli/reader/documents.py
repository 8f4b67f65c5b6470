"""Documents named in 《》: policies, plans, laws, reports, books.

A pair of marks on one line makes a document; the outer pair wins; a mark without its twin is ignored.
"""

from collections.abc import Iterator

from linli.reader.article import Article
from linli.reader.patterns import lazy
from linli.reader.reading import Document, Span

LONGEST_TITLE = 120

_MARK = lazy("[《》]")
_CLOSING = frozenset(")〕]>〉】")
_TAIL = lazy(r"[\s·]*(?:[(〔\[<〈【][^()〔〕\[\]<>〈〉【】]{1,20}[)〕\]>〉】])+$")
_LAST_WORDS = {
    "law": "宪法 法典 条例 法律",
    "plan": (
        "规划 方案 计划 纲要 要点 预案 分解表 责任清单 任务清单 路线图 时间表 任务书 设想 安排"
    ),
    "policy": (
        "意见 办法 通知 规定 细则 决定 决议 制度 措施 规则 准则 标准 规范 章程 规程 批复 通告 公告 公约 守则 "
        "政策 通报 函 令 指导目录 协议 备忘录 责任书"
    ),
    "report": "报告 汇报 公报 白皮书 蓝皮书 总结 年报 评估 调研",
    "book": (
        "读本 手册 丛书 选编 汇编 文选 读物 问答 教材 指南 选集 文集 全集 画册 故事集 论述摘编 通史 简史 史 志 "
        "年鉴 词典 辞典 概论 知识"
    ),
}
_TYPES = tuple((name, tuple(words.split())) for name, words in _LAST_WORDS.items())
_NO_LAW = "办方书"  # 办法, 方法 and 书法 are none


def find(article: Article) -> tuple[Document, ...]:
    """Return the documents in order; spans hold the marks."""
    return tuple(
        _document(article, span)
        for line in article.spans
        for span in outermost(article.view, line.start, line.end)
    )


def outermost(view: str, start: int, end: int) -> Iterator[Span]:
    """Yield the pairs of 《》 in view[start:end] that hold a title and lie in no other such pair."""
    opened: list[int] = []
    pairs: list[Span] = []
    for mark in _MARK.finditer(view, start, end):
        if mark[0] == "《":
            opened.append(mark.start())
        elif opened:
            pair = Span(opened.pop(), mark.end())
            if 2 < pair.end - pair.start <= LONGEST_TITLE + 2:
                pairs.append(pair)
    reach = start
    for pair in sorted(pairs):
        if pair.start >= reach:
            reach = pair.end
            yield pair


def type_of(title: str) -> str:
    """Return what a document is by the last word of its title: plan, policy, law, report, book, other.

    A note in brackets at the end (试行, years) says nothing about it.
    """
    bare = (_TAIL.sub("", title) if title[-1:] in _CLOSING else title).rstrip("》〉 ")
    if bare[-1:] == "法" and bare[-2:-1] not in _NO_LAW:
        return "law"
    return next((name for name, words in _TYPES if bare.endswith(words)), "other")


def _document(article: Article, span: Span) -> Document:
    title = article.text[span.start + 1 : span.end - 1]
    kind = type_of(article.view[span.start + 1 : span.end - 1].strip())
    return Document(span.start, span.end, article.text[span.start : span.end], title.strip(), kind)

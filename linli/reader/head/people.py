"""Who wrote and who edited: bylines, sign-offs in brackets, editor lines."""

import re
from collections.abc import Iterator, Sequence

from linli.reader.head.zones import Zones
from linli.reader.patterns import lazy
from linli.reader.reading import Line, Named

_TITLE = r"(?:记者|通讯员|评论员|特约|实习|见习|编辑|作者|摄影|供图|撰文|文/图|图/文|报道|首席|全媒体|融媒体|审核|来源|校对|责编|责任|选稿|编审|监制|录入)"
_NAME = rf"(?!{_TITLE})(?:[\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff·]{{1,12}}|[\u4e00-\u9fff]{{2,4}})(?![\u4e00-\u9fff])"
_NAMES = rf"{_NAME}(?:[、, ] ?{_NAME}){{0,9}}"
_ROLE = r"(?:记 ?者|通讯员|评论员|作 ?者|文 ?/ ?图|图 ?/ ?文|撰稿人?|供稿人?|撰文|采写|文)"
_CREDITED = lazy(rf"{_ROLE} ?[:/]? ?(?P<names>{_NAMES})")
_AUTHOR = lazy(
    rf"(?:作 ?者|记 ?者|通讯员|撰稿人?|供稿人?) ?: ?(?:本报记者|记者)? ?(?P<names>{_NAMES})"
)
_DATELINE = lazy(r"^.{0,30}?\((?:[^()]{0,12}?)(?P<all>(?:记者|通讯员)[^()]{2,40})\)")
_BRACKETED = lazy(rf"\((?P<names>{_NAMES})\)\s*$")
_CREDIT_END = lazy(r"\((?P<all>[^()]{0,8}(?:记者|通讯员)[^()]{2,60})\)\s*$")
_SUPPLIED = lazy(
    r"\((?!记者|通讯员)(?P<names>[\u4e00-\u9fff]{2,24}) ?(?:供稿|撰稿|来稿|投稿)\)\s*$"
)
_EDITED = lazy(rf"(?:责任编辑|责 ?编|编 ?辑|网编|编审) ?[:】/]? ?(?P<names>{_NAMES})")
_SPLIT = lazy(r"[、, ]+")
_NOBODY = frozenset(
    [
        "资料图",
        "资料图片",
        "图片",
        "编者",
        "未完",
        "待续",
        "完",
        "节选",
        "摘要",
        "摘编",
        "全文",
        "略",
        "佚名",
        "本站",
        "本网",
        "本报",
        "原创",
        "管理员",
        "网络",
    ]
)


def authors(text: str, view: str, zones: Zones) -> tuple[Named, ...]:
    """Return the authors in the order in which they are printed, each once."""
    found = [
        *_each(text, view, zones.above, _AUTHOR),
        *_each(text, view, zones.bylines, _CREDITED),
        *_inside(text, view, zones.opening, _DATELINE, head=True),
        *_inside(text, view, zones.closing, _CREDIT_END, head=False),
        *_each_end(text, view, zones.closing, _BRACKETED),
        *_each_end(text, view, zones.closing, _SUPPLIED),
        *_each(text, view, zones.below, _AUTHOR),
    ]
    return _once(found)


def editors(text: str, view: str, zones: Zones) -> tuple[Named, ...]:
    """Return the editors in the order in which they are printed, each once."""
    return _once(
        [*_each(text, view, zones.below, _EDITED), *_each(text, view, zones.above, _EDITED)]
    )


def _once(found: Sequence[Named]) -> tuple[Named, ...]:
    return tuple({named.value: named for named in reversed(found)}.values())[::-1]


def _each(text: str, view: str, lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[Named]:
    for line in lines:
        if line.end - line.start > 200:
            continue
        for found in pattern.finditer(view, line.start, line.end):
            yield from _names(text, view, *found.span("names"))


def _inside(
    text: str, view: str, lines: Sequence[Line], pattern: re.Pattern[str], *, head: bool
) -> Iterator[Named]:
    for line in lines:
        start, end = (
            (line.start, min(line.end, line.start + 120))
            if head
            else (max(line.start, line.end - 120), line.end)
        )
        row = view[start:end]
        found = pattern.search(row)
        if found:
            for credit in _CREDITED.finditer(
                view, start + found.start("all"), start + found.end("all")
            ):
                yield from _names(text, view, *credit.span("names"))


def _each_end(
    text: str, view: str, lines: Sequence[Line], pattern: re.Pattern[str]
) -> Iterator[Named]:
    for line in lines:
        start = max(line.start, line.end - 60)
        row = view[start : line.end]
        found = pattern.search(row) if ")" in row else None
        if found and not found["names"].endswith(("摄", "图", "发", "稿")):
            yield from _names(text, view, start + found.start("names"), start + found.end("names"))


def _names(text: str, view: str, start: int, end: int) -> Iterator[Named]:
    at = start
    for name in _SPLIT.split(view[start:end]):
        at = view.index(name, at) if name else at
        if len(name) > 1 and name not in _NOBODY:
            yield Named(text[at : at + len(name)], at, at + len(name))
        at += len(name)

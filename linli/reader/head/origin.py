"""Where an article comes from: the source it names, and the site that shows it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from linli.reader.head.zones import Zones
from linli.reader.patterns import lazy
from linli.reader.reading import Line, Named
from linli.reader.sources import Source

_LABEL = lazy(r"(?:来源|稿源|出处|转自|转载自)\s?[:]\s*")
_STOP = lazy(
    r"\s{2,}|\s*(?:作者|编辑|责任编辑|责编|编审|发布(?:时间|日期|[者人于:]|单位|机构|部门)|发稿|更新|时间|日期|浏览|点击|阅读|字[号体]|记者|通讯员|审核|打印|分享|分类|撰稿|访问|公开|主动|责任|人气|参与|关键词|[|【\[(]|(?:19|20)\d{2}[-/.年])"
)
_DATED = lazy(r"[•·\s]*(?P<name>[\u4e00-\u9fffA-Za-z·-]{2,16})\s+(?:19|20)\d{2}[-/.年]\d")
_AFTER_DATE = lazy(r".{8,24}?\d{1,2}:\d{2}(?::\d{2})? +(?P<name>[\u4e00-\u9fff·-]{2,16})$")
_PRESS = lazy(
    r"[•·\s]*(?P<name>[\u4e00-\u9fff]{1,12}(?:网|报|社|台|新闻|在线|客户端|融媒|融媒体中心|发布))$"
)
_BYLINE = lazy(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:日报|晚报|早报|晨报|商报|都市报|时报|新闻网|新闻|网|电视台|融媒体中心|融媒|客户端|报))(?:社|讯)?(?:首席|特约|见习|实习)?(?:全媒体|融媒体)?(?:首席|特约|见习|实习)?(?:记者|通讯员|评论员)"
)
_CRUMB = lazy(r"(?:[^:>»]{0,8}:)?\s*(?P<name>[^>»→\s]{2,20}?)\s*(?:>>?|»)")
_SITE_END = ("网", "在线", "日报", "门户", "门户网站", "网站", "新闻网", "网易", "腾讯")
DECLARED_SOURCE = ("contentsource", "source", "article:author", "mediaid")
DECLARED_SITE = ("og:site_name", "sitename", "application-name")


def publisher(source: Source, view: str, zones: Zones) -> Named | None:
    """Return the source that is printed, of a label or a byline; else the declared one."""
    for lines in (zones.above, zones.below):
        for line, below in pairwise([*lines, *lines[-1:]]):
            named = _labelled(source.text, view, line) or _on_next(source.text, view, line, below)
            if named:
                return named
    for line in zones.above:
        place = line.start, line.end
        found = (
            _DATED.match(view, *place)
            or _PRESS.match(view, *place)
            or _AFTER_DATE.match(view, *place)
        )
        if found and "时间" not in found["name"] and "日期" not in found["name"]:
            return _named(source.text, *found.span("name"))
    for line in zones.bylines:
        found = _BYLINE.search(view, line.start, line.end)
        if found and not found["name"].startswith("本"):
            return _named(source.text, *found.span("name"))
    return _declared(source, DECLARED_SOURCE)


def _on_next(text: str, view: str, line: Line, below: Line) -> Named | None:
    """The value of a bare label that stands on the line below it."""
    if below.start - line.end not in {1, 2} or below.end - below.start > 30:
        return None
    bare = re.fullmatch(r"(?:\S{0,2}来源|稿源) ?: ?", view[line.start : line.end].strip())
    valued = bare and ":" not in view[below.start : below.end]
    return _named(text, below.start, below.end) if valued else None


def _labelled(text: str, view: str, line: Line) -> Named | None:
    if line.end - line.start > 400:
        return None
    for found in _LABEL.finditer(view, line.start, line.end):
        stop = _STOP.search(view, found.end(), line.end)
        named = _named(text, found.end(), stop.start() if stop else line.end)
        if named:
            return named
    return None


def _named(text: str, start: int, end: int) -> Named | None:
    """The characters [start, end) without spaces and brackets round them; None when nothing is left."""
    piece = text[start:end]
    bare = piece.strip(" \u3000\u00a0\t:：|)）]】,，;；")
    if not bare or len(bare) > 60:
        return None
    at = start + piece.index(bare)
    return Named(bare, at, at + len(bare))


def site(source: Source, view: str, zones: Zones) -> Named | None:
    """Return the site's name: the root of the breadcrumb, where it is printed first."""
    for line in zones.fringe if _has_crumbs(view, zones.fringe) else ():
        if line.role != "furniture" or line.end - line.start > 120:
            continue
        found = _CRUMB.match(view, line.start, line.end)
        if found and found["name"].endswith(_SITE_END):
            return _first_printed(source.text, view, zones.fringe, found)
    return _declared(source, DECLARED_SITE)


def _has_crumbs(view: str, fringe: Sequence[Line]) -> bool:
    """Tell whether a mark of a breadcrumb stands in these lines, which follow each other."""
    start, end = (fringe[0].start, fringe[-1].end) if fringe else (0, 0)
    return view.find(">", start, end) >= 0 or view.find("»", start, end) >= 0


def _first_printed(
    text: str, view: str, fringe: Sequence[Line], found: re.Match[str]
) -> Named | None:
    for line in fringe:
        if line.end - line.start <= 40 and view[line.start : line.end].strip() == found["name"]:
            return _named(text, line.start, line.end)
    return _named(text, *found.span("name"))


def _declared(source: Source, names: Sequence[str]) -> Named | None:
    for name in names:
        value = source.meta.get(name, "").strip()
        if value:
            return Named(value, 0, 0)
    return None

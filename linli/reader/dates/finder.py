"""Dates of running text, each with its ISO form and what it says: when, since when, until when."""

from collections.abc import Sequence
from typing import NamedTuple

from linli.reader.article import Article
from linli.reader.dates.context import Context, parse
from linli.reader.dates.kinds import anchors, kind_of, outlook
from linli.reader.dates.partial import Interval, Point, closed
from linli.reader.dates.points import points
from linli.reader.dates.tokens import Token, numbered
from linli.reader.dates.words import worded
from linli.reader.numerals import is_dump
from linli.reader.patterns import lazy
from linli.reader.reading import Date, Line

_SENTENCE = lazy(r"[。!?]")
_SUMMARY = lazy(r"总结|汇报|报告|情况|综述|纪实")
_TOP_HEADING = lazy(r" *第?[一二三四五六七八九十]{1,3}(?:、|部分)[^。]{0,40}$|[^。;,]{2,24}$")
_ABOUT = lazy(r"总结|汇报|报告|情况|要点|计划|安排|任务|方案|清单|打算|思路|重点|成效")


def find(article: Article, *, published: str | None) -> tuple[Date, ...]:
    """Return the dates of the article in order; relative ones count from `published` (ISO).

    iso: 2019, 2020-02, 2022-10-12, or two of them as first/last; --09 and --07-13 where the text
    leaves the year open. A word that dates nothing (近年来) and a duration (三年) are left out.
    """
    view = article.view
    lined = [(line, _points(view, line.start, line.end)) for line in article.lines]
    context = _context(article, lined, published)
    found: list[Date] = []
    for line, written in lined:
        listed = view.startswith("、", line.start + 1)
        if (written or listed) and _TOP_HEADING.match(view, line.start, line.end):
            _open_section(context, view, line, written)
        if written:
            found.extend(_dates(article, context, line, written))
    return tuple(found)


def _open_section(context: Context, view: str, line: Line, written: list[Point]) -> None:
    """Let a heading's year (三、2017年工作打算) hold for the lines below it, until the next such one."""
    years = {point.first.year for point in written if _of_one_year(point)}
    if len(years) == 1 and _ABOUT.search(view, line.start, line.end):
        context.open_section(years.pop())
    elif not written and view.startswith("、", line.start + 1):
        context.open_section(None)


def _points(view: str, start: int, end: int) -> list[Point]:
    if is_dump(view, start, end):
        return []
    pieces = numbered(view, start, end)
    words = worded(view, start, end)
    if words:
        pieces = _apart(sorted(pieces + words))
    return points(view, pieces, start, end) if pieces else []


def _apart(pieces: Sequence[Token]) -> list[Token]:
    """Drop a piece that lies inside the one before it: 三季度 in 前三季度."""
    kept: list[Token] = []
    for piece in pieces:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _context(
    article: Article, lined: Sequence[tuple[Line, list[Point]]], published: str | None
) -> Context:
    """Return what is known before the first date is read: the day, this year, the title's year."""
    today = parse(published)
    titled, summary = _titled(article.view, lined)
    if today is None:
        return Context(None, titled or _latest(article.view, lined), titled)
    late = summary and today.month <= 3 and titled == today.year - 1
    return Context(today, titled if late else today.year, titled)


def _titled(view: str, lined: Sequence[tuple[Line, list[Point]]]) -> tuple[int | None, bool]:
    """Return the year that the title is about, and whether it sums that year up."""
    for line, written in lined:
        title = view[line.start : line.end] if line.role == "title" else ""
        for point in written if _ABOUT.search(title) else ():
            if _of_one_year(point):
                return point.first.year, _SUMMARY.search(title) is not None
    return None, False


def _of_one_year(point: Point) -> bool:
    first, last = point.first, point.last
    return first.year is not None and (last is None or last.year == first.year)


def _latest(view: str, lined: Sequence[tuple[Line, list[Point]]]) -> int | None:
    """Return the newest year that an undated article names as past or present."""
    return max(
        (
            point.first.year
            for _, written in lined
            for point in written
            if point.first.year and _of_one_year(point) and kind_of(view, point) != "until"
        ),
        default=None,
    )


class _Found(NamedTuple):
    start: int
    end: int
    interval: Interval
    kind: str


def _dates(article: Article, context: Context, line: Line, written: Sequence[Point]) -> list[Date]:
    """Return the dates of one line; the two ends of a range become one."""
    view, at = article.view, line.start
    kept: list[_Found] = []
    context.open_line()
    for point in _repeated(view, written):
        if _SENTENCE.search(view, at, point.start):
            context.open_sentence()
        near = kept[-1] if point.joined and kept and kept[-1].end == at else None
        at = point.end
        kind = kind_of(view, point)
        interval = context.settle(
            point if near else point._replace(joined=False), outlook(view, line.start, point)
        )
        if interval is None:
            continue
        context.keep(
            interval,
            anchors=anchors(view, point, interval, kind),
            told=point.first.year is not None,
        )
        both = closed(near.interval.first, interval.last or interval.first) if near else None
        if near and both:
            kept[-1] = _Found(near.start, point.end, both, "period")
        else:
            kept.append(_Found(point.start, point.end, interval, kind))
    return [
        Date(start, end, article.text[start:end], interval.iso, kind)
        for start, end, interval, kind in kept
    ]


def _repeated(view: str, written: Sequence[Point]) -> list[Point]:
    """Let 每年 lead the months listed behind it too: 每年3月、9月."""
    led: list[Point] = []
    for point in written:
        before = led[-1] if led else None
        if (
            before is not None
            and before.lead is not None
            and before.lead.relation == "every"
            and point.lead is None
            and point.first.year is None
            and view[before.end : point.start] in {"、", "和", "及"}
        ):
            led.append(point._replace(lead=before.lead))
        else:
            led.append(point)
    return led

"""The publication date: a printed one beside title and source; never a clock, a link or the text."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from linli.reader.head.zones import Zones
from linli.reader.patterns import lazy
from linli.reader.reading import Line, Named
from linli.reader.sources import Source

DECLARED = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "publish-date",
    "publication_date",
    "firstpublishedtime",
    "date",
)
# A label whose date stands on the line below it.
LONGEST_LABEL = 12
_TIME = r"(?:[T ]{0,4}\d{1,2} ?[:时] ?\d{2}(?: ?[:分] ?\d{2}秒?)?)"
_DATE = lazy(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}) ?[-/.年 ] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})(?!\d)(?: ?日)?"
    + _TIME
    + "?"
    r"|(?<![\d-])(?P<short>\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})" + _TIME
)
_CHINESE = lazy(
    r"(?P<year>[二〇零○OＯ一三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_DIGITS = str.maketrans("零〇○OＯ一二三四五六七八九", "00000123456789")
_CLOCK = lazy(r"今天|今日|现在是|北京时间|当前时间|星期|周[一二三四五六日]")
_SHEET = lazy(r"第? ?[A-Z]?\d{1,2} ?版|上一版|版面|当前版|上一期")
_LABELS = (
    lazy(r"发[布表稿](?:时间|日期)|公[开布](?:时间|日期)|刊登日期|出版日期|编辑时间|添加时间"),
    lazy(r"更新(?:时间|日期)|录入时间|上[传载网](?:时间|日期)|创建时间|(?<![文效行])[日时][期间]:"),
)
# Dates of a document itself, not of its publication.
_OTHER = lazy(r"(?:施行|生效|废止|失效|实施|截[至止]|有效|终止)(?:时间|日期)?[】\]]?[:  ]{0,3}$")


def find(source: Source, view: str, zones: Zones) -> Named | None:
    """Return the day of publication, ISO 8601, with the printed date and time as its span."""
    return (
        _best(view, zones.above)
        or _best(view, zones.below)
        or _of_sheet(view, zones)
        or _declared(source)
        or _signed(view, zones.closing)
    )


def _best(view: str, lines: Iterable[Line]) -> Named | None:
    """The best labelled date of these lines, else the first that carries a time, else the first."""
    champion: tuple[int, Named] | None = None
    label = ""
    for line in lines:
        row = view[line.start : line.end]
        above, label = label, row if len(row) <= LONGEST_LABEL and row.rstrip()[-1:] == ":" else ""
        if len(row) > 400 or (_CLOCK.search(row) and ":" not in row):
            continue
        for found in _DATE.finditer(row):
            value = _iso(found)
            before = above + row[: found.start()]
            if value is None or _OTHER.search(before):
                continue
            rank = _rank(before, found[0])
            if champion is None or rank < champion[0]:
                champion = rank, Named(value, line.start + found.start(), line.start + found.end())
    return champion[1] if champion else None


def _rank(before: str, printed: str) -> int:
    tail = before[-40:].replace(" ", "")[-12:]
    for rank, label in enumerate(_LABELS):
        if label.search(tail):
            return rank
    return 1 if ":" in printed else 2


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if parts.get("short"):
        return _day(2000 + int(parts["short"]), int(parts["m"]), int(parts["d"]))
    return _day(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _of_sheet(view: str, zones: Zones) -> Named | None:
    """The day in the head of a newspaper's page, when nothing nearer is printed."""
    start, end = (zones.fringe[0].start, zones.fringe[-1].end) if zones.fringe else (0, 0)
    if view.find("版", start, end) < 0 and view.find("上一期", start, end) < 0:
        return None
    rows = [(line, view[line.start : min(line.end, line.start + 200)]) for line in zones.fringe]
    if not any(_is_sheet(row) for _, row in rows):
        return None
    for line, row in rows:
        found = _DATE.search(row) if len(row) < 80 else None
        if found and not re.search("今天|今日|现在", row):
            value = _iso(found)
            if value:
                return Named(value, line.start + found.start(), line.start + found.end())
    return None


def _is_sheet(row: str) -> bool:
    named = len(row) < 80 and ("版" in row or "上一期" in row)
    return named and _SHEET.search(row) is not None


def _declared(source: Source) -> Named | None:
    for name in DECLARED:
        found = _DATE.search(source.meta.get(name, ""))
        value = _iso(found) if found else None
        if value:
            return Named(value, 0, 0)
    return None


def _signed(view: str, closing: Sequence[Line]) -> Named | None:
    """The date below the issuing body at the end of an official document."""
    for line in reversed(closing):
        row = view[line.start : line.end]
        if line.role != "signoff" or len(row) > 60:
            continue
        bare = row.strip(" ()")
        found = _DATE.fullmatch(bare)
        value = _iso(found) if found else _chinese(bare)
        if value:
            start = line.start + row.index(bare)
            return Named(value, start, start + len(bare))
    return None


def _chinese(bare: str) -> str | None:
    found = _CHINESE.fullmatch(bare)
    if not found:
        return None
    return _day(int(found["year"].translate(_DIGITS)), _small(found["month"]), _small(found["day"]))


def _small(numeral: str) -> int:
    """一 … 三十一 as an integer."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int(numeral.translate(_DIGITS)) if len(numeral) == 1 else 0
    return 10 * (int(tens.translate(_DIGITS)) if tens else 1) + (
        int(ones.translate(_DIGITS)) if ones else 0
    )

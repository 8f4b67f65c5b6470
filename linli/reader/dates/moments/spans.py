"""Periods that are not a calendar month or year: weeks, halves, seasons, quarters, decades."""

import re
from datetime import date, datetime, timedelta

from linli.reader.dates.moments.atom import Atom, Rule, between, calendar, exact
from linli.reader.dates.moments.days import YEAR_HEAD, YEAR_STARTS, headed
from linli.reader.dates.moments.numerals import MONTH, SMALL, STARTS, WEEKDAY, number

_SEASONS = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
_WEEK = timedelta(days=7)


def monday(on: date) -> date:
    """Return the Monday of the week that holds `on`."""
    return on - timedelta(days=on.weekday())


def first_week(year: int) -> date:
    """Return the Monday of week 1 (ISO 8601: the week of 4 January)."""
    return monday(date(year, 1, 4))


def months_on(on: date, months: int) -> date:
    """Return the first day of the month that lies `months` after that of `on`."""
    count = on.year * 12 + on.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _week(match: re.Match[str], now: datetime) -> Atom:
    """Read 下下周, 上上个周末 and 下下周日."""
    rel = match["rel"]
    start = monday(now.date()) + _WEEK * (rel.count("下") - rel.count("上"))
    day = (match["wd"] or "").replace("天", "日")
    if day and day != "末":
        return exact(match, start + timedelta(days=WEEKDAY.index(day)))
    year, week, _ = start.isocalendar()
    tail = "-WE" if day else ""
    return Atom(match.start(), match.end(), "W", f"{year}-W{week:02}{tail}", on=start)


def _weekend(match: re.Match[str], now: datetime) -> Atom:
    return Atom(match.start(), match.end(), "W", "XXXX-WXX-WE", on=monday(now.date()))


def _half_year(match: re.Match[str], now: datetime) -> Atom:
    year = headed(match, now) or now.year
    start = date(year, 1 if match["half"] in "上前" else 7, 1)
    return between(match, start, months_on(start, 6), "P6M")


def _neighbour_half(match: re.Match[str], now: datetime) -> Atom:
    """Read 上个半年: the half before the one that holds now."""
    current = date(now.year, 1 if now.month <= 6 else 7, 1)
    start = months_on(current, -6 if match["half"] == "上" else 6)
    return between(match, start, months_on(start, 6), "P6M")


def _half_month(match: re.Match[str], now: datetime) -> Atom:
    start = now.date().replace(day=1)
    middle, end = start.replace(day=16), months_on(start, 1)
    first, last = (start, middle) if match["half"] in "上前" else (middle, end)
    return between(match, first, last, f"P{(last - first).days}D")


def _half_week(match: re.Match[str], now: datetime) -> Atom:
    start = monday(now.date())
    middle, end = start + timedelta(days=3), start + _WEEK
    first, last = (start, middle) if match["half"] in "上前" else (middle, end)
    return between(match, first, last, f"P{(last - first).days}D")


def _season(match: re.Match[str], now: datetime) -> Atom:
    year = headed(match, now)
    label = f"{year or 'XXXX'}-{_SEASONS[match['season']]}"
    return Atom(match.start(), match.end(), "whole", label, on=date(year or now.year, 1, 1))


def _quarter(match: re.Match[str], now: datetime) -> Atom:
    year = headed(match, now) or now.year
    start = date(year, number(match["n"]) * 3 - 2, 1)
    return between(match, start, months_on(start, 3), "P3M")


def _nth_of_year(match: re.Match[str], now: datetime) -> Atom | None:
    """Read 2021年的第一周 and 明年第九个月."""
    year, count = headed(match, now) or now.year, number(match["n"])
    if match["unit"] == "月":
        return calendar(match, now, year, count, None) if 1 <= count <= 12 else None
    start = first_week(year) + _WEEK * (count - 1)
    return Atom(match.start(), match.end(), "W", f"{year}-W{count:02}", on=start)


def _week_of_month(match: re.Match[str], now: datetime) -> Atom:
    month, count = number(match["m"]), number(match["n"])
    start = date(now.year, month, 1)
    label = f"XXXX-{month:02}-W{count:02}"
    return Atom(match.start(), match.end(), "W", label, on=start + _WEEK * (count - 1))


def _weekday_of_month(match: re.Match[str], now: datetime) -> Atom:
    """Read 四月的最后一个星期一; the last of five is written #5."""
    month, weekday = number(match["m"]), WEEKDAY.index(match["wd"].replace("天", "日"))
    count = 5 if match["last"] else number(match["n"])
    start = date(now.year, month, 1)
    on = start + timedelta(days=(weekday - start.weekday()) % 7) + _WEEK * (count - 1)
    on = on if on.month == month else on - _WEEK
    label = f"XXXX-{month:02}-WXX-{weekday + 1}-#{count}"
    return Atom(match.start(), match.end(), "D", label, (None, month, None), on)


def _edge_of_year(match: re.Match[str], now: datetime) -> Atom:
    """Read 2021年的前2周, 今年的最后3周, 去年的前10天."""
    year, count, unit = headed(match, now) or now.year, number(match["n"]), match["unit"]
    opening = match["edge"] != "最后"
    if unit == "月":
        start = date(year, 1, 1) if opening else months_on(date(year + 1, 1, 1), -count)
        return between(match, start, months_on(start, count), f"P{count}M")
    whole, letter = (_WEEK, "W") if unit in {"周", "星期"} else (timedelta(days=1), "D")
    origin = first_week(year) if letter == "W" else date(year, 1, 1)
    closing = monday(date(year, 12, 31)) if letter == "W" else date(year + 1, 1, 1)
    start = origin if opening else closing - whole * count
    return between(match, start, start + whole * count, f"P{count}{letter}")


def _decade(match: re.Match[str], now: datetime) -> Atom:
    """Read 十九世纪七十年代; without a century its digits stay open."""
    tens = number(match["tens"])
    century = number(match["century"]) - 1 if match["century"] else None
    if century is None:
        label = f"(XX{tens:02}-01-01,XX{(tens + 10) % 100:02}-01-01,P10Y)"
        return Atom(match.start(), match.end(), "whole", label, on=date(1900 + tens, 1, 1))
    start = date(century * 100 + tens, 1, 1)
    return between(match, start, start.replace(year=start.year + 10), "P10Y")


_HEAD = rf"(?:{YEAR_HEAD} ?的? ?)"
_WEEKS = "(?:周|星期|礼拜)"
RULES = (
    Rule(
        "上下这本",
        re.compile(rf"(?P<rel>[上下]{{1,3}}|[这本])个?{_WEEKS}(?P<wd>[一二三四五六日天末])?"),
        _week,
    ),
    Rule("周", re.compile("周末"), _weekend),
    Rule(YEAR_STARTS + "上下前后", re.compile(rf"{_HEAD}?(?P<half>[上下前后])半年"), _half_year),
    Rule("上下", re.compile("(?P<half>[上下])个半年"), _neighbour_half),
    Rule("上下前后", re.compile("(?P<half>[上下前后])半个?月"), _half_month),
    Rule("上下前后", re.compile("(?P<half>[上下前后])半周"), _half_week),
    Rule(YEAR_STARTS + "春夏秋冬", re.compile(rf"{_HEAD}?(?P<season>[春夏秋冬])[天季]"), _season),
    Rule(YEAR_STARTS + "第", re.compile(rf"{_HEAD}?第?(?P<n>[一二三四1-4])季度"), _quarter),
    Rule(
        YEAR_STARTS,
        re.compile(rf"{_HEAD}第 ?(?P<n>{SMALL}) ?(?:个?(?P<unit>月|周|星期))"),
        _nth_of_year,
    ),
    Rule(
        STARTS,
        re.compile(rf"(?P<m>{MONTH}) ?月的?第(?P<n>{SMALL})个?{_WEEKS}(?![一二三四五六日天])"),
        _week_of_month,
    ),
    Rule(
        STARTS,
        re.compile(
            rf"(?P<m>{MONTH}) ?月的?(?:第(?P<n>{SMALL})|(?P<last>最后一))个?{_WEEKS}(?P<wd>[一二三四五六日天])"
        ),
        _weekday_of_month,
    ),
    Rule(
        YEAR_STARTS,
        re.compile(rf"{_HEAD}(?P<edge>前|头|最后) ?(?P<n>{SMALL}) ?个?(?P<unit>月|周|星期|天)"),
        _edge_of_year,
    ),
    Rule(
        STARTS,
        re.compile(rf"(?:(?P<century>{SMALL})世纪)?(?P<tens>[0-9]0|[一二三四五六七八九]?十)年代"),
        _decade,
    ),
)

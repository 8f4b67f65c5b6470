"""Days, months and years: by number, by era, by the lunar calendar, by word and by feast."""

import re
from datetime import date, datetime, timedelta

from linli.reader.dates.moments.atom import Atom, Rule, between, calendar, exact
from linli.reader.dates.moments.numerals import (
    DAY,
    MONTH,
    SHORT_YEAR,
    SMALL,
    STARTS,
    WEEKDAY,
    YEAR,
    number,
    year,
)

NEAR_YEARS = {"今年": 0, "本年": 0, "明年": 1, "去年": -1, "前年": -2, "后年": 2}
_NEAR_MONTHS = {"本月": 0, "这个月": 0, "这月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_NEAR_DAYS = {
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后": 2,
    "大后": 3,
}
# The first year of a reign; 元年 is that year.
ERAS = {
    "贞观": 627,
    "神龙": 705,
    "开元": 713,
    "洪武": 1368,
    "永乐": 1403,
    "顺治": 1644,
    "康熙": 1662,
    "雍正": 1723,
    "乾隆": 1736,
    "嘉庆": 1796,
    "道光": 1821,
    "咸丰": 1851,
    "同治": 1862,
    "光绪": 1875,
    "宣统": 1909,
    "民国": 1912,
}
_FEASTS = {
    "元旦节?": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "愚人节": (4, 1),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆节?": (10, 1),
    "平安夜": (12, 24),
    "圣诞节?": (12, 25),
}
YEAR_HEAD = (
    rf"(?:(?P<y>{YEAR}) ?年|(?P<near>{'|'.join(NEAR_YEARS)})"
    rf"|(?P<era>{'|'.join(ERAS)})(?P<reign>元|{SMALL}) ?年)"
)
YEAR_STARTS = STARTS + "今本明去前后" + "".join(sorted({era[0] for era in ERAS}))


def headed(match: re.Match[str], now: datetime) -> int | None:
    """Return the year that a pattern's head names: by number, by word or by reign."""
    if match["y"]:
        return year(match["y"])
    if match["near"]:
        return now.year + NEAR_YEARS[match["near"]]
    if match["era"]:
        return ERAS[match["era"]] + (1 if match["reign"] == "元" else number(match["reign"])) - 1
    return None


def _dated(match: re.Match[str], now: datetime) -> Atom:
    """Read 2015年十月初一, 10月12号,星期一 or 18年10月."""
    named = year(match["short"]) if match["short"] else headed(match, now)
    month = 1 if match["m"] == "正" else number(match["m"])
    day = match["d"] or match["spoken"]
    return calendar(match, now, named, month, number(day) if day else None)


def _new_year_eve(match: re.Match[str], now: datetime) -> Atom:
    return calendar(match, now, headed(match, now), 1, 30)


def _yearly(match: re.Match[str], now: datetime) -> Atom:
    return calendar(match, now, headed(match, now), None, None)


def _equated(match: re.Match[str], now: datetime) -> Atom:
    """Read = 2019, where the sign makes a year of the number."""
    return calendar(match, now, year(match["y"]), None, None)


def _short_year(match: re.Match[str], now: datetime) -> Atom:
    return calendar(match, now, year(match["short"]), None, None)


def _years(match: re.Match[str], now: datetime) -> Atom | None:
    """Read 1995-1997年, where one 年 serves both years."""
    first, last = date(year(match["y"]), 1, 1), date(year(match["y2"]), 1, 1)
    length = f"P{last.year - first.year}Y"
    return between(match, first, last, length) if first < last else None


def _month_by_word(match: re.Match[str], now: datetime) -> Atom:
    months = now.year * 12 + now.month - 1 + _NEAR_MONTHS[match["month"]]
    day = number(match["d"]) if match["d"] else None
    return calendar(match, now, months // 12, months % 12 + 1, day)


def _day_by_word(match: re.Match[str], now: datetime) -> Atom:
    return exact(match, now.date() + timedelta(days=_NEAR_DAYS[match["day"]]))


def _numeric(match: re.Match[str], now: datetime) -> Atom | None:
    groups = match.groupdict()
    month, day = number(groups["m"]), number(groups["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return calendar(match, now, year(groups["y"]) if groups.get("y") else None, month, day)


def _day_of_month(match: re.Match[str], now: datetime) -> Atom:
    return calendar(match, now, None, None, number(match["d"]))


def _weekday(match: re.Match[str], now: datetime) -> Atom:
    number_ = WEEKDAY.index(match["wd"].replace("天", "日")) + 1
    on = now.date() + timedelta(days=(number_ - now.isoweekday()) % 7)
    return Atom(match.start(), match.end(), "D", f"XXXX-WXX-{number_}", on=on)


def _feast(match: re.Match[str], now: datetime) -> Atom:
    month, day = next(on for name, on in _FEASTS.items() if re.fullmatch(name, match["feast"]))
    return calendar(match, now, headed(match, now), month, day)


_FREE = r"(?<![0-9./:])"
_ALONE = r"(?<![0-9./:-])"
_END = r"(?![0-9/]|\.[0-9])"
_DD = r"[0-9]{1,2}"
_NOTE = r"(?:[, (]{0,2}(?:周|星期|礼拜)[一二三四五六日天]\)?)?"
_SPOKEN_DAY = "初[一二三四五六七八九十]|" + DAY.split("|", 3)[3]
RULES = (
    Rule(
        YEAR_STARTS + "农阴正",
        re.compile(
            rf"(?:农历|阴历)?(?:{YEAR_HEAD}|(?P<short>{SHORT_YEAR}) ?年)? ?(?P<m>{MONTH}) ?月"
            rf"(?: ?(?P<d>{DAY}) ?[日号]{_NOTE}"
            rf"|(?P<spoken>{_SPOKEN_DAY})(?![个点时分年月周天小日号份到至]))?"
        ),
        _dated,
    ),
    Rule(YEAR_STARTS, re.compile(rf"{YEAR_HEAD}?(?:大年三十|除夕)"), _new_year_eve),
    Rule("大除", re.compile(rf"(?:{YEAR_HEAD})?(?:大年三十|除夕)"), _new_year_eve),
    Rule(YEAR_STARTS, re.compile(rf"{YEAR_HEAD}(?![初级])"), _yearly),
    Rule("=", re.compile(rf"= ?(?P<y>{YEAR})(?![0-9])"), _equated),
    Rule("0零〇", re.compile(rf"(?<![0-9])(?P<short>{SHORT_YEAR}) ?年"), _short_year),
    Rule(
        "本这上下",
        re.compile(rf"(?P<month>{'|'.join(_NEAR_MONTHS)})(?:(?P<d>{DAY}) ?[日号])?"),
        _month_by_word,
    ),
    Rule(
        "大前昨今明后",
        re.compile(rf"(?P<day>{'|'.join(_NEAR_DAYS)})[天日](?!头条|之后》|气)"),
        _day_by_word,
    ),
    Rule(
        STARTS,
        re.compile(rf"(?P<y>{YEAR}) ?(?:[-–—~]|到|至) ?(?P<y2>{YEAR}) ?年"),
        _years,
    ),
    Rule(
        STARTS,
        re.compile(rf"{_FREE}(?P<y>[0-9]{{4}})(?P<s>[-/.])(?P<m>{_DD})(?P=s)(?P<d>{_DD}){_END}"),
        _numeric,
    ),
    Rule(
        STARTS, re.compile(rf"{_FREE}(?P<d>{_DD})/(?P<m>{_DD})/(?P<y>[0-9]{{4}}){_END}"), _numeric
    ),
    Rule(
        STARTS,
        re.compile(
            rf"{_ALONE}(?P<y>[0-9]{{2}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})(?![0-9-]){_END}"
        ),
        _numeric,
    ),
    Rule(STARTS, re.compile(rf"{_ALONE}(?P<m>{_DD})/(?P<d>{_DD}){_END}"), _numeric),
    Rule(STARTS, re.compile(rf"(?<![0-9月])(?P<d>{DAY}) ?日"), _day_of_month),
    Rule("周星礼", re.compile(r"(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])"), _weekday),
    Rule(
        YEAR_STARTS + "元情妇植愚劳青儿建教国平圣",
        re.compile(rf"(?:{YEAR_HEAD}的?)?(?P<feast>{'|'.join(_FEASTS)})"),
        _feast,
    ),
    Rule("最近", re.compile("最近"), lambda match, now: exact(match, now.date())),
)

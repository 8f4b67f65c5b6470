"""Durations (三年半, 8天20小时), what lies so far from now (5天前, 过去十年), and sets (每周一)."""

import re
from datetime import date, datetime, timedelta

from linli.reader.dates.moments.atom import Atom, Rule, exact
from linli.reader.dates.moments.numerals import SMALL, STARTS, WEEKDAY, number

_LETTERS = {
    "年": "Y",
    "月": "M",
    "周": "W",
    "星期": "W",
    "礼拜": "W",
    "天": "D",
    "日": "D",
    "小时": "H",
    "钟头": "H",
    "时": "H",
    "分钟": "M",
    "分": "M",
    "秒钟": "S",
    "秒": "S",
}
_DATE_UNITS = ("年", "月", "周", "星期", "礼拜", "天", "日")
_FIXED = {"W": timedelta(weeks=1), "D": timedelta(days=1)}
_CLOCKED = {"H": timedelta(hours=1), "M": timedelta(minutes=1), "S": timedelta(seconds=1)}


def _label(parts: list[tuple[str, str]]) -> str:
    """Return P8DT20H for (count, unit) pairs, the large units first however they were said."""
    dated = [(unit, count) for count, unit in parts if unit in _DATE_UNITS]
    clocked = [(unit, count) for count, unit in parts if unit not in _DATE_UNITS]
    order = "YMWDHS"
    dated.sort(key=lambda part: order.index(_LETTERS[part[0]]))
    head = "".join(f"{count}{_LETTERS[unit]}" for unit, count in dated)
    tail = "".join(f"{count}{_LETTERS[unit]}" for unit, count in clocked)
    return f"P{head}" + (f"T{tail}" if tail else "")


def _count(text: str, half: str | None) -> str:
    if text == "半":
        return "0.5"
    return f"{number(text)}.5" if half else str(number(text))


_UNIT = "小时|钟头|分钟|秒钟?|年|月|周|星期|礼拜|天"
_PIECE = re.compile(
    rf"(?P<n>半|{SMALL}) ?(?:个(?P<half>半)?)? ?(?P<unit>{_UNIT}|[日时分])(?P<half2>半)?"
)


def _duration(match: re.Match[str], now: datetime) -> Atom:
    parts = [
        (_count(piece["n"], piece["half"] or piece["half2"]), piece["unit"])
        for piece in _PIECE.finditer(match[0])
    ]
    return Atom(match.start(), match.end(), "length", _label(parts))


def moved(now: datetime, count: int, unit: str) -> datetime:
    """Return the time `count` units after `now`; the day is the last one where a month is shorter."""
    letter = _LETTERS[unit]
    if unit not in _DATE_UNITS:
        return now + _CLOCKED[letter] * count
    if letter in _FIXED:
        return now + _FIXED[letter] * count
    months = now.year * 12 + now.month - 1 + count * (12 if letter == "Y" else 1)
    year, month = divmod(months, 12)
    for day in range(now.day, 0, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now


def _distance(match: re.Match[str], now: datetime) -> Atom | None:
    """Read 5天前 as a day; of 2小时后 too the label names the day."""
    count = number(match["n"]) * (-1 if match["side"] == "前" else 1)
    if abs(count) > 999:
        return None
    return exact(match, moved(now, count, match["unit"]).date())._replace(unit="whole")


def _stretch(match: re.Match[str], now: datetime) -> Atom | None:
    """Read 过去十年, 后1年, 之后5分钟, 上个小时: from now on, or up to now."""
    count, unit = number(match["n"] or "1"), match["unit"]
    back = match["way"] in {"前", "过去", "之前", "上", "最近", "近"}
    other = moved(now, -count if back else count, unit)
    first, last = (other, now) if back else (now, other)
    length = _label([(str(count), unit)])
    if unit in _DATE_UNITS:
        day = timedelta(days=0 if back else 1)
        label = f"({first.date() + day},{last.date() + day},{length})"
    else:
        label = f"({first.isoformat()},{last.isoformat()},{length})"
    return Atom(match.start(), match.end(), "whole", label, on=date(now.year, now.month, now.day))


def _set(match: re.Match[str], now: datetime) -> Atom:
    weekday = match["wd"]
    if weekday:
        label = f"XXXX-WXX-{WEEKDAY.index(weekday.replace('天', '日')) + 1}"
    else:
        label = _label([("1", match["unit"])])
    return Atom(match.start(), match.end(), "set", label)


def _now(match: re.Match[str], now: datetime) -> Atom:
    label = "FUTURE_REF" if match[0] in {"马上", "即将"} else "PRESENT_REF"
    return Atom(match.start(), match.end(), "whole", label)


_FREE = r"(?<![0-9一二三四五六七八九十.第])(?!0[0-9])"
_CHAIN = rf"(?:[多又余零]{{0,2}}{_PIECE.pattern})"
_LINK = re.sub(r"\?P<\w+>", "?:", _CHAIN)
_FIRST = rf"(?:半|{SMALL}) ?(?:年半?|个?半?(?:小时|钟头|分钟|秒钟?|周|星期|礼拜|天)(?!岁)半?|个半?月)(?![级代岁前])"
RULES = (
    Rule(
        STARTS + "半",
        re.compile(rf"{_FREE}{_FIRST}{_LINK}{{0,6}}"),
        _duration,
    ),
    Rule(
        STARTS,
        re.compile(
            rf"{_FREE}(?P<n>{SMALL}) ?个?(?P<unit>{_UNIT})(?:[之以])?(?P<side>[前后])(?![期排台门])"
        ),
        _distance,
    ),
    Rule(
        "前过后未接之还上下最近",
        re.compile(
            rf"(?P<way>前|过去|后|未来|接下来|之后|之前|还剩|最近|近)的? ?(?P<n>{SMALL}) ?个?(?P<unit>{_UNIT})(?![0-9又零])"
        ),
        _stretch,
    ),
    Rule("上下", re.compile(r"(?P<way>[上下])(?P<n>一)?个(?P<unit>小时|钟头)"), _stretch),
    Rule(
        "每",
        re.compile(
            r"每(?:个?(?P<unit>天|日|周|星期|礼拜|月|年|小时)(?P<wd>(?<=[周期拜])[一二三四五六日天])?)"
        ),
        _set,
    ),
    Rule("马即现目", re.compile("马上|即将|现在|目前"), _now),
)

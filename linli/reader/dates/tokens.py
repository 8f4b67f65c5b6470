"""The pieces of which a date is made: a number with its unit (2019年, 1-10月, 90年代).

The pattern is led by a set of characters, so that `re` skips everything else in C.
"""

import re
from typing import NamedTuple

from linli.reader.dates.numbers import DIGITS, SIGNS, value
from linli.reader.patterns import lazy

# 至 and 到 join two ends, and so does every dash that typists use.
JOINER = r"(?:-{1,2}|—{1,2}|[–―─~]|至|到)"


class Token(NamedTuple):
    """One piece: low to high (None: low alone) of a unit, counted from what `relation` names.

    unit: year, month, day, full (year, month and day as one number), decade, century, plan;
    relation: "" (the calendar itself), now, same (the date before it) or every.
    """

    start: int
    end: int
    unit: str
    low: int
    high: int | None = None
    relation: str = ""


_UNITS = {
    "": "year",
    "年": "year",
    "学年": "year",
    "月": "month",
    "日": "day",
    "号": "day",
    "世纪": "century",
}
# 3、4月 and 2018、2019年 are lists; in 二、2019年 and 1、2019年 the first number only counts headings.
_LISTED = (
    rf"(?:(?<=[0-9]{{4}})、(?=[0-9]{{4}})|(?<=[0-9])(?<![0-9]{{4}})、(?=[0-9])(?![0-9]{{4}})"
    rf"|(?<=[{DIGITS}十])、(?=[{DIGITS}十]))"
)
# More than four signs are no date; they are taken whole, so that a long run costs one step.
_NUMBERED = lazy(
    rf"(?P<low>[{SIGNS}](?=[{SIGNS}年学月日号季世 )、和与及至到两./—–―─~-])"  # a quick no for most
    rf"[{SIGNS}]{{0,3}}+)"
    rf"(?:[{SIGNS}]++"
    r"|(?P<full>(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9.]))"
    rf"|(?: ?(?:{JOINER}|{_LISTED}) ?(?P<high>[{SIGNS}][{SIGNS}]{{0,3}}+))?"
    r" ?(?P<unit>年代|学?年(?![鉴级])|月|[日号]|季度|世纪|(?=\))|(?=[、和与及]20[0-9]{2}[年两三四])"
    r"|(?=[两三四五]年)))"
)
_RUN_ON = lazy(r"(?<=[0-9〇零○O一二三四五六七八九十a-zA-Z])|(?<=[0-9][-./])")


def numbered(view: str, start: int, end: int) -> list[Token]:
    """Return the numbers with units in view[start:end], in order; they do not overlap."""
    return [
        token
        for match in _NUMBERED.finditer(view, start, end)
        if (token := _token(view, match)) is not None
    ]


def _token(view: str, match: re.Match[str]) -> Token | None:
    """Read a number with its unit; None where it runs on to the left (12019年) or is no number."""
    start, end = match.span()
    unit, full = match["unit"], match["full"]
    if unit is None and full is None:
        return None
    if _RUN_ON.match(view, start) and not _enumerated(view, start, match["low"]):
        return None
    if unit is None:
        year, month, day = (int(part) for part in match[0].split(match["mark"]))
        return Token(start, end, "full", year * 10000 + month * 100 + day)
    if unit == "年代":
        return _decade(start, end, match["low"])
    return _counted(start, end, unit, match["low"], match["high"])


def _counted(start: int, end: int, unit: str, low_text: str, high_text: str | None) -> Token | None:
    low, high = value(low_text), value(high_text) if high_text else None
    if low is None or (high is None and high_text):
        return None
    if unit == "季度":
        return _quarters(start, end, low, high or low)
    return Token(start, end, _UNITS[unit], low, high)


def _enumerated(view: str, start: int, low: str) -> bool:
    """Tell whether the point before a year ends a number of a list: 1.2019年."""
    return len(low) == 4 and view[start - 1] == "."


def _quarters(start: int, end: int, low: int, high: int) -> Token | None:
    """Return quarters as months: 三季度 is July to September."""
    if not 1 <= low <= high <= 4:
        return None
    return Token(start, end, "month", low * 3 - 2, high * 3)


def _decade(start: int, end: int, text: str) -> Token | None:
    """Return a decade: 90年代, 九十年代, 2010年代, 五六十年代 (low 50, high 60)."""
    first, last = (text[0] + "十", text[1:]) if len(text) == 3 else (text, text)
    low, high = value(first), value(last)
    if low is None or high is None or low % 10 or high % 10:
        return None
    return Token(start, end, "decade", low, high)

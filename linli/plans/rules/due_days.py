"""Days as breakdown tables write them: 2026年6月底, 2026.6.30, 6月, 年底, 第二季度, 1—6月.

A promise "by the end of June" is kept if it is done on the last day of June: a month, a quarter and a year
mean their last day. What could be two days ("6.3" is what a spreadsheet makes of 6.30) means none, because
a wrong day in the ledger is worse than a row sent back to whoever wrote it.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR_IN_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_NUMBER_IN_WORDS = re.compile(
    r"([一二三]?十[一二三四五六七八九]?|[一二三四](?=个?季)|[一二三四五六七八九](?=[月日号]))"
)
_PARTS = re.compile(r"[,;。、]")
_RANGE = re.compile(r"[—–―~～至到]+|(?<=[年月日])-|-(?=\d{1,2}月)")
_FRONT = re.compile(r"^(?:于|在|力争|截止|截|按期)+")
_TAIL = re.compile(r"(?:之前|以前|前|止|左右)?(?:全部|基本)?(?:完成|落实|办结|结束)?$")
_YEAR = re.compile(r"(?P<year>\d{4})年?度?")
_THIS_YEAR = re.compile(r"(?:今年|本年度?|当年)(?=.)")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_MONTH = re.compile(r"[-./]?(\d{1,2})(月?)份?(上旬|中旬|下旬|底|末|)")
_QUARTER = re.compile(r"第?([1-4])个?季度?[底末]?")
_HALVES = {"上半年": 6, "年中": 6, "下半年": 12}
_WHOLE_YEAR = re.compile(r"(?:全年|年内|年底|年末|年终|年|)")
_OPEN = re.compile(r"长期|持续|常态|每年|每月|每季|全程|贯穿|ongoing|continu", re.IGNORECASE)
_SIMPLIFIED = str.maketrans("長續態號個終內當爭辦結間貫", "长续态号个终内当争办结间贯")


def is_open_ended(words: str) -> bool:
    """Return whether the words name no day on purpose: long-term, every year."""
    return bool(_OPEN.search(_plain(words)))


def due_day(words: str, *, year: int) -> date | None:
    """Return the last day that keeps the promise, or None when the words name no one day.

    year: the one meant where the words name none.
    """
    days = {_of_range(part, year) for part in _PARTS.split(_plain(words))} - {None}
    return days.pop() if len(days) == 1 else None


def _plain(words: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", words).split()).translate(_SIMPLIFIED)
    plain = _YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), plain)
    return _NUMBER_IN_WORDS.sub(lambda found: str(_number(found[0])), plain)


def _number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(ones.translate(_DIGITS))
    return 10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)


def _of_range(words: str, year: int) -> date | None:
    *before, last = _RANGE.split(words)
    for part in before:
        if named := re.match(r"\d{4}(?!\d)", part):
            year = int(named[0])
    return _of_day(_TAIL.sub("", _FRONT.sub("", last)), year)


def _of_day(words: str, year: int) -> date | None:
    if whole := _DAY.fullmatch(words):
        return _day(int(whole[1]), int(whole[2]), int(whole[3]))
    rest, named = words, False
    if found := _YEAR.match(words):
        year, rest, named = int(found["year"]), words[found.end() :], True
    elif found := _THIS_YEAR.match(words):
        rest, named = words[found.end() :], True
    if not rest and not named:
        return None
    if of_year := _DAY_OF_YEAR.fullmatch(rest):
        return _day(year, int(of_year[1]), int(of_year[2]))
    return _of_span(rest, year, named=named)


def _of_span(rest: str, year: int, *, named: bool) -> date | None:
    """Return the last day of what is shorter than a year or the year itself."""
    if quarter := _QUARTER.fullmatch(rest):
        return _day(year, 3 * int(quarter[1]), None)
    for name, month in _HALVES.items():
        if rest.removesuffix("底").removesuffix("末") == name:
            return _day(year, month, None)
    if found := _MONTH.fullmatch(rest):
        # A bare number is a month after "2026." alone, and 2026.1 may have been 2026.10.
        said = bool(found[2]) or (rest[0] in "-./" and rest != ".1")
        tenth = {"上旬": 10, "中旬": 20}.get(found[3])
        return _day(year, int(found[1]), tenth) if said else None
    whole = _WHOLE_YEAR.fullmatch(rest) or (named and rest in {"底", "末"})
    return _day(year, 12, 31) if whole else None


def _day(year: int, month: int, day: int | None) -> date | None:
    """Return the day, the month's last where none is given; None when there is no such day."""
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    return (
        date(year, month, last if day is None else day) if (day or 1) <= last and day != 0 else None
    )

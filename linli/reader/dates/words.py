"""Words that are dates (去年, 上半年, 当日, “十三五”), with the neighbours that make them none."""

import re

from linli.reader.dates.numbers import value
from linli.reader.dates.tokens import Token
from linli.reader.patterns import lazy

# unit, what it is counted from -> word (barred from 失去年轻, 三次年会, 今日头条 …) -> how far away
_SHIFTS = {
    ("year", "now"): {
        "今年(?![轻均龄]|[0-9一二三四五六七八九十]{1,3}岁)": 0,
        "本年(?<!基本年)(?![级龄])": 0,
        "去年(?<![过失离]去年)(?![轻均龄]|同期)": -1,
        "前年(?<![年月日天个以之目]前年)(?![轻均产收龄])": -2,
        "明年(?<![文光]明年)(?![轻均])": 1,
        "后年(?<![年月日天个以之今]后年)(?![轻均产收龄])": 2,
    },
    ("year", "same"): {
        "同年(?![级龄])": 0,
        "当年(?!的)": 0,
        "次年(?<![0-9一二两三多]次年)(?![会度])": 1,
        "翌年": 1,
    },
    ("year", "every"): {"每年": 0},
    ("month", "now"): {
        "本月": 0,
        "上月(?<!以上月)": -1,
        "上个月(?<!以上个月)": -1,
        "下月(?<!以下月)": 1,
        "下个月(?<!以下个月)": 1,
    },
    ("month", "same"): {"当月": 0},
    ("day", "now"): {
        "今日(?<![到至像的]今日)(?!头条|的|之|报)": 0,
        "今天(?<![到至像的]今天)(?!的)": 0,
        "昨日(?!的|之)": -1,
        "昨天(?!的)": -1,
        "明日(?=[,起将]|[上下]午|[早晚])": 1,
        "明天(?=[,起将]|[上下]午|[早晚])": 1,
        "前天(?<![目日之以]前天)(?!气)": -2,
    },
    ("day", "same"): {
        "当日(?=,|[上下]午|[早晚])": 0,
        "同日(?=,|[上下]午|[早晚])": 0,
        "当天(?=,|[上下]午|[早晚])": 0,
    },
}
_MEANING = {
    re.sub(r"\(\?.*?\)", "", word): (unit, relation, shift)
    for (unit, relation), words in _SHIFTS.items()
    for word, shift in words.items()
}
_SPANS = {
    "上半年": ("month", 1, 6),
    "下半年": ("month", 7, 12),
    "元月": ("month", 1, None),
    "上世纪": ("century", 20, None),
}
_PLAN = {"十": 10, "": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_WORDED = lazy(
    "|".join([word for words in _SHIFTS.values() for word in words] + list(_SPANS))
    + r"|前(?:(?P<quarters>[一二两三123])个?季度|(?P<months>[0-9一二两三四五六七八九十]{1,2})个月)"
    r"|第(?P<quarter>[一二三四1234])季度"
    r"|十(?P<plan>[一二三四五]?)五(?=[”〞\"」』]?(?:时?期|以来|末|初))"
    r"|九(?P<ninth>)五(?=[”〞\"」』]?(?:时?期|以来|末))"
)


def worded(view: str, start: int, end: int) -> list[Token]:
    """Return the words in view[start:end] that are dates, in order; they do not overlap."""
    return [
        token
        for match in _WORDED.finditer(view, start, end)
        if (token := _token(view, match)) is not None
    ]


def _token(view: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    meaning = _MEANING.get(match[0])
    if meaning:
        unit, relation, shift = meaning
        return Token(start, end, unit, shift, None, relation)
    span = _SPANS.get(match[0])
    if span:
        return Token(start, end, *span)
    group = match.lastgroup
    if group in {"plan", "ninth"}:
        return _plan(view, start, end, 9 if group == "ninth" else 10 + _PLAN[match["plan"]])
    number = value(match[str(group)].replace("两", "二")) or 0
    return _months(start, end, str(group), number)


def _months(start: int, end: int, counted: str, number: int) -> Token | None:
    """Return 前三季度, 第三季度 or 前10个月 as months of a year."""
    low, high = {
        "quarters": (1, number * 3),
        "quarter": (number * 3 - 2, number * 3),
        "months": (1, number),
    }[counted]
    return Token(start, end, "month", low, high) if high <= 12 else None


def _plan(view: str, start: int, end: int, number: int) -> Token:
    """Return the years of a five-year plan, its quotation marks included: the 13th is 2016 to 2020.

    The plans have followed each other without a gap since the third (1966).
    """
    opened = start and view[start - 1] in '“"「『'
    closed = view[end : end + 1] in {"”", "〞", '"', "」", "』"}
    if opened and closed:
        start, end = start - 1, end + 1
    first = 1951 + 5 * number
    tail = view[end : end + 1]
    if tail in {"初", "末"}:
        return Token(start, end + 1, "year", first if tail == "初" else first + 4)
    return Token(start, end, "plan", first, first + 4)

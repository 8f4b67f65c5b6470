"""How a figure is said in a sentence: its bound, its unit, its change. Chinese in Simplified script, and English. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, NamedTuple

from linli.facts.rules.intervals import apart, interval
from linli.facts.rules.periods import Period, shown

# 100,000 people are 10万人; what that cannot say without loss stays in digits.
_MYRIADS: Final = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_MOST_DIGITS: Final = 4
_TENTH: Final = Decimal("0.1")
_BOUNDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh-hans": {
        "exact": "", "approx": "约", "approx_below": "近", "more_than": "超过", "at_least": "不少于",
        "at_most": "不超过", "less_than": "不足",
    },
    "en": {
        "exact": "", "approx": "about ", "approx_below": "almost ", "more_than": "more than ",
        "at_least": "at least ", "at_most": "at most ", "less_than": "less than ",
    },
}  # fmt: skip
PERCENT: Final = "%"
# 近3天 are the last three days; 将近3天 are almost three.
_LASTING: Final = frozenset(("分钟", "小时", "天", "个月", "年"))


class Stated(NamedTuple):
    """A value with its bound, and the words of its unit ("%" for a share)."""

    value: Decimal
    bound: str
    unit: str

    @property
    def exact(self) -> bool:
        """Whether it is neither about nor more than."""
        return self.bound == "exact"


class Piece(NamedTuple):
    """Some words. of: "now" or "before" when they are what the fact of then states, "" for words between."""

    words: str
    of: str = ""


def plain(value: Decimal) -> str:
    """Return a number alone, as a cell of a sheet takes it: no groups, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(stated: Stated, language: str) -> str:
    """Return a figure as a sentence says it: 近10万人, 300余人, almost 100,000 people."""
    before = _BOUNDS[language][stated.bound]
    if language == "en":
        number = _grouped(stated.value)
        return f"{before}{number}{stated.unit}" if stated.unit == PERCENT else f"{before}{number} {stated.unit}".rstrip()  # fmt: skip
    if before == "近" and stated.unit in _LASTING:
        before = "将近"
    share, myriad = _in_myriads(stated.value)
    number = _grouped(share).replace(",", "") if myriad or share < 10_000 else _grouped(share)
    round_number = share % 10 == 0 and share > 0 and stated.unit != PERCENT
    if stated.bound == "more_than" and round_number:
        return f"{number}余{myriad}{stated.unit}"
    return f"{before}{number}{myriad}{stated.unit}"


def changed(before: Stated, now: Stated, language: str) -> tuple[Piece, ...]:
    """Return by how much a figure grew, absolutely and in percent. Of what is not exact: from which to which."""
    if not (before.exact and now.exact):
        return moved(before, now, language)
    by = now.value - before.value
    if not by:
        return (Piece("unchanged" if language == "en" else "与上年持平", "now"),)
    if now.unit == PERCENT:
        return (Piece(_points(by, language), "now"),)
    much = said(Stated(abs(by), "exact", now.unit), language)
    grown = _percent(by, before.value)
    if language == "en":
        words = f"{'up' if by > 0 else 'down'} {much}" + (f" ({grown}%)" if grown else "")
    else:
        words = f"{'增加' if by > 0 else '减少'}{much}"
        words += f"，{'增长' if by > 0 else '下降'}{grown}%" if grown else ""
    return (Piece(words, "now"),)


def moved(before: Stated, now: Stated, language: str) -> tuple[Piece, ...]:
    """Return what it was and what it is: 由22.88%降至0.26%. Up or down only where nothing can be meant but that."""
    was, becomes = said(before, language), said(now, language)
    if language == "en":
        return Piece("from "), Piece(was, "before"), Piece(" to "), Piece(becomes, "now")
    way = "变为"
    if apart(interval(*before[:2]), interval(*now[:2])):
        way = "升至" if now.value > before.value else "降至"
    return Piece("由"), Piece(was, "before"), Piece(way), Piece(becomes, "now")


def named(name: str, stated: Stated, language: str) -> tuple[Piece, ...]:
    """Return a whole phrase: what is counted, and how many."""
    between = ": " if language == "en" else "为"
    return Piece(f"{name}{between}"), Piece(said(stated, language), "now")


def year_before(period: Period) -> Period | None:
    """Return the same days a year earlier, None before the first year that there is."""
    if period.start.year == 1:
        return None
    return Period(_year_back(period.start), _year_back(period.until))


def period_words(period: Period, language: str) -> str:
    """Return a period as a head of a table says it: 2024年, 2024年3月, 2016–2020年."""
    first, _slash, last = shown(period).partition("/")
    if language == "en":
        return f"{first}–{last}" if last else first
    if last and len(last) == 4:
        return f"{first}–{last}年"
    return "–".join(_chinese(part) for part in (first, last) if part)


def _chinese(iso: str) -> str:
    numbers = [str(int(part)) for part in iso.split("-")]
    return "".join(f"{number}{word}" for number, word in zip(numbers, "年月日", strict=False))


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - 1, month=3, day=1)


def _in_myriads(value: Decimal) -> tuple[Decimal, str]:
    for myriad, word in _MYRIADS:
        share = value / myriad
        if abs(share) >= 1 and share == round(share, _MOST_DIGITS):
            return share, word
    return value, ""


def _grouped(value: Decimal) -> str:
    whole, _point, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _points(by: Decimal, language: str) -> str:
    much = plain(abs(by))
    if language == "en":
        return f"{'up' if by > 0 else 'down'} {much} percentage points"
    return f"{'上升' if by > 0 else '下降'}{much}个百分点"


def _percent(by: Decimal, before: Decimal) -> str:
    """Return by how many percent something changed, to one digit; "" of nothing, below nought, or too little to say."""
    if before <= 0:
        return ""
    try:
        grown = (abs(by) / before * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return ""
    return plain(grown) if grown else ""

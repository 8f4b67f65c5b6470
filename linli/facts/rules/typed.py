"""Values as people type them into tables: 1,125,240 · 近10万 · 300余 · ≥ 95.5 %. Pure."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from linli.facts.rules.statements import Statement, fault

_BEFORE = {
    "约": "approx", "約": "approx", "大约": "approx", "大約": "approx", "about": "approx", "~": "approx",
    "近": "approx_below", "将近": "approx_below", "接近": "approx_below", "almost": "approx_below",
    "超": "more_than", "超过": "more_than", "超過": "more_than", "逾": "more_than", ">": "more_than",
    "more than": "more_than", "至少": "at_least", "不少于": "at_least", "不低于": "at_least",
    "不少於": "at_least", "不低於": "at_least", "≥": "at_least", ">=": "at_least",
    "at least": "at_least", "至多": "at_most", "不超过": "at_most", "不超過": "at_most", "≤": "at_most",
    "<=": "at_most", "at most": "at_most", "不足": "less_than", "不到": "less_than", "<": "less_than",
    "less than": "less_than",
}  # fmt: skip
_AFTER = {
    "余": "more_than", "餘": "more_than", "多": "more_than", "+": "more_than", "以上": "at_least",
    "以下": "at_most", "以内": "at_most", "以內": "at_most", "左右": "approx", "上下": "approx",
}  # fmt: skip
_EXACTLY = {"", "exact", "exactly", "准确", "確切", "确切", "精确", "精確"}
_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_PLAIN = str.maketrans("0123456789.,%+-−()", "0123456789.,%+--()")


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_VALUE = re.compile(
    rf"(?P<before>{_either(_BEFORE)})?\s*"
    r"(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*"
    rf"(?P<over>[余餘多])?(?P<scale>[万萬亿億])?\s*(?P<percent>%)?\s*(?P<after>{_either(_AFTER)})?",
    re.IGNORECASE,
)
# What nearly all cells hold; too short to be too precise or too large.
_EASY = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


class Typed(NamedTuple):
    """A value read from a cell, or the code of why not; percent: a % stood behind it."""

    statement: Statement | None
    percent: bool = False
    wrong: str = ""


@lru_cache(maxsize=65_536)
def typed(value: str, bound: str = "") -> Typed:
    """Read a cell's text and, from a column of its own, how firmly it is meant."""
    if not bound and _EASY.fullmatch(value):
        return Typed(Statement(Decimal(value)))
    match = _VALUE.fullmatch(value.translate(_PLAIN).strip())
    if not match:
        return Typed(None, wrong="not_a_number")
    before = _BEFORE.get((match["before"] or "").lower(), "")
    after = _AFTER.get(match["after"] or match["over"] or "", "")
    firm = {before, after, _bound(bound)} - {""}
    if len(firm) > 1:
        return Typed(None, wrong="unknown_bound")
    number = Decimal(match["number"].replace(",", "")).scaleb(_SCALES.get(match["scale"] or "", 0))
    statement = Statement(number, "".join(firm) or "exact")
    if wrong := fault(statement):
        return Typed(None, wrong=wrong)
    return Typed(statement, bool(match["percent"]))


def _bound(text: str) -> str:
    """Return the bound of a column's words, "" for none; words that nobody knows stay themselves."""
    plain = text.strip().lower()
    if plain in _EXACTLY:
        return ""
    return _BEFORE.get(plain) or _AFTER.get(plain) or plain

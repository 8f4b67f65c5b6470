"""Amounts of money with their minor units and signs: 五元三毛, 人民币50元, ￥300."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from linli.reader import numerals, units
from linli.reader.patterns import lazy

_MINOR = {
    "角": "0.1",
    "毛": "0.1",
    "分": "0.01",
    "美分": "0.01",
    "日本銭": "0.01",
    "日本钱": "0.01",
}
_TAIL = lazy(rf"又?({numerals.NUMERAL})(美分|日本[銭钱]|角|毛|分)(?!大楼|钟|之|别)")
_SIGNS = {
    "¥": "CNY",
    "￥": "CNY",
    "$": "USD",
    "人民币": "CNY",
    "US$": "USD",
    "HK$": "HKD",
    "€": "EUR",
    "£": "GBP",
}


class Amount(NamedTuple):
    """Characters [start, end), the value and the ISO code of its currency."""

    start: int
    end: int
    value: Decimal
    currency: str


def find(view: str) -> Iterator[Amount]:
    """Yield every amount of money of a folded text."""
    resume = 0
    for numeral in numerals.find(view):
        if numeral.start >= resume and (amount := _amount(view, numeral, floor=resume)):
            yield amount
            resume = amount.end


def minor(view: str, end: int) -> tuple[Decimal, int]:
    """Return what 三毛五分 behind an amount adds to it, and where that ends; 0 when there is none."""
    added = Decimal(0)
    while match := _TAIL.match(view, end):
        added += numerals.value(match[1]) * Decimal(_MINOR[match[2]])
        end = match.end()
    return added, end


def sign(view: str, start: int, *, floor: int) -> tuple[str, int] | None:
    """Return (currency, where it begins) of a sign or name before an amount (￥300), or None."""
    before = start
    while before > floor and start - before < 3 and view[before - 1] == " ":
        before -= 1
    for length in (3, 1):
        if currency := _SIGNS.get(view[max(floor, before - length) : before]):
            return currency, before - length
    return None


def _amount(view: str, numeral: numerals.Numeral, *, floor: int) -> Amount | None:
    gap = numeral.end + (view[numeral.end : numeral.end + 1] == " ")
    word = units.at(view, gap)
    signed = sign(view, numeral.start, floor=floor)
    start = signed[1] if signed else numeral.start
    if word is None or word.unit.kind != "money":
        return Amount(start, numeral.end, numeral.value, signed[0]) if signed else None
    added, end = minor(view, word.end)
    return Amount(start, end, numeral.value + added, word.unit.name)

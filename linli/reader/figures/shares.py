"""Shares of a hundred in all their spellings: 12%, 百分之五, 三成半, 七五折, 2.4个百分点."""

from collections.abc import Iterator
from decimal import Decimal

from linli.reader import numerals
from linli.reader.numerals import NUMERAL, Numeral
from linli.reader.patterns import lazy

_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_OF_HUNDRED = rf"[百佰千仟万]{{1,4}}分之{NUMERAL}(?: ?[kK])?"
_MARKED = rf"[-负]?{NUMERAL}(?: ?[kK])?(?:%(?![0-9A-F]{{2}})|个?百分点)"
_TENTHS = rf"(?:半|{NUMERAL})[成折](?:半|[一二三四五六七八九](?![{numerals.CHINESE}0-9,个]))?"
_SHARE = lazy(rf"{_OF_HUNDRED}|(?<![0-9%.]){_MARKED}|打对折|{_TENTHS}")
_NOT_BEFORE = frozenset(numerals.CHINESE)


def find(view: str) -> Iterator[Numeral]:
    """Yield every share of a folded text with its value in per cent."""
    for match in _SHARE.finditer(view):
        start = match.start() + match.group().startswith("打")
        surface = view[start : match.end()]
        if view[start - 1 : start] in _NOT_BEFORE and start > 0:
            continue
        try:
            yield Numeral(start, match.end(), percent(surface))
        except (ValueError, ArithmeticError):
            continue


def percent(surface: str) -> Decimal:
    """Return a share in per cent: 三成半 is 35, 千分之一 is 0.1. Raises ValueError when it is none."""
    if surface == "对折":
        return Decimal(50)
    below, over, above = surface.partition("分之")
    if over:
        return _number(above) * _HUNDRED / numerals.value(below)
    if surface[-1] in "%点":
        amount = surface.removesuffix("%").removesuffix("百分点").removesuffix("个")
        return -_number(amount[1:]) if amount[0] in "-负" else _number(amount)
    return _tenths(surface)


def _number(surface: str) -> Decimal:
    """Return the value of a numeral that is no pair of neighbours (二三十个百分点 is no share)."""
    if numerals.is_pair(surface):
        raise ValueError(f"not one number: {surface}")
    return (
        numerals.value(surface[:-1].rstrip()) * 1000
        if surface[-1] in "kK"
        else numerals.value(surface)
    )


def _tenths(surface: str) -> Decimal:
    """Return the per cents of 三成半, 七成六, 6.5折, 七五折."""
    mark = "成" if "成" in surface else "折"
    tenths, _, rest = surface.partition(mark)
    if tenths == "半":
        return Decimal(50) if mark == "折" else Decimal(5)
    amount = numerals.value(tenths)
    if mark == "折" and amount > _TEN:
        return amount  # 七五折 is 75 %
    if mark == "折" and amount == _TEN:
        raise ValueError("no reduction")
    extra = _HALF * 10 if rest == "半" else numerals.value(rest) if rest else Decimal(0)
    return amount * _TEN + extra

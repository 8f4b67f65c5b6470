"""What else belongs to an amount: halves, hundredths, minor coins, a minus, minutes and seconds."""

from decimal import Decimal

from linli.reader import units
from linli.reader.figures import money
from linli.reader.patterns import lazy
from linli.reader.units import Word

_HALF = Decimal("0.5")
_HUNDREDTHS = lazy("[0-9]{2}(?![0-9.万亿个项名人岁]|,[0-9])")
_COINS = frozenset("0123456789一二两三四五六七八九又")
_MORE = _COINS | {"半"}
_NOT_HALF = frozenset("年天月数价路夜")
_CLOCKED = lazy("([0-9]{1,2})分([0-9]{1,2})秒([0-9]{2}(?![0-9]))?")


def goes_on(view: str, word: Word) -> bool:
    """Tell whether `with_rest` has anything to look at."""
    return view[word.end : word.end + 1] in _MORE or word.plain.startswith("个半")


def with_rest(view: str, amount: Decimal, word: Word) -> tuple[Decimal, int]:
    """Return amount and end with the half of 一年半, the hundredths of 8米36, the coins of 五元三角."""
    if word.plain.startswith("个半"):
        return amount + _HALF, word.end
    following = view[word.end : word.end + 1]
    if word.plain in ("米", "秒") and (tail := _HUNDREDTHS.match(view, word.end)):
        return amount + Decimal(f"0.{tail.group()}"), tail.end()
    if word.unit.kind == "money" and following in _COINS and following:
        coins, end = money.minor(view, word.end)
        return amount + coins, end
    if _is_half(view, word):
        return amount + _HALF, word.end + 1
    return amount, word.end


def _is_half(view: str, word: Word) -> bool:
    return (
        view.startswith("半", word.end)
        and word.unit.name in units.MEASURED
        and view[word.end + 1 : word.end + 2] not in _NOT_HALF
    )


def is_negative(view: str, start: int, *, floor: int) -> bool:
    """Tell whether a minus (not a range) or 零下 stands before a share or a temperature."""
    if start == floor:
        return False
    if view[start - 1] == "-":
        earlier = view[start - 2 : start - 1] if start - floor > 1 else ""
        return not (earlier.isascii() and earlier.isalnum()) and earlier not in ("%", "℃", "度")
    return view[max(floor, start - 2) : start] == "零下"


def clocked(view: str, start: int) -> tuple[Decimal, int] | None:
    """Return (seconds, end) of a performance such as 2分04秒90, or None."""
    match = _CLOCKED.match(view, start)
    if match is None:
        return None
    seconds = Decimal(int(match[1]) * 60 + int(match[2]))
    return seconds + Decimal(f"0.{match[3] or 0}"), match.end()

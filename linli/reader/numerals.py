"""Numerals as Chinese pages print them, and what they are worth, exactly.

Arabic, Chinese, financial and mixed (3.03亿, 8500多万, 二〇一六, 三百五, 三分之一). Patterns match on
the folded view (see `article.fold`); none can fail after its first character, so scanning is linear.
"""

from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from linli.reader.patterns import lazy

_DIGITS = {
    **dict.fromkeys("零〇○", 0),
    **dict.fromkeys("一壹弌", 1),
    **dict.fromkeys("二贰两俩弍", 2),
    **dict.fromkeys("三叁弎", 3),
    **dict.fromkeys("四肆", 4),
    **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆", 6),
    **dict.fromkeys("七柒", 7),
    **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LUMPS = {"廿": 20, "卅": 30}
_MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_DOZEN = 12

SCALE = "十百千万亿兆"
CHINESE = "零〇○一二两三四五六七八九十百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩"
_ARABIC = (
    r"(?:[0-9]{1,3}(?>(?:,[0-9]{3}(?![0-9]))+)(?:\.[0-9]++)?"  # 1,234,567.8
    r"|[0-9]{1,3}(?>(?: [0-9]{3}(?![0-9]))+)(?:\.[0-9]++)?(?= ?[多余]?[万亿元人名个户件])"  # 3 000万, thin spaces
    r"|[0-9]++(?:\.[0-9]++|。[0-9]{1,4}(?=[多余]?[万亿%]))?)"  # 5。5万 is a garbled 5.5万
)
# A scale written behind "odd" (8500多万, 二十几亿) belongs to the numeral.
_ODD = rf"(?: ?[多余几]{{1,2}}[{SCALE}]++)?"
# 十百 is no numeral: 七十百分位 ends at 七十.
_WHOLE = (
    "(?>(?:[零〇○一二两三四五六七八九十万亿兆壹贰叁肆伍陆柒捌玖拾廿卅俩]|(?<![十拾])[百千佰仟])+)"
)
NUMERAL = (
    rf"(?:{_ARABIC}(?>(?:[{SCALE}]++| (?=[万亿])|(?<=[{SCALE}])零?[0-9]++(?:\.[0-9]++)?)*){_ODD}"
    rf"|{_WHOLE}(?:点[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]++(?![十分])[万亿]*+)?{_ODD})"
)
"""Pattern piece: one numeral with its scale, unsigned, without brackets or named groups."""

_LONGEST_LINE = 2**15
_VOCABULARY = 100
LONGEST = 80  # characters; longer runs are identifiers, not amounts
_EXACT = Context(prec=2 * LONGEST + 40)
_SIMPLE = lazy(r"([0-9][0-9., 。]*)[多余几来]*([十百千万亿兆]*)")
_TOKEN = lazy(rf"[0-9]+(?:[, ][0-9]{{3}})*(?:[.。][0-9]+)?|[{CHINESE}弌弍弎]")
_PARTING = lazy("，(?=[0-9])(?!0[0-9]{2}(?![0-9]))")
_PAIR = lazy("(?:一二|两三|二三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万亿多]|$)")
_ASCII_DIGITS = frozenset("0123456789")
_POSITIONAL = lazy("([零〇○一二三四五六七八九]{3,})([万亿]+)$")  # 一六八〇万
_ODD_MARKS = str.maketrans("", "", "多余几来 ")


class Numeral(NamedTuple):
    """Characters [start, end) and what they are worth."""

    start: int
    end: int
    value: Decimal


@lru_cache(2**11)  # most numbers of a text are small and come again
def value(surface: str) -> Decimal:
    """Return what a numeral is worth, its scale resolved: 3.03亿 is 303000000.

    "Odd" marks (余, 多, 几) are skipped. 三分之一 is rounded to 28 digits, all else is exact.
    Raises ValueError when `surface` is not a numeral or is longer than 80 characters.
    """
    if len(surface) > LONGEST:
        raise ValueError("longer than any amount")
    if surface.isdecimal() and surface.isascii():
        return Decimal(surface)
    if simple := _SIMPLE.fullmatch(surface):
        return _scaled(simple[1], simple[2])
    if surface[:1] in ("-", "负"):
        return -value(surface[1:])
    if "分之" in surface:
        return _fraction(surface)
    if surface.endswith("打"):
        return value(surface[:-1]) * _DOZEN
    whole, point, rest = surface.partition("点")
    return _with_point(whole, rest) if point else _plain(surface.translate(_ODD_MARKS))


def is_dump(view: str, start: int, end: int) -> bool:
    """Tell whether a line [start, end) is longer than any paragraph and made of few characters.

    So much Chinese prose has hundreds of different ones. Nobody wrote such a line to be read, and to
    weigh its millions of numbers would take minutes.
    """
    step = (end - start) // _LONGEST_LINE
    return step > 0 and len(set(view[start:end:step])) < _VOCABULARY


def part(text: str, view: str) -> str:
    """Return `view` with the full-width commas that part two half-width numbers (20，300人) kept.

    Folded, they would look like thousands separators. text: the raw text; same length.
    """
    places = [
        match.start()
        for match in _PARTING.finditer(text)
        if match.start() and text[match.start() - 1] in _ASCII_DIGITS
    ]
    if not places:
        return view
    marks = list(view)
    for place in places:
        marks[place] = "，"
    return "".join(marks)


def is_pair(surface: str) -> bool:
    """Tell whether a numeral names two neighbouring digits, 二三十 or 七八万: a vague number."""
    return _PAIR.search(surface) is not None and "点" not in surface


def _scaled(digits: str, scales: str) -> Decimal:
    try:
        amount = Decimal(digits.replace(",", "").replace(" ", "").replace("。", "."))
    except InvalidOperation as error:
        raise ValueError(f"not a numeral: {digits}") from error
    for scale in scales:
        amount = _EXACT.multiply(amount, _TENS.get(scale) or _MYRIADS[scale])
    return amount


def _fraction(surface: str) -> Decimal:
    below, _, above = surface.partition("分之")
    whole, mixed, below_only = below.rpartition("又")
    bottom = value(below_only)
    if not bottom:
        raise ValueError("division by zero")
    share = value(above) / bottom
    return value(whole) + share if mixed else share


def _with_point(whole: str, rest: str) -> Decimal:
    decimals = rest.rstrip("万亿")
    if not decimals or any(mark not in _DIGITS for mark in decimals):
        raise ValueError(f"no numeral after the point: {rest}")
    digits = "".join(str(_DIGITS[mark]) for mark in decimals)
    return _scaled(f"{_plain(whole)}.{digits}", rest[len(decimals) :])


def _plain(surface: str) -> Decimal:
    """Return the value of a whole numeral: positional (二〇一六) or with scales (三百五)."""
    if not surface:
        raise ValueError("empty numeral")
    if len(surface) == 2 and is_pair(surface):  # 三四个: the lower of two neighbours
        surface = surface[0]
    if all(mark in _DIGITS for mark in surface):
        return Decimal("".join(str(_DIGITS[mark]) for mark in surface))
    if surface[-1] == "半":
        return _plain(surface[:-1]) + Decimal("0.5") if surface[:-1] else Decimal("0.5")
    if lead := _POSITIONAL.match(surface):
        return _scaled(str(_plain(lead[1])), lead[2])
    tokens = _TOKEN.findall(surface)
    if "".join(tokens) != surface:
        raise ValueError(f"not a numeral: {surface}")
    return _Sum().of(tokens)


class _Sum:
    """A numeral being added up: below 万, the 万 part, the 亿 part, and the digit in hand."""

    def __init__(self) -> None:
        self.low = self.mid = self.high = Decimal(0)
        self.digit: Decimal | None = None
        self.step = 1  # worth of the last scale, for the ellipsis in 三百五

    def of(self, tokens: list[str]) -> Decimal:
        for part in tokens:
            if part in _TENS:
                self._tens(_TENS[part])
            elif part in _MYRIADS:
                self._myriad(_MYRIADS[part])
            else:
                self._take(part)
        if self.digit is not None and self.step >= 100 and tokens[-1] in _DIGITS:
            self.digit *= self.step // 10
        return self.high + self.mid + self.low + (self.digit or Decimal(0))

    def _take(self, part: str) -> None:
        if part in _LUMPS:
            self.low += _LUMPS[part]
        elif part not in _DIGITS:
            self.digit = Decimal(part.replace(",", "").replace(" ", "").replace("。", "."))
        elif part in "零〇○":
            self.step = 1
        elif self.digit is None:  # of two neighbours (二三十) the lower one counts
            self.digit = Decimal(_DIGITS[part])

    def _tens(self, worth: int) -> None:
        self.low += worth if self.digit is None else self.digit * worth
        self.digit, self.step = None, worth

    def _myriad(self, worth: int) -> None:
        held = self.low + (self.digit or Decimal(0))
        if worth == _MYRIADS["万"]:
            self.mid = self.mid + held * worth if held else (self.mid or Decimal(1)) * worth
        else:
            below = held + self.mid + (self.high if worth == _MYRIADS["兆"] else 0)
            above = Decimal(0) if worth == _MYRIADS["兆"] else self.high
            self.high = above + (below or 1) * worth
            self.mid = Decimal(0)
        self.low, self.digit, self.step = Decimal(0), None, worth


# ---------------------------------------------------------------- every numeral of a text

_SIGN = "(?:(?<![0-9.-])[-负])?"
_POWER = (
    r"(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:\^[-+]{0,2}[0-9]{1,3}|[eE][-+]?[0-9]{1,2})(?![0-9])"
)
_HALVES = r"(?:[0-9]{1,9} )?[0-9]{1,9}/[0-9]{1,9}(?![0-9/])"
_PLAIN = rf"(?:{NUMERAL}(?: ?[kKM](?![A-Za-z])|打(?![击造开]))?|半百|(?<![0-9.])\.[0-9]++)"
_OVER = rf"(?:{NUMERAL}又)?{NUMERAL}分之负?{NUMERAL}"
_WRITTEN = lazy(rf"{_SIGN}(?:{_POWER}|{_HALVES}|{_OVER}|{_PLAIN})")
_LETTERS = {"k": 1000, "K": 1000, "M": 10**6}
_SHARE = frozenset("百千万")  # 百分之五 is five per cent: the number is 五
_FIXED = lazy(
    "万+(?![0-9])|[一两二三]*(?:[一壹]切|一看|一样|一起|一定|一般|一直|一下|四川|五粮|十足|陆地|陆续|两两|一共|一旦)"
)
_ROUNDED = Context(prec=28)
_SCIENTIFIC = lazy(r"(?:[0-9]+)?(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ALONE_NEVER = frozenset("陆伍肆拾参俩兆百千")


def find(view: str) -> Iterator[Numeral]:
    """Yield every numeral of a folded text, whether or not it counts something.

    Reads signs, fractions, powers (2^5, 1.2e3), 40k and dozens too, which reports do not use.
    """
    position = 0
    while match := _WRITTEN.search(view, position):
        position = match.end()
        found = _numeral(view, match.start(), position)
        if found:
            yield found
            position = found.end


def _numeral(view: str, start: int, end: int) -> Numeral | None:
    surface = view[start:end]
    below, over, above = surface.partition("分之")
    if over and below in _SHARE:
        start, surface = end - len(above), above
    if end - start > LONGEST or surface in _ALONE_NEVER or _FIXED.match(view, start):
        return None
    try:
        return Numeral(start, end, _written(surface))
    except (ValueError, ArithmeticError):
        return None


def _written(surface: str) -> Decimal:
    if surface[0] in "-负":
        return -_written(surface[1:])
    if surface == "半百":
        return Decimal(50)
    if surface[-1] in _LETTERS:
        return _written(surface[:-1].rstrip()) * _LETTERS[surface[-1]]
    base, power, exponent = surface.partition("^")
    if power:
        raised: Decimal = _ROUNDED.power(
            Decimal(base), int(exponent.replace("--", "").replace("+", ""))
        )
        return raised
    if "/" in surface:
        whole, _, share = surface.rpartition(" ")
        above, _, below = share.partition("/")
        return Decimal(whole or 0) + Decimal(above) / Decimal(below)
    return Decimal(surface) if _SCIENTIFIC.fullmatch(surface) else value(surface)

"""A figure in the making: one numeral with its unit, its value in that unit, and its bound."""

from decimal import Decimal
from typing import NamedTuple

from linli.reader import numerals
from linli.reader.figures import amounts, bounds, nouns
from linli.reader.units import Unit, Word

_new = tuple.__new__  # half the time of a call of Draft
_BY_NOUN = frozenset("个对代批组支")
_OF_MANY_THINGS = _BY_NOUN | {"块", "起"}


class Draft(NamedTuple):
    """start, end: the whole surface; num_start, num_end: the numeral with its scale."""

    start: int
    end: int
    num_start: int
    num_end: int
    value: Decimal
    unit: Unit
    bound: str
    hard: bool = True


def complete(view: str, start: int, end: int, word: Word, *, stop: int, floor: int) -> Draft | None:
    """Return the draft of the numeral [start, end) with `word`, from its prefix to its last mark.

    stop: where the word 余 or 多 behind the numeral ends; None when the numeral has no value.
    """
    surface = view[start:end]
    try:
        amount = numerals.value(surface)
    except ValueError:
        return None
    before = bounds.before(view, start, surface, floor=floor)
    last, unit, plain = word
    odd = view[end:stop].rpartition(")")[2] or plain[1:2]
    bound, first = before or (_own_bound(surface, odd), start)
    if amounts.goes_on(view, word):
        amount, last = amounts.with_rest(view, amount, word)
    if bound == "exact" and (behind := bounds.behind(view, last)):
        bound = behind[0]
    if unit.name in ("%", "degree") and amounts.is_negative(view, first, floor=floor):
        amount, first = -amount, first - (2 if view[first - 1] == "下" else 1)
    if plain[:1] in _OF_MANY_THINGS:
        unit = _told(view, start, surface, word, floor=floor)
    hard = True
    return _new(Draft, (first, last, start, end, amount * unit.factor, unit, bound, hard))


def _told(view: str, start: int, surface: str, word: Word, *, floor: int) -> Unit:
    """Return the unit that the words around say: panels or money, items or people."""
    plain = word.plain
    if plain == "块" and not nouns.is_price(view, start, floor=floor):
        return nouns.ITEM
    if plain == "起" and surface[-1] == "万" and nouns.is_price(view, start, floor=floor):
        return nouns.MONEY
    people = plain[:1] in _BY_NOUN and word.unit.name == "item"
    return nouns.PERSON if people and nouns.is_of_people(view, word.end) else word.unit


def _own_bound(surface: str, odd: str) -> str:
    if not odd and surface.isascii():
        return "exact"
    odd = odd.strip()
    if odd == "几" or "几" in surface or (len(surface) > 1 and numerals.is_pair(surface)):
        return "vague"
    if odd == "来":
        return "approx"
    return "more_than" if odd in ("多", "余") or "多" in surface or "余" in surface else "exact"


def share(view: str, start: int, marked: int, end: int, *, floor: int) -> Draft | None:
    """Return the draft of 百分之十五 or 三分之二; [start, marked) is the part up to 分之."""
    below = view[start : marked - 2]
    hundredth = below in ("百", "千")
    try:
        amount = numerals.value(view[marked:end])
        base = Decimal(1) if hundredth else numerals.value(below)
    except ValueError:
        return None
    if not base or numerals.is_pair(view[marked:end]):
        return None
    unit = Unit("fraction", "ratio")
    if hundredth:
        unit = Unit("%" if below == "百" else "per_mille", "rate")
    bound, first = _weighed(view, start, end, floor=floor)
    return Draft(first, end, marked if hundredth else start, end, amount / base, unit, bound)


def half(view: str, start: int, end: int, *, floor: int) -> Draft | None:
    """Return the draft of 一半 when the text weighs it: 超过一半, 一半以上."""
    if view[start:end] != "一" or view[end : end + 1] != "半":
        return None
    bound, first = _weighed(view, start, end + 1, floor=floor)
    if bound == "exact":
        return None
    return Draft(first, end + 1, start, end + 1, Decimal("0.5"), Unit("fraction", "ratio"), bound)


def _weighed(view: str, start: int, end: int, *, floor: int) -> tuple[str, int]:
    """Return the bound of a share and where its surface begins."""
    if before := bounds.before(view, start, floor=floor):
        return before
    behind = bounds.behind(view, end)
    return (behind[0] if behind else "exact"), start

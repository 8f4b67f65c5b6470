"""A figure as it stands in a cell of an outward form, and read back from there. Pure.

Exact figures are written as numbers, the others as people write them: 近300. Both are read back as they were.
"""

import re
from decimal import Decimal
from typing import Final

from linli.facts.rules.statements import Statement
from linli.facts.rules.typed import typed

_BEFORE: Final = {
    "approx": "约", "approx_below": "近", "more_than": "超", "at_least": "至少", "at_most": "至多",
    "less_than": "不足",
}  # fmt: skip
_BY_WORD: Final = {words: bound for bound, words in _BEFORE.items()}
_OURS = re.compile(rf"({'|'.join(_BY_WORD)})(-?\d+(?:\.\d+)?)", re.ASCII)
_DIGITS = 15  # of a number that every spreadsheet program keeps

Value = Decimal | str


def written(statement: Statement, scale: int) -> Value:
    """Return what is written for a statement. scale: the power of ten in which the form counts."""
    number = _plain(statement.value.scaleb(-scale))
    if statement.bound == "exact":
        return number
    return f"{_BEFORE[statement.bound]}{number:f}"


def read_back(said: object, scale: int) -> Statement | None:
    """Return the statement that a cell holds, None for an empty cell and for what is no figure."""
    if isinstance(said, bool) or said is None:
        return None
    found = _number(said) if isinstance(said, int | float | Decimal) else _text(str(said).strip())
    return Statement(_plain(found.value.scaleb(scale)), found.bound) if found else None


def strokes(value: Value) -> int:
    """Return how many keys it takes to type a value: its characters and one to go on."""
    return len(value if isinstance(value, str) else f"{value:f}") + 1


def _number(said: float | Decimal) -> Statement | None:
    number = Decimal(f"{said:.{_DIGITS}g}")
    return Statement(number) if number.is_finite() else None


def _text(text: str) -> Statement | None:
    # In thousands or 万 a figure has more places than one that is typed may have.
    if ours := _OURS.fullmatch(text):
        return Statement(Decimal(ours[2]), _BY_WORD[ours[1]])
    return typed(text).statement


def _plain(number: Decimal) -> Decimal:
    """Return a number without zeros that say nothing, never as 1E+3."""
    plain = number.normalize()
    _sign, _digits, exponent = plain.as_tuple()
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain

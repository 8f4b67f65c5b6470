"""How gifts are told to everybody: by spans of months in which enough came that none stands alone. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

RECEIPT_DAYS: Final = 3 * 365  # a receipt tells for so long what became of a gift
LEAST: Final = 10  # gifts in a span that is told: what a single one gave is nobody's business


class Span(NamedTuple):
    """Gifts from the first of one month to the end of another: how many, how much in fen."""

    first: date
    last: date
    gifts: int
    amount: int


def told_spans(months: Iterable[Span], least: int = LEAST) -> list[Span]:
    """Join months, in order, until each span holds at least so many gifts; nothing while all are too few.

    What is left over at the end belongs to the span before it.
    """
    told: list[Span] = []
    open_: Span | None = None
    for month in sorted(months):
        open_ = _joined(open_, month) if open_ else month
        if open_.gifts >= least:
            told.append(open_)
            open_ = None
    if open_ and told:
        told[-1] = _joined(told[-1], open_)
    return told


def _joined(one: Span, other: Span) -> Span:
    return Span(one.first, other.last, one.gifts + other.gifts, one.amount + other.amount)

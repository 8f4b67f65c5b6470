"""The book of an operator: its lines, the lots it has in hand, and how much of each is left by what it told."""

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from django.db.models import Max, QuerySet, Sum

from linli.trace.models import BookLine, Lot, Operator
from linli.trace.rules.shop.amounts import Amount, in_unit

MOST_IN_HAND: Final = 300  # lots to choose from, those touched last
_IN: Final = (BookLine.MADE, BookLine.RECEIVED)
_OUT: Final = (BookLine.SOLD, BookLine.THROWN)


def lines_of(operator: Operator) -> QuerySet[BookLine]:
    """Return the lines of an operator's book, the last to happen first."""
    found = BookLine.objects.filter(operator=operator)
    return found.select_related("lot__product", "premises", "place")


def lines_of_lot(lot: Lot) -> QuerySet[BookLine]:
    """Return what all books say of a lot, the first to happen first."""
    found = lot.lines.select_related("operator", "premises", "place")
    return found.order_by("happened_at", "id")


def line_of(operator: Operator, code: str) -> BookLine | None:
    """Return one line of an operator's book, with its event."""
    return lines_of(operator).select_related("event", "corrects").filter(code=code).first()


def lots_touched(operator: Operator) -> QuerySet[Lot]:
    """Return the lots that an operator made or took in, those it last wrote of first."""
    found = Lot.objects.filter(lines__operator=operator, lines__kind__in=_IN, lines__wrong_at=None)
    return (
        found.annotate(touched=Max("lines__happened_at"))
        .select_related("product", "premises__operator")
        .order_by("-touched", "-id")
    )


def left_of(operator: Operator, lot_ids: Collection[int]) -> dict[int, Amount | None]:
    """Return how much of each lot is left with an operator, in the unit it came in; None where units do not meet.

    What was used up without saying how much is not taken off: see `opened`. One query.
    """
    rows = (
        BookLine.objects.filter(operator=operator, lot__in=lot_ids, wrong_at=None)
        .exclude(kind__in=(BookLine.MOVED, BookLine.USED))
        .values("lot", "kind", "unit_code")
        .annotate(total=Sum("amount"))
        .order_by("lot", "kind", "unit_code")
    )
    units: dict[int, str] = {}
    for row in rows:
        if row["kind"] in _IN:
            units.setdefault(row["lot"], row["unit_code"])
    left: dict[int, Amount | None] = {}
    for row in rows:
        unit = units.get(row["lot"], row["unit_code"])
        before = left.get(row["lot"], Amount(Decimal(0), unit))
        more = in_unit(Amount(row["total"], row["unit_code"]), unit)
        if before is None or more is None:
            left[row["lot"]] = None
        else:
            sign = 1 if row["kind"] in _IN else -1
            left[row["lot"]] = Amount(before.value + sign * more, unit)
    return left


def in_hand(operator: Operator) -> list[tuple[Lot, Amount | None]]:
    """Return the lots that an operator has, with what is left of each; those sold out are left out. Two queries."""
    lots = list(lots_touched(operator)[:MOST_IN_HAND])
    left = left_of(operator, [lot.pk for lot in lots])
    found = [(lot, left.get(lot.pk)) for lot in lots]
    return [(lot, amount) for lot, amount in found if amount is None or amount.value > 0]


def opened(operator: Operator, lot_ids: Collection[int]) -> set[int]:
    """Return the lots of which something was used up, nobody said how much: there is at most what is left."""
    used = BookLine.objects.filter(operator=operator, lot__in=lot_ids, kind=BookLine.USED)
    return set(used.filter(wrong_at=None).values_list("lot_id", flat=True))


def partners_of(operator: Operator) -> list[str]:
    """Return the businesses that an operator named before, to be chosen from."""
    named = BookLine.objects.filter(operator=operator, wrong_at=None).exclude(partner="")
    return list(named.order_by("partner").values_list("partner", flat=True).distinct()[:100])

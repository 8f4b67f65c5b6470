"""What came into accounts and stayed, and what went on from one into others: months, in fen, as the ledger says."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from linli.funds.models import Account, Transfer
from linli.funds.rules import flows

_UNDONE = Q(transaction__verb=flows.REVERSE)
_BACK = Q(transaction__verb=flows.RETURN)
# What is reversed was a giving back: then the money stands again where it stood.
_BACK_UNDONE = _UNDONE & Q(transaction__reverses__verb=flows.RETURN)


class Incoming(NamedTuple):
    """What came into one account in one month, less what was taken back or given back in it."""

    account: int
    month: date
    amount: int


def incomings(accounts: Iterable[int]) -> list[Incoming]:
    """Return what came into each of these accounts, by months; two queries."""
    wanted = list(accounts)
    came = Transfer.objects.filter(Q(into__in=wanted) & (~(_UNDONE | _BACK) | _BACK_UNDONE))
    left = Transfer.objects.filter(Q(out_of__in=wanted) & (_BACK | (_UNDONE & ~_BACK_UNDONE)))
    sums = Counter[tuple[int, date]]()
    for account, month, amount in _by_month(came, "into"):
        sums[account, month] += amount
    for account, month, amount in _by_month(left, "out_of"):
        sums[account, month] -= amount
    return [Incoming(*place, amount) for place, amount in sorted(sums.items()) if amount]


def given_on(account: Account) -> dict[Account, int]:
    """Return the accounts that money of this one was allocated to, each with how much; the largest first."""
    sums = Counter[int]()
    allocated = Transfer.objects.filter(out_of=account, transaction__verb=flows.ALLOCATE)
    undone = Transfer.objects.filter(
        into=account, transaction__verb=flows.REVERSE, transaction__reverses__verb=flows.ALLOCATE
    )
    for other, amount in allocated.order_by().values_list("into").annotate(Sum("amount")):
        sums[other] += amount
    for other, amount in undone.order_by().values_list("out_of").annotate(Sum("amount")):
        sums[other] -= amount
    known = Account.objects.select_related("project", "unit").in_bulk(list(sums))
    return {known[other]: amount for other, amount in sums.most_common() if amount}


def _by_month(transfers: QuerySet[Transfer], side: str) -> Iterable[tuple[int, date, int]]:
    months = transfers.order_by().annotate(month=TruncMonth("day"))
    return months.values_list(side, "month").annotate(Sum("amount"))

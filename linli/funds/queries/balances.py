"""What stands where: balances now, on a day, and as they were known at a moment. All in fen."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Sum

from linli.funds.models import Account, Fund, Transfer


class Stand(NamedTuple):
    """One account with what is on it, in fen."""

    account: Account
    balance: int


def stands(fund: Fund) -> list[Stand]:
    """Return every account of a fund with its balance now: no transfer is read."""
    return [Stand(one, one.balance) for one in _accounts(fund)]


def stands_then(fund: Fund, *, day: date, known_at: datetime) -> list[Stand]:
    """Return every account with its balance at the end of a day, by what had been recorded at a moment.

    One statement takes off the balances of now what counts later, or was not known: nothing else is read.
    """
    unknown = Q(transaction__fund=fund, transaction__at__gt=known_at, day__lte=day)
    taken_off = [
        Transfer.objects.order_by()
        .filter(taken)
        .values_list(end)
        .annotate(fen=Sum(sign * F("amount")))
        for end, sign in (("into", -1), ("out_of", 1))
        for taken in (Q(**{f"{end}__fund": fund}, day__gt=day), unknown)
    ]
    now = Account.objects.order_by().filter(fund=fund).values_list("pk", "balance")
    balances = Counter[int]()
    for pk, fen in now.union(*taken_off, all=True):
        balances[pk] += int(fen)  # PostgreSQL adds 64 bits up as numeric
    return [Stand(one, balances[one.pk]) for one in _accounts(fund)]


def trial_balance(fund: Fund) -> dict[str, int]:
    """Return what stands on each kind of account of a fund. The values add up to zero."""
    by_kind = fund.accounts.order_by().values_list("kind").annotate(Sum("balance"))
    return dict(by_kind)


def untrue_balances() -> list[Account]:
    """Return the accounts whose balance is not what their transfers make. There are none."""
    given = _sums(Transfer.objects.order_by().values_list("out_of").annotate(Sum("amount")))
    got = _sums(Transfer.objects.order_by().values_list("into").annotate(Sum("amount")))
    return [
        one
        for one in Account.objects.all()
        if one.balance != got.get(one.pk, 0) - given.get(one.pk, 0)
    ]


def _accounts(fund: Fund) -> QuerySet[Account]:
    return fund.accounts.select_related("unit", "programme", "project")


def _sums(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(rows)

"""What stands where: balances now, on a day, and as they were known at a moment. All in fen."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, Sum

from linli.funds.models import Account, Fund, Transfer


class Stand(NamedTuple):
    """One account with what is on it, in fen."""

    account: Account
    balance: int


def stands(fund: Fund) -> list[Stand]:
    """Return every account of a fund with its balance now: no transfer is read."""
    return [Stand(one, one.balance) for one in fund.accounts.select_related("unit")]


def stands_then(fund: Fund, *, day: date, known_at: datetime) -> list[Stand]:
    """Return every account with its balance at the end of a day, by what had been recorded at a moment."""
    then = Q(transaction__fund=fund, transaction__day__lte=day, transaction__at__lte=known_at)
    given = _sums(Transfer.objects.filter(then).values_list("out_of").annotate(Sum("amount")))
    got = _sums(Transfer.objects.filter(then).values_list("into").annotate(Sum("amount")))
    return [
        Stand(one, got.get(one.pk, 0) - given.get(one.pk, 0))
        for one in fund.accounts.select_related("unit")
    ]


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


def _sums(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(rows)

"""The statement of an account: newest day first, page by page from a key, each row with what stood then.

Two indexes hold an account's transfers in this order, one of what went out and one of what came in, with the
amounts: a page reads a page's rows, and its balance is what stands now less what the index holds above it.
"""

from datetime import date, datetime
from typing import NamedTuple, Self

from django.db.models import Q, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from linli.funds.models import Account, Transfer

PAGE = 50


class Key(NamedTuple):
    """Where a page begins: below this transfer."""

    day: date
    pk: int

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the key that an address carries, None when it is none."""
        day, _dot, pk = text.partition(".")
        try:
            return cls(date.fromisoformat(day), int(pk))
        except ValueError:
            return None


class Row(NamedTuple):
    """One transfer as the account sees it: fen that came (or, below zero, went), and what stood afterwards."""

    transfer: Transfer
    change: int
    balance: int

    @property
    def other(self) -> Account:
        """The account at the other end."""
        return self.transfer.out_of if self.change > 0 else self.transfer.into


class Statement(NamedTuple):
    """One page: its rows, what stood before the oldest of them, and the key of the next page."""

    rows: list[Row]
    before: int
    next: Key | None


def statement(
    account: Account,
    *,
    until: date | None = None,
    known_at: datetime | None = None,
    below: Key | None = None,
    size: int = PAGE,
) -> Statement:
    """Return one page of an account's transfers, on days until `until`, as known at a moment, below a key."""
    shown = Q()
    if below:
        # The first condition says no more than the second, and lets the index begin there.
        shown &= Q(day__lte=below.day) & (Q(day__lt=below.day) | Q(pk__lt=below.pk))
    if until:
        shown &= Q(day__lte=until)
    if known_at:
        shown &= Q(transaction__at__lte=known_at)
    found = [
        Key(*row)
        for end in ("out_of", "into")
        for row in Transfer.objects.filter(shown, **{end: account})
        .order_by("-day", "-pk")
        .values_list("day", "pk")[: size + 1]
    ]
    keys = sorted(found, reverse=True)[: size + 1]
    rows = _rows(account, keys[:size], known_at)
    return Statement(
        rows,
        rows[-1].balance - rows[-1].change if rows else 0,
        keys[size - 1] if len(keys) > size else None,
    )


def _rows(account: Account, keys: list[Key], known_at: datetime | None) -> list[Row]:
    """Return the transfers of these keys. What stood after the first is asked in the same statement as they."""
    if not keys:
        return []
    found = (
        Transfer.objects.filter(pk__in=[key.pk for key in keys])
        .select_related("transaction", "out_of", "into")
        .annotate(stood=_stood_after(account, keys[0], known_at))
        .order_by("-day", "-pk")
    )
    rows: list[Row] = []
    for transfer in found:
        change = transfer.amount if transfer.into_id == account.pk else -transfer.amount
        stood = rows[-1].balance - rows[-1].change if rows else transfer.stood
        rows.append(Row(transfer, change, stood))
    return rows


def _stood_after(account: Account, key: Key, known_at: datetime | None) -> Combinable:
    """Return what stands now, less what is above a key, and less what is not but was not known then."""
    above = Q(day__gte=key.day) & (Q(day__gt=key.day) | Q(pk__gt=key.pk))
    stood: Combinable = Subquery(Account.objects.filter(pk=account.pk).values("balance"))
    parts = [above]
    if known_at:
        unknown = Q(transaction__fund=account.fund_id, transaction__at__gt=known_at)
        parts.append(unknown & ~above)
    for part in parts:
        stood = stood + _sum("out_of", account, part) - _sum("into", account, part)
    return stood


def _sum(end: str, account: Account, part: Q) -> Combinable:
    transfers = Transfer.objects.order_by().filter(part, **{end: account})
    return Coalesce(Subquery(transfers.values(end).annotate(fen=Sum("amount")).values("fen")), 0)

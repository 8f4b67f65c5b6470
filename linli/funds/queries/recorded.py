"""What was recorded, as the chain of days writes it down: the transactions of a fund between two moments."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet, Sum

from linli.funds.models import Fund, Transaction, Transfer
from linli.funds.queries.holding import hold_books
from linli.funds.rules.chain import Entry, entry_line

_SOME = 2000


class Cut(NamedTuple):
    """Where a fund's ledger is cut: the last transaction within, and what stands on each account then."""

    last: int
    balances: dict[int, int]


class _Row(NamedTuple):
    pk: int
    code: str
    verb: str
    day: date
    at: datetime
    size: int
    reverses: str | None
    order: str | None
    match: str | None


@transaction.atomic
def cut_now(fund: Fund, *, until: datetime | None = None) -> Cut:
    """Cut a fund's ledger here, or at a midnight that is signed: nothing is added any more before the cut.

    Whoever is posting ends first. What was recorded after a midnight is taken off the balances of now.
    """
    hold_books(fund)
    entries = Transaction.objects.filter(fund=fund)
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    balances = dict(fund.accounts.order_by().values_list("pk", "balance"))
    if until is not None:
        after = Transfer.objects.order_by().filter(
            transaction__fund=fund, transaction__at__gte=until
        )
        for pk, fen in after.values_list("out_of").annotate(Sum("amount")):
            balances[pk] += fen
        for pk, fen in after.values_list("into").annotate(Sum("amount")):
            balances[pk] -= fen
    return Cut(last, balances)


def recorded_lines(
    fund: Fund, *, since: datetime | None, until: datetime | None, last: int | None = None
) -> Iterator[str]:
    """Yield the lines of what was recorded from one moment to before another, in the order of recording.

    `last`: of which transaction is the last that counts.
    """
    labels = {one.pk: f"{one.kind} {one.code}" for one in fund.accounts.order_by()}
    found = _between(fund, since, until, last)
    for some in _chunks(_rows(found)):
        lines = _lines([row.pk for row in some], labels)
        for row in some:
            of = {"reverses": row.reverses, "order": row.order, "match": row.match}
            said = {name: code for name, code in of.items() if code}
            yield entry_line(
                Entry(row.code, row.verb, row.day, row.at, row.size, said, lines.get(row.pk, []))
            )


def _between(
    fund: Fund, since: datetime | None, until: datetime | None, last: int | None
) -> QuerySet[Transaction]:
    within = Q(fund=fund)
    if since is not None:
        within &= Q(at__gte=since)
    if until is not None:
        within &= Q(at__lt=until)
    if last is not None:
        within &= Q(pk__lte=last)
    return Transaction.objects.filter(within)


def _rows(found: QuerySet[Transaction]) -> Iterator[_Row]:
    rows = found.order_by("pk").values_list(
        "pk", "code", "verb", "day", "at", "size", "reverses__code", "order__code", "match__code"
    )
    return (_Row(*row) for row in rows.iterator(chunk_size=_SOME))


def _chunks(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    some: list[_Row] = []
    for row in rows:
        some.append(row)
        if len(some) == _SOME:
            yield some
            some = []
    if some:
        yield some


def _lines(entries: list[int], labels: dict[int, str]) -> dict[int, list[tuple[str, str, int]]]:
    found = Transfer.objects.filter(transaction__in=entries).order_by("transaction", "number")
    lines: dict[int, list[tuple[str, str, int]]] = {}
    for entry, giver, taker, amount in found.values_list("transaction", "out_of", "into", "amount"):
        lines.setdefault(entry, []).append((labels[giver], labels[taker], amount))
    return lines


def first_after(funds: Iterable[Fund], since: datetime | None) -> datetime | None:
    """Return when something was first recorded from a moment on, None if nothing was."""
    firsts = (
        _between(fund, since, None, None).order_by("at").values_list("at", flat=True).first()
        for fund in funds
    )
    return min((at for at in firsts if at is not None), default=None)

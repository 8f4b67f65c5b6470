"""The public's totals: read off the accounts' balances; and the query behind each, over every transfer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from linli.funds.models import Account, Fund, Transaction, Transfer
from linli.funds.rules import totals
from linli.funds.rules.totals import Total


class Stood(NamedTuple):
    """What stands on a fund's accounts, by kind, and the few moves that balances do not tell."""

    balances: dict[str, int]
    few: dict[totals.Edge, int]

    @property
    def totals(self) -> dict[str, int]:
        """Every total in fen."""
        return totals.told(self.balances, self.few)


class Behind(NamedTuple):
    """What one verb moved over a total's border, one way: in how many transfers, and fen, below zero where it takes away."""

    verb: str
    out_of: str
    into: str
    transfers: int
    amount: int


class Version(NamedTuple):
    """Which books a query was asked of: how many entries they held, and the last of them."""

    entries: int
    last: Transaction | None


def stood(fund: Fund) -> Stood:
    """Return where a fund's money stands now. Three queries; of transfers only the few that are asked for."""
    accounts = list(fund.accounts.order_by().values_list("pk", "kind", "balance"))
    balances: dict[str, int] = defaultdict(int)
    for _pk, kind, balance in accounts:
        balances[kind] += balance
    into = [pk for pk, kind, _ in accounts if kind in totals.FEW_INTO]
    out_of = [pk for pk, kind, _ in accounts if kind in totals.FEW_OUT_OF]
    few = _moves(Transfer.objects.filter(into__in=into).exclude(out_of__in=out_of))
    few |= _moves(Transfer.objects.filter(out_of__in=out_of))
    return Stood(dict(balances), few)


def plain_totals(funds: Iterable[Fund]) -> dict[int, dict[str, int]]:
    """Return what balances tell of each of these funds, by its id. One query."""
    wanted = [fund.pk for fund in funds]
    sums = Account.objects.order_by().filter(fund__in=wanted).values_list("fund", "kind")
    balances: dict[int, dict[str, int]] = {pk: {} for pk in wanted}
    for fund, kind, fen in sums.annotate(Sum("balance")):
        balances[fund][kind] = fen
    return {pk: totals.plainly(found) for pk, found in balances.items()}


def whole_totals(funds: QuerySet[Fund]) -> dict[str, int]:
    """Return what balances tell of all these funds together. One query."""
    sums = Account.objects.order_by().filter(fund__in=funds.order_by().values("pk"))
    return totals.plainly(dict(sums.values_list("kind").annotate(Sum("balance"))))


def behind(fund: Fund, total: Total, *, day: date, known_at: datetime) -> list[Behind]:
    """Return the transfers behind a total at the end of a day, as known at a moment, by verb and way: two queries.

    They are looked up by the accounts on either side of the border, so that a total of few transfers is read off few.
    """
    kinds = dict(fund.accounts.order_by().values_list("pk", "kind"))
    here, there = (
        [pk for pk, kind in kinds.items() if kind in side] for side in (total.out_of, total.into)
    )
    found = Transfer.objects.order_by().filter(
        Q(out_of__in=here, into__in=there) | Q(out_of__in=there, into__in=here),
        day__lte=day,
        transaction__at__lte=known_at,
    )
    moved: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    by_way = found.values_list("transaction__verb", "out_of", "into")
    for verb, out_of, into, number, fen in by_way.annotate(n=Count("pk"), fen=Sum("amount")):
        sums = moved[verb, kinds[out_of], kinds[into]]
        sums[0] += number
        sums[1] += fen * totals.sign(total, kinds[out_of], kinds[into])
    return [Behind(*way, *sums) for way, sums in sorted(moved.items())]


def behind_sum(
    funds: QuerySet[Fund], total: Total, *, day: date, known_at: datetime
) -> dict[int, int]:
    """Return what each of these funds adds to a total of all of them, in fen, by its id. One query."""
    moved = Transfer.objects.order_by().filter(
        over(total),
        transaction__fund__in=funds.order_by().values("pk"),
        day__lte=day,
        transaction__at__lte=known_at,
    )
    by_way = moved.values_list("transaction__fund", "out_of__kind", "into__kind")
    sums: dict[int, int] = defaultdict(int)
    for fund, out_of, into, fen in by_way.annotate(Sum("amount")):
        sums[fund] += fen * totals.sign(total, out_of, into)
    return dict(sums)


def version_of(fund: Fund, *, day: date, known_at: datetime) -> Version:
    """Return what the books were that answered: entries for days until this one, recorded by then."""
    known = fund.transactions.filter(day__lte=day, at__lte=known_at)
    return Version(known.count(), known.order_by("-at", "-pk").first())


def over(total: Total) -> Q:
    """Return the condition on transfers over a total's border, either way."""
    there = Q(out_of__kind__in=total.out_of, into__kind__in=total.into)
    return there | Q(out_of__kind__in=total.into, into__kind__in=total.out_of)


def _moves(transfers: QuerySet[Transfer]) -> dict[totals.Edge, int]:
    by_way = transfers.order_by().values_list("out_of__kind", "into__kind")
    return {(out_of, into): fen for out_of, into, fen in by_way.annotate(Sum("amount"))}

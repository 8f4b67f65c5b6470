"""The money of projects and programme lines: balances of the accounts that are theirs, nothing typed. In fen."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from linli.funds.models import Account, Programme, Project, Transaction, Transfer
from linli.funds.queries.balances import Stand
from linli.funds.queries.totals import Version
from linli.funds.rules import flows


class Money(NamedTuple):
    """What came for a project, what of it is bound by contracts, what was paid, and what went back."""

    given: int
    committed: int
    paid: int
    given_back: int

    @property
    def unspent(self) -> int:
        """What was given and is not paid yet."""
        return self.given - self.paid


class Sources(NamedTuple):
    """Out of what money came for a programme line: public money, social capital, donations."""

    public: int
    social: int
    gifts: int


NOTHING = Money(0, 0, 0, 0)


def money_of(projects: Iterable[int], *, public: bool = False) -> dict[int, Money]:
    """Return the money of each of these projects that has accounts; `public`: in published funds. One query."""
    accounts = _told(Account.objects.filter(project__in=projects), public=public)
    return {pk: money for pk, money in _by("project", accounts) if pk is not None}


def money_of_programme(programme: Programme, *, public: bool = False) -> Money:
    """Return the money of a programme line with its projects and parts. One query."""
    accounts = _told(Account.objects.filter(_inside(programme)), public=public)
    every = [money for _pk, money in _by("programme", accounts)]
    return Money(*(sum(parts) for parts in zip(*every, strict=True))) if every else NOTHING


def sources_of(programme: Programme, *, public: bool = False) -> Sources:
    """Return out of what money came for a programme line with its projects and parts. One query."""
    outside = Account.objects.filter(_inside(programme), kind__in=flows.OUTSIDE)
    taken = dict(
        _told(outside, public=public).order_by().values_list("kind").annotate(Sum("balance"))
    )
    return Sources(*(-taken.get(kind, 0) for kind in flows.OUTSIDE))


def accounts_of(of: Programme | Project, *, public: bool = False) -> QuerySet[Account]:
    """Return the accounts whose balances make the money of a project, or of a programme line with its parts."""
    mine = Q(project=of) if isinstance(of, Project) else _inside(of)
    found = _told(Account.objects.filter(mine), public=public)
    return found.select_related("fund", "project").order_by("fund__name", "kind", "name")


def stands_of(of: Programme | Project, *, day: date, known_at: datetime) -> list[Stand]:
    """Return the accounts that the public is told of, each with its balance at the end of a day, as known at a moment.

    Taken off what stands now is what counts later, or was not known: three queries.
    """
    accounts = list(accounts_of(of, public=True))
    since = Transfer.objects.order_by().filter(Q(day__gt=day) | Q(transaction__at__gt=known_at))
    got = dict(since.filter(into__in=accounts).values_list("into").annotate(Sum("amount")))
    gave = dict(since.filter(out_of__in=accounts).values_list("out_of").annotate(Sum("amount")))
    return [Stand(one, one.balance - got.get(one.pk, 0) + gave.get(one.pk, 0)) for one in accounts]


def money_from(stands: Iterable[Stand]) -> Money:
    """Return the money that these balances make."""
    by_kind = Counter[str]()
    for account, balance in stands:
        by_kind[account.kind] += balance
    inside = sum(by_kind[kind] for kind in flows.INSIDE)
    paid = by_kind[flows.PAID]
    return Money(inside + paid, by_kind[flows.COMMITTED], paid, by_kind[flows.GIVEN_BACK])


def version_of(stands: Iterable[Stand], *, day: date, known_at: datetime) -> Version:
    """Return which books made these balances: the entries over their accounts, and the last of them."""
    accounts = [one.account for one in stands]
    over = Q(into__in=accounts) | Q(out_of__in=accounts)
    known = Transaction.objects.filter(
        Exists(Transfer.objects.filter(over, transaction=OuterRef("pk"))),
        day__lte=day,
        at__lte=known_at,
    )
    return Version(known.count(), known.order_by("-at", "-pk").first())


def _told(accounts: QuerySet[Account], *, public: bool) -> QuerySet[Account]:
    return accounts.filter(fund__published_at__isnull=False) if public else accounts


def _inside(programme: Programme) -> Q:
    return Q(programme=programme) | Q(programme__above=programme)


def _by(key: str, accounts: QuerySet[Account]) -> list[tuple[int | None, Money]]:
    sums = {
        "stands": Sum("balance", filter=Q(kind__in=flows.INSIDE), default=0),
        "committed": Sum("balance", filter=Q(kind=flows.COMMITTED), default=0),
        "paid": Sum("balance", filter=Q(kind=flows.PAID), default=0),
        "given_back": Sum("balance", filter=Q(kind=flows.GIVEN_BACK), default=0),
    }
    rows = accounts.order_by().values(key).annotate(**sums)
    return [
        (
            row[key],
            Money(row["stands"] + row["paid"], row["committed"], row["paid"], row["given_back"]),
        )
        for row in rows
    ]

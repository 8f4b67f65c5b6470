"""What leaves the house as files: accounts of funds and their transfers in order, read in steps, never all at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max, Min, Q, QuerySet, Sum

from linli.funds.models import Account, Fund, Project, Transfer

_STEP = 2000


class Moved(NamedTuple):
    """One transfer with what its transaction says. Accounts by their ids, the amount in fen."""

    code: str
    number: int
    day: date
    at: datetime
    verb: str
    words: str
    reverses: str | None
    order: str | None
    match: str | None
    size: int
    out_of: int
    into: int
    amount: int


class Flow(NamedTuple):
    """What moved out of one account into another in one year, in fen."""

    out_of: int
    into: int
    year: int
    amount: int


_COLUMNS = (
    "transaction__code", "number", "day", "transaction__at", "transaction__verb", "transaction__words",
    "transaction__reverses__code", "transaction__order__code", "transaction__match__code",
    "transaction__size", "out_of_id", "into_id", "amount",
)  # fmt: skip


def accounts_of(fund: Fund) -> dict[int, Account]:
    """Return a fund's accounts by id, each with its unit and project."""
    accounts = fund.accounts.select_related("unit", "project", "fund__unit")
    return {one.pk: one for one in accounts.order_by("kind", "name", "pk")}


def moved_in(fund: Fund, *, until: date = date.max, newest_first: bool = False) -> Iterator[Moved]:
    """Yield every transfer of a fund by day: one statement, so that nothing posted meanwhile is half in it."""
    transfers = Transfer.objects.filter(transaction__fund=fund, day__lte=until)
    return _moved(transfers, newest_first=newest_first)


def moved_for(project: Project, *, until: date) -> Iterator[Moved]:
    """Yield the transfers of published funds into or out of a project's accounts."""
    return _moved(_of_project(project, until))


def accounts_for(project: Project) -> dict[int, Account]:
    """Return the accounts of all published funds that money of this project is in, by id."""
    funds = Fund.objects.published().filter(accounts__project=project)
    accounts = Account.objects.filter(fund__in=funds).select_related("unit", "fund__unit")
    return {one.pk: one for one in accounts}


def published_projects(accounts: Iterable[int]) -> dict[int, str]:
    """Return which of these accounts are a published project's, and its code: its transfers are told with it."""
    shown = Account.objects.filter(pk__in=accounts, project__in=Project.objects.published())
    return dict(shown.values_list("pk", "project__code"))


def last_recorded(project: Project, *, until: date) -> datetime | None:
    """Return when something was last posted for a project, in published funds."""
    posted = _of_project(project, until)
    last: datetime | None = posted.aggregate(last=Max("transaction__at"))["last"]
    return last


def days_of(fund: Fund, *, until: date) -> tuple[date | None, datetime | None]:
    """Return the first day on which something counts, and when something was last recorded."""
    told = fund.transactions.filter(day__lte=until).aggregate(first=Min("day"), last=Max("at"))
    return told["first"], told["last"]


def yearly_in(fund: Fund, *, until: date) -> list[Flow]:
    """Return what moved between any two accounts of a fund in each calendar year: a row for each pair."""
    return _flows(Transfer.objects.filter(transaction__fund=fund, day__lte=until))


def yearly_for(project: Project, *, until: date) -> list[Flow]:
    """Return what moved into and out of a project's accounts in each calendar year, in published funds."""
    return _flows(_of_project(project, until))


def last_entry(fund: Fund) -> int:
    """Return a number that is another one as soon as something is posted."""
    return fund.transactions.aggregate(last=Max("pk"))["last"] or 0


def trial_of(moved: Iterator[Moved]) -> Counter[int]:
    """Return what transfers make of each account, in fen."""
    balances = Counter[int]()
    for one in moved:
        balances[one.out_of] -= one.amount
        balances[one.into] += one.amount
    return balances


def _of_project(project: Project, until: date) -> QuerySet[Transfer]:
    ends = Q(out_of__project=project) | Q(into__project=project)
    public = Transfer.objects.filter(ends, transaction__fund__published_at__isnull=False)
    return public.filter(day__lte=until)


def _flows(transfers: QuerySet[Transfer]) -> list[Flow]:
    by_pair = transfers.order_by().values_list("out_of", "into", "day__year")
    return [Flow(*row) for row in by_pair.annotate(Sum("amount"))]


def _moved(transfers: QuerySet[Transfer], *, newest_first: bool = False) -> Iterator[Moved]:
    ordered = transfers.order_by("transaction__day", "transaction_id", "number")
    rows = (ordered.reverse() if newest_first else ordered).values_list(*_COLUMNS)
    return (Moved(*row) for row in rows.iterator(chunk_size=_STEP))

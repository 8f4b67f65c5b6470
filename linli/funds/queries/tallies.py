"""What money is counted as: cells of indicators, summed from the ledger, and the claims that they bear on."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet

from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries.facts import newest_of
from linli.facts.rules.figures import Cell
from linli.facts.rules.periods import year
from linli.funds.models import Account, Fund, Tally, Transfer
from linli.funds.queries.incomings import incomings
from linli.funds.rules.amounts import FEN_IN_YUAN

COUNTED_BY = "资金账簿"


class Counting(NamedTuple):
    """One indicator that is counted from the ledger: what it counts, said in words; the state of its records."""

    indicator: Indicator
    definition: str
    address: str
    version: str


def countings() -> list[Counting]:
    """Return every indicator that is counted from published funds, or was: its facts are withdrawn then."""
    counted = Fact.objects.current().filter(
        evidence__kind=Evidence.QUERY, evidence__source=COUNTED_BY
    )
    wanted = Indicator.objects.filter(
        Q(pk__in=_tallies().values("indicator")) | Q(pk__in=counted.order_by().values("indicator"))
    )
    return [_counting(one) for one in wanted]


def cells_of(indicator: Indicator) -> list[Cell]:
    """Return an indicator's cells by place and year, in yuan."""
    places = dict(
        _tallies().filter(indicator=indicator).values_list("account", "account__fund__area")
    )
    sums = Counter[tuple[str, int]]()
    for one in incomings(places):
        sums[places[one.account], one.month.year] += one.amount
    return [
        Cell(area, year(number), Decimal(fen) / FEN_IN_YUAN)
        for (area, number), fen in sorted(sums.items())
    ]


def claims_on(fund: Fund, indicators: Iterable[Indicator]) -> list[Fact]:
    """Return what was claimed of these indicators in the fund's place, each as it stands now."""
    claimed = Fact.objects.filter(
        indicator__in=indicators, area=fund.area_id, status=Fact.CLAIMED, supersedes=None
    )
    now = newest_of(claimed.values_list("pk", flat=True))
    return sorted(now.values(), key=lambda one: (one.period_from, one.indicator.code))


def _tallies() -> QuerySet[Tally]:
    return Tally.objects.filter(account__fund__published_at__isnull=False).order_by()


def _counting(indicator: Indicator) -> Counting:
    accounts = Account.objects.filter(tallies__in=_tallies().filter(indicator=indicator))
    told = list(accounts.select_related("fund").order_by("fund", "kind", "name"))
    funds = {one.fund.code for one in told}
    words = "；".join(f"{one.fund.name}·{one.name}" for one in told)
    ids = [one.pk for one in told]
    last = max(
        Transfer.objects.filter(**{f"{side}__in": ids}).aggregate(last=Max("pk"))["last"] or 0
        for side in ("into", "out_of")
    )
    return Counting(
        indicator=indicator,
        definition=f"{indicator.name}：按年度合计转入以下账户、扣除冲销和退回后的金额：{words}",
        address=f"/funds/{funds.pop()}/#{indicator.code}" if len(funds) == 1 else "",
        version=f"{last}.{hashlib.sha256(words.encode()).hexdigest()[:16]}",
    )

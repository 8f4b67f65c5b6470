"""From the ledger to claims: what money is counted as becomes facts, and a claim that they bear out is proven.

An officer says once which account is counted as which indicator; from then on every posting tells. So a report's
sum is proven part by part: when each half stands in the books, the whole does.
"""

from datetime import datetime

from linli.facts.actions import compute
from linli.facts.rules.figures import Figure
from linli.flows.counts_to_claims import prove_claims
from linli.funds.queries.tallies import COUNTED_BY, Counting, cells_of, countings
from linli.kernel.actors import system

_FLOW = system("ledger to claims")


def count_money(at: datetime) -> int:
    """Count what came into the accounts that are counted as something; return how many claims it proved."""
    for counting in countings():
        compute(by=_FLOW, at=at, figure=_figure(counting))
    return prove_claims(at)


def _figure(counting: Counting) -> Figure:
    indicator = counting.indicator
    return Figure(
        name=indicator.code,
        title=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        definition=counting.definition,
        computed_by=COUNTED_BY,
        address=counting.address,
        version=lambda: counting.version,
        cells=lambda _: cells_of(indicator),
    )

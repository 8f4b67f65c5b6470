"""From the register of honours to claims: what a level is counted as becomes facts, and proves what a report claims."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from linli.assessments.queries.standing_awards import (
    COUNTED_BY,
    CountedLevels,
    cells_of,
    counted_levels,
)
from linli.facts.actions import compute
from linli.facts.rules.figures import Figure
from linli.flows.counts_to_claims import prove_claims
from linli.kernel.actors import system

_FLOW = system("awards to claims")


def count_awards(at: datetime) -> int:
    """Count the units that stand at levels which are counted as something; return how many claims it proved."""
    for one in counted_levels():
        compute(by=_FLOW, at=at, figure=_figure(one, at))
    return prove_claims(at)


def _figure(counted: CountedLevels, at: datetime) -> Figure:
    indicator = counted.indicator
    return Figure(
        name=indicator.code,
        title=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        definition=counted.definition,
        computed_by=COUNTED_BY,
        address=f"{reverse('assessments:honours')}#{indicator.code}",
        version=lambda: f"{counted.version}.{localdate(at).year}",
        cells=lambda moment: cells_of(counted.levels, moment),
    )

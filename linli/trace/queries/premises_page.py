"""Everything that the public page of premises tells: permits, inspections, tests, recalls, what the business says."""

from dataclasses import dataclass
from datetime import datetime

from linli.trace.models import Lot, OperatorReply, Permit, Premises, Visit
from linli.trace.queries.lab_results import TestTold, of_premises
from linli.trace.queries.permits import PermitStand, standing
from linli.trace.queries.permits_told import states_of
from linli.trace.queries.recalls import RecallStand
from linli.trace.queries.recalls import standing as recalls_of

MOST = 10  # visits and tests on the page
_LOTS = 500  # the newest lots, of which recalls are told


@dataclass(frozen=True, slots=True)
class PremisesPage:
    """What is told of premises; `open_`, `grave`: findings of all inspections that were not put right."""

    premises: Premises
    stand: PermitStand
    permits: list[tuple[Permit, str]]
    visits: list[Visit]
    earlier: int
    open_: int
    grave: int
    tests: list[TestTold]
    recalls: list[tuple[Lot, RecallStand]]
    replies: list[OperatorReply]


def premises_page(code: str, at: datetime) -> PremisesPage | None:
    """Return what is told of the premises with this code, closed ones too; None for none. Nine queries."""
    found = Premises.objects.filter(code=code).select_related("operator__unit", "area").first()
    if found is None:
        return None
    stand = standing([found.pk], at)[found.pk]
    visits = list(found.visits.all())
    return PremisesPage(
        premises=found,
        stand=stand,
        permits=states_of(reversed(stand.permits), at),
        visits=visits[:MOST],
        earlier=len(visits[MOST:]),
        open_=sum(one.open for one in visits),
        grave=sum(one.grave for one in visits),
        tests=of_premises([found.pk]).get(found.pk, [])[:MOST],
        recalls=_recalls(found),
        replies=list(found.replies.standing()),
    )


def _recalls(premises: Premises) -> list[tuple[Lot, RecallStand]]:
    lots = {lot.pk: lot for lot in premises.lots.select_related("product")[:_LOTS]}
    told = recalls_of(lots)
    return [(lots[pk], stand) for pk, stand in told.items() if stand]

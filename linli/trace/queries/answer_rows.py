"""The rows that an answer of the look-up is made of, asked by prepared queries: many look at once, each at few rows."""

from datetime import datetime
from typing import Final

from linli.kernel.prepared import Prepared
from linli.trace.models import Lot, Permit, PermitStep, RecallReach, Report, Visit
from linli.trace.queries import lab_results, permits, recalls
from linli.trace.queries.lab_results import TestTold
from linli.trace.queries.permits import PermitStand
from linli.trace.queries.recalls import RecallStand

lot_by_code: Final = Prepared(
    lambda code: Lot.objects.filter(code=code).select_related(
        "product", "premises__operator__unit", "premises__area"
    ),
    str,
)
_permits: Final = Prepared(
    lambda premises: (
        Permit.objects.filter(premises=premises)
        .select_related("premises", "unit")
        .order_by("valid_from", "id")
    ),
    int,
)
_steps: Final = Prepared(
    lambda premises: PermitStep.objects.filter(permit__premises=premises).order_by("id"), int
)
_visit: Final = Prepared(lambda premises: Visit.objects.filter(premises=premises)[:1], int)
# Most lots were neither tested nor recalled: whether any was is asked first.
_reached: Final = Prepared(
    lambda lot: RecallReach.objects.filter(lot=lot, recall__drill=False).only("pk")[:1], int
)
_tested: Final = Prepared(
    lambda lot: Report.objects.public().filter(sample__lot=lot).only("pk")[:1], int
)
_tested_here: Final = Prepared(
    lambda premises: Report.objects.public().filter(sample__premises=premises).only("pk")[:1], int
)


def stands(premises: int, *moments: datetime) -> list[PermitStand]:
    """Return how premises stood by their permits at each moment. Two queries."""
    found = _permits.all(premises)
    steps = _steps.all(premises) if found else []
    return [permits.stood(found, steps, at) for at in moments]


def last_visit(premises: int) -> Visit | None:
    """Return the latest published inspection of premises, or None. One query."""
    return _visit.first(premises)


def tests_of_lot(lot: int) -> tuple[TestTold, ...]:
    """Return the public results of a lot, the newest first. Two queries at most."""
    return tuple(lab_results.published([lot]).get(lot, ())) if _tested.first(lot) else ()


def tests_here(premises: int) -> tuple[TestTold, ...]:
    """Return the public results of samples taken at premises, the newest first. Two queries at most."""
    some = _tested_here.first(premises)
    return tuple(lab_results.of_premises([premises]).get(premises, ())) if some else ()


def recall_of(lot: int) -> RecallStand | None:
    """Return the recall that a lot is under, or None; drills are none. Two queries at most."""
    return recalls.standing([lot])[lot] if _reached.first(lot) else None

"""What is known of the code that somebody typed or scanned: one answer, with all that it rests on."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from linli.trace.models import Lot, Operator, Permit, Premises, Product, Visit
from linli.trace.queries import permits
from linli.trace.queries.answer_rows import (
    last_visit,
    recall_of,
    stands,
    tests_here,
    tests_of_lot,
)
from linli.trace.queries.lab_results import TestTold
from linli.trace.queries.meanings import Meant, meant_by
from linli.trace.queries.permits import PermitStand
from linli.trace.queries.recalls import RecallStand
from linli.trace.rules.answers import MISTYPED, UNKNOWN, WHICH, Known, answer
from linli.trace.rules.laboratory.results import DETECTED
from linli.trace.rules.permit_states import state_of

_NOON: Final = time(12)
_CHOICES: Final = 8  # as many lots or places one may choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told of a code: the kind of answer (`rules.answers`), and what it was made of.

    `stand`: how the premises stand today; `then`: on the day on which the lot was made; `tests`: of the lot, of a
    place those of all samples taken there; `permit`: the one that was asked for by its own code.
    """

    kind: str
    code: str
    at: datetime
    lot: Lot | None = None
    product: Product | None = None
    operator: Operator | None = None
    premises: Premises | None = None
    permit: Permit | None = None
    stand: PermitStand | None = None
    then: PermitStand | None = None
    visit: Visit | None = None
    tests: tuple[TestTold, ...] = ()
    recall: RecallStand | None = None
    lots: tuple[Lot, ...] = ()
    places: tuple[Premises, ...] = ()


def looked_up(text: str, at: datetime) -> Answer:
    """Return the answer to a code at a moment. At most twelve queries, however much is on record."""
    meant = meant_by(text)
    if meant is None:
        return Answer(kind=MISTYPED, code="", at=at)
    if meant.lot:
        return _of_lot(meant.lot, at)
    if meant.permit:
        return _of_permit(meant.permit, at)
    if meant.premises:
        return _of_premises(meant.premises, at)
    return _undecided(meant, at)


def _of_lot(lot: Lot, at: datetime) -> Answer:
    premises = lot.premises
    noon = make_aware(datetime.combine(lot.made_on, _NOON))
    today, then = stands(premises.pk, at, noon)
    recall, tests = recall_of(lot.pk), tests_of_lot(lot.pk)
    known = Known(
        stand=today.state,
        then=then.state,
        recalled=recall is not None,
        adverse=bool(tests) and tests[0].result == DETECTED,
        past=lot.best_before is not None and lot.best_before < localdate(at),
        closed=_closed(premises),
    )
    return Answer(
        kind=answer(known), code=lot.code, at=at, lot=lot, product=lot.product,
        operator=premises.operator, premises=premises, stand=today, then=then,
        visit=last_visit(premises.pk), tests=tests, recall=recall,
    )  # fmt: skip


def _of_permit(permit: Permit, at: datetime) -> Answer:
    """Answer for this very paper, whatever others the premises have."""
    found = _of_premises(permit.premises, at)
    state = state_of(permits.held(permit, permit.steps.all()), at)
    stand = PermitStand(state, permit, permit.valid_until, (permit,))
    kind = answer(Known(stand=state, closed=_closed(permit.premises)))
    return replace(found, kind=kind, code=permit.code, permit=permit, stand=stand)


def _of_premises(premises: Premises, at: datetime) -> Answer:
    (stand,) = stands(premises.pk, at)
    return Answer(
        kind=answer(Known(stand=stand.state, closed=_closed(premises))),
        code=premises.code,
        at=at,
        operator=premises.operator,
        premises=premises,
        stand=stand,
        visit=last_visit(premises.pk),
        tests=tests_here(premises.pk),
    )


def _undecided(meant: Meant, at: datetime) -> Answer:
    """Answer a business with several places, a product without its lot, or what nobody has told us of."""
    if meant.product:
        return _of_product(meant, meant.product, at)
    if meant.operator is None:
        return Answer(kind=UNKNOWN, code=meant.code, at=at)
    places = _places(meant.operator)
    if len(places) == 1:
        return _of_premises(places[0], at)
    return Answer(
        kind=WHICH, code=meant.code, at=at, operator=meant.operator, places=tuple(places[:_CHOICES])
    )


def _of_product(meant: Meant, product: Product, at: datetime) -> Answer:
    named = bool(meant.number)
    lots = Lot.objects.filter(product=product).select_related("product")[:_CHOICES]
    return Answer(
        kind=UNKNOWN if named else WHICH, code=meant.code, at=at, product=product,
        operator=product.operator, lots=() if named else tuple(lots),
    )  # fmt: skip


def _places(operator: Operator) -> QuerySet[Premises]:
    found = Premises.objects.open().filter(operator=operator)
    return found.select_related("operator__unit", "area").order_by("name", "id")


def _closed(premises: Premises) -> bool:
    return premises.closed_on is not None or premises.operator.closed_on is not None

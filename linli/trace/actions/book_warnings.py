"""What is to be warned of when a shop enters what it did: told to the shop at once, and to the unit that supervises.

Nothing is refused for it: a thing that happened is better known than hidden.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from linli.kernel.actors import Actor, allow
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.models import Alert, BookLine, Operator, Premises
from linli.trace.queries.permits import PermitStand, standing
from linli.trace.queries.recalls import standing as recalled
from linli.trace.queries.shop_book import left_of
from linli.trace.rules.validity import VALID

PERMIT, PARTNER, RECALLED, TOO_MUCH, TOO_OLD = (
    "permit",
    "partner",
    "recalled",
    "too_much",
    "too_old",
)


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: its kind, the line that it is about, and what its words name."""

    kind: str
    line: BookLine
    name: str
    state: str = ""


def warn(
    *, by: Actor, at: datetime, operator: Operator, lines: Sequence[BookLine]
) -> tuple[Warned, ...]:
    """Return what is to be warned of, and raise the alerts of it, each once a day. A few queries for all lines.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    told = [one for one in lines if one.kind != BookLine.USED]
    found = [*_permits(at, told), *_recalls(told), *_amounts(operator, told), *_ages(told)]
    for one in found:
        if one.kind in (PERMIT, PARTNER, RECALLED):
            raise_alert(by=by, at=at, draft=_alert(operator, one))
    return tuple(found)


def _permits(at: datetime, told: Sequence[BookLine]) -> Iterator[Warned]:
    """Yield premises that worked without a permit in force, and partners that have none, once each and state."""
    places = {one.premises_id: one for one in told}
    others = {one.place_id: one for one in told if one.place_id and one.kind != BookLine.MOVED}
    # As it stood when it happened: a line that is entered late is judged by its own day.
    when = min((one.happened_at for one in told), default=at)
    stands = standing([*places, *(pk for pk in others if pk)], when)
    for kind, asked in ((PERMIT, places), (PARTNER, others)):
        for pk, line in asked.items():
            stand: PermitStand = stands[pk or 0]
            if stand.state != VALID:
                place: Premises = line.premises if kind == PERMIT else _place(line)
                yield Warned(kind, line, place.name, stand.state)


def _recalls(told: Sequence[BookLine]) -> Iterator[Warned]:
    stands = recalled([one.lot_id for one in told])
    for one in told:
        if stands[one.lot_id] is not None and one.kind in (BookLine.SOLD, BookLine.RECEIVED):
            yield Warned(RECALLED, one, str(one.lot))


def _amounts(operator: Operator, told: Sequence[BookLine]) -> Iterator[Warned]:
    gone = {one.lot_id: one for one in told if one.kind in (BookLine.SOLD, BookLine.THROWN)}
    for pk, amount in left_of(operator, list(gone)).items():
        if amount is not None and amount.value < 0:
            yield Warned(TOO_MUCH, gone[pk], str(gone[pk].lot))


def _ages(told: Sequence[BookLine]) -> Iterator[Warned]:
    for one in told:
        until = one.lot.best_before
        if one.kind == BookLine.SOLD and until and until < localdate(one.happened_at):
            yield Warned(TOO_OLD, one, str(one.lot))


def _alert(operator: Operator, one: Warned) -> AlertDraft:
    day = localdate(one.line.happened_at).isoformat()
    lot, place = one.line.lot, one.line.premises if one.kind == PERMIT else _place(one.line)
    if one.kind == RECALLED:
        about = f"recalled lot {lot.code} {one.line.kind} by {operator.code} {day}"
        return AlertDraft(
            operator.unit, Alert.RECALL, about, f"/console/lots/{lot.code}/", {"name": str(lot)}
        )
    said = {
        "what": "work",
        "name": place.name,
        "operator": operator.name,
        "state": one.state,
        "on": day,
    }
    about = f"work {place.code} {one.state} {operator.code} {day}"
    return AlertDraft(operator.unit, Alert.EXPIRY, about, f"/console/lots/{lot.code}/", said)


def _place(line: BookLine) -> Premises:
    return line.place or line.premises

"""What came of a booking, in numbers of people. A row says by how many a number changed; the sum is what stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing, waiting
from linli.offers.models import Booking, Outcome, Training


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One outcome of one booking: so many people of it, `after_days` after the end, hired by an order or not."""

    kind: str
    people: int = 1
    after_days: int = 0
    training: Training | None = None


@transaction.atomic
def record_outcome(*, by: Actor, at: datetime, booking: Booking, result: Result) -> int:
    """Write down what came of a booking; return by how many the number changed. Told again, nothing changes.

    What was written stays: who corrects it adds the difference, under their own name. The holder tells
    what came after the end.
    Refuses: not_allowed; not_own_unit; unknown_outcome; not_their_order for an order of another offer, or
    of what is no hire; not_attended for whoever did not come; too_many for more people than the booking is
    for.
    """
    _may(by, at, booking, result)
    _check(booking, result)
    kept = waiting.held(by=by, at=at, booking=booking)
    if kept.state != Booking.ATTENDED:
        raise Refused("not_attended", _("Only who came has an outcome."))
    stand = _standing(kept, result)
    change = result.people - stand.get(result.training.pk if result.training else None, 0)
    if not 0 <= result.people <= kept.size or sum(stand.values()) + change > kept.size:
        raise Refused("too_many", _("That is more people than the booking is for."))
    if change:
        Outcome(
            booking=kept,
            kind=result.kind,
            after_days=result.after_days,
            training=result.training,
            people=change,
            **signed(by, at),
        ).save(force_insert=True)
    return change


def _standing(booking: Booking, result: Result) -> dict[int | None, int]:
    """Return how many people stand by the order that hired them; None: by no order."""
    same = Outcome.objects.filter(
        booking=booking, kind=result.kind, after_days=result.after_days
    )  # fmt: skip
    return dict(same.values_list("training").annotate(people=Sum("people")).order_by())


def _may(by: Actor, at: datetime, booking: Booking, result: Result) -> None:
    if by.role != Role.HOLDER or not result.after_days:
        organizing.own(by=by, at=at, unit=booking.session.offer.unit)


def _check(booking: Booking, result: Result) -> None:
    if result.kind not in dict(Outcome.KINDS) or result.after_days not in Outcome.DAYS:
        raise Refused("unknown_outcome", _("Completed, passed or employed, at the end or after."))
    ordered = result.training
    if ordered and (ordered.offer_id != booking.session.offer_id or result.kind != "employed"):
        raise Refused("not_their_order", _("This order is of another course."))

"""Training that an employer orders: so many people, for such work; who is taken on is counted against the order."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Organization
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing
from linli.offers.models import Offer, Training

MOST = 10_000  # people in one order


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an employer orders: for which work, for how many people."""

    organization: Organization
    places: int
    role: str


def order_training(*, by: Actor, at: datetime, offer: Offer, order: Order) -> Training:
    """Write down an employer's order for a course.

    Refuses: not_allowed; not_own_unit; not_taught unless it is a course; nobody for no people, or more
    than a town has; no_role without the work; ordered already by this employer.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    if offer.kind != Offer.COURSE:
        raise Refused("not_taught", _("Only courses are ordered."))
    if not 1 <= order.places <= MOST:
        raise Refused("nobody", _("Say for how many people."))
    if not (role := order.role.strip()):
        raise Refused("no_role", _("Say for which work."))
    try:
        with transaction.atomic():
            return Training.objects.create(
                code=new_code(),
                offer=offer,
                organization=order.organization,
                places=order.places,
                role=role[:120],
                **signed(by, at),
            )
    except IntegrityError as error:
        raise Refused(
            "ordered", _("This employer has ordered this course already."), status=409
        ) from error

"""Open the roster of a session: of the unit that organizes it, for a purpose, until the day of each booking.

A look is written for each booking first; what cannot be written down is not shown.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone, key_of
from linli.offers.actions import organizing
from linli.offers.models import Booking, Session
from linli.offers.rules.opening import SHOWN


class Line(NamedTuple):
    """One booking on the roster, with as much as the purpose shows; empty where nothing was left."""

    booking: Booking
    name: str = ""
    note: str = ""
    reply_language: str = ""
    contact: str = ""


@transaction.atomic
def open_roster(*, by: Actor, at: datetime, session: Session, purpose: str) -> list[Line]:
    """Return who has, is offered or awaits places, and write down for each of them that the unit looked.

    Whoever left nothing is on it by code alone, without a look; so is whose day has passed.
    Refuses: not_allowed; not_own_unit; unknown_purpose; not_logged when a look cannot be written.
    """
    organizing.at_the_door(by=by, at=at, unit=session.offer.unit)
    if purpose not in SHOWN:
        raise Refused("unknown_purpose", _("Say what you look for."))
    bookings = session.bookings.filter(ended_at=None).select_related("subject")
    return [_opened(by, at, one, purpose) for one in bookings.order_by("booked_at", "id")]


def _opened(by: Actor, at: datetime, booking: Booking, purpose: str) -> Line:
    left = [name for name in SHOWN[purpose] if getattr(booking, name) is not None]
    if not left:
        return Line(booking)
    try:
        key = key_of(booking.subject, at=at)
        look(
            by=by, at=at, subject=booking.subject, verb="opened", about=booking.code,
            purpose=purpose, fields=left,
        )  # fmt: skip
    except Gone:
        return Line(booking)
    line = Line(
        booking, **{name: unseal_text(booking, key, name) for name in left if name != "contact"}
    )
    contact = unseal(booking, key, "contact") if "contact" in left else None
    return (
        line._replace(contact=next(iter(contact.values()))) if isinstance(contact, dict) else line
    )

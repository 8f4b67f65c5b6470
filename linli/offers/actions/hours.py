"""Confirm the hours that volunteers gave: by the organizer, of who came, once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing
from linli.offers.models import Booking, Hours, Offer

MOST_MINUTES = 6000


@transaction.atomic
def confirm_hours(*, by: Actor, at: datetime, booking: Booking, minutes: int) -> Hours:
    """Confirm how long each of the people of a booking gave on a shift.

    Refuses: not_allowed; not_own_unit; no_shift for another kind of offer; not_come unless they came;
    minutes_wrong unless it is 1 to 6000; confirmed already.
    """
    offer = booking.session.offer
    organizing.own(by=by, at=at, unit=offer.unit)
    if offer.kind != Offer.SHIFT:
        raise Refused("no_shift", _("This is no volunteer shift."))
    kept = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    if kept.state != Booking.ATTENDED:
        raise Refused("not_come", _("Hours are confirmed of who came."))
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("minutes_wrong", _("Enter between 1 and 6000 minutes."))
    try:
        with transaction.atomic():
            return Hours.objects.create(booking=kept, minutes=minutes, **signed(by, at))
    except IntegrityError:
        raise Refused("confirmed", _("These hours were confirmed already."), status=409) from None

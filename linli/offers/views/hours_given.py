"""What the page of a booking says of hours that were given on a shift."""

from datetime import datetime
from typing import Any

from linli.offers.models import Booking, Hours


def section(booking: Booking, _at: datetime) -> dict[str, Any] | None:
    """Tell of the hours that were confirmed; nothing when none were."""
    given = Hours.objects.filter(booking=booking).first()
    if given is None:
        return None
    hours, minutes = divmod(given.minutes, 60)
    told = {"session": booking.session, "by_unit": given.by_unit, "at": given.at}
    return told | {"hours": hours, "minutes": minutes}

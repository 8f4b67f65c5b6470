"""What is done for offers by the calendar."""

from datetime import datetime, timedelta

from linli.kernel.actors import system
from linli.kernel.ticks import Tick
from linli.offers.actions import waiting

_CALENDAR = system("calendar")


def lapse(at: datetime) -> int:
    """End places that were offered or held and not taken in time, and let in who waits."""
    ended = 0
    while found := waiting.lapse(by=_CALENDAR, at=at):
        ended += found
    return ended


TICKS = (Tick("offers.lapse", timedelta(minutes=1), lapse),)

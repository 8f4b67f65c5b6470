"""From appointments to the directory: beside a window's hours stands the next free time, how many places are free
of how many, and how many bookings wait. Counted, never typed.
"""

from datetime import datetime

from linli.directory.actions.free_times import WindowTimes, tell_free_times
from linli.kernel.actors import system
from linli.offers.queries.windows import free_at_windows


def tell_windows(at: datetime) -> int:
    """Tell the directory what is free at its windows now; return for how many that changed."""
    times = [WindowTimes(*one) for one in free_at_windows(at)]
    return tell_free_times(by=system("slots to windows"), at=at, times=times)

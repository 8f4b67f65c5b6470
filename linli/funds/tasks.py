"""What the calendar does for the funds engine."""

from datetime import datetime, timedelta

from linli.funds.actions import batch_reading, gifts, kits, roots
from linli.funds.queries.waiting_files import known_pieces
from linli.funds.schemas import iati_files
from linli.kernel.actors import system
from linli.kernel.purging import Purge
from linli.kernel.ticks import A_DAY, Tick

_CALENDAR = system("calendar")


def sign_books(at: datetime) -> int:
    """Sign the days that are over, and make the kits that reach up to them."""
    signed = roots.sign_days(by=_CALENDAR, at=at)
    return signed + kits.make_kits(by=_CALENDAR, at=at)


TICKS = (
    Tick("funds.batches", timedelta(0), lambda at: batch_reading.read_next(at=at)),
    Tick("funds.roots", A_DAY, sign_books),
    Tick("funds.iati", A_DAY, iati_files.renew),
)
PURGES = (
    Purge("gift receipts", lambda at: gifts.purge_receipts(at=at)),
    Purge("waiting files", lambda at: batch_reading.forget_waiting(at=at)),
    Purge("differences", lambda at: batch_reading.forget_differences(at=at)),
)
SEALED = (known_pieces,)

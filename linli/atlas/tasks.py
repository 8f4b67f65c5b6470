"""What the calendar does for the atlas."""

from datetime import datetime, timedelta

import structlog

from linli.atlas.actions import releases
from linli.atlas.models import Product
from linli.atlas.schemas import packing
from linli.kernel.actors import system
from linli.kernel.refusals import Refused
from linli.kernel.ticks import A_DAY, Tick

_CALENDAR = system("calendar")
_log = structlog.stdlib.get_logger("linli.atlas")


def propose_releases(at: datetime) -> int:
    """Propose the periods of products that are over; return how many. Nothing is released by the clock."""
    return sum(_proposed(product, at) for product in Product.objects.running())


def _proposed(product: Product, at: datetime) -> int:
    try:
        return len(releases.propose(by=_CALENDAR, at=at, product=product))
    except Refused as refused:  # ended meanwhile
        _log.error("proposal_refused", code=product.code, kind=refused.code)
        return 0


TICKS = (
    Tick("atlas.releases", A_DAY, propose_releases),
    Tick("atlas.open_data", timedelta(hours=1), lambda at: packing.renew(by=_CALENDAR, at=at)),
)

"""What the calendar does for food supervision."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from linli.kernel.actors import system
from linli.kernel.refusals import Refused
from linli.kernel.ticks import Tick
from linli.trace.actions import chains, expiry, lab_hearings, sample_plans
from linli.trace.models import SamplePlan
from linli.trace.queries.sample_plans import plans_to_close, plans_to_draw

_CALENDAR = system("calendar")
_log = structlog.stdlib.get_logger("linli.trace")


def draw_samples(at: datetime) -> int:
    """Close and draw the plans that are due; return how many. What is refused is logged, and tried again."""
    deeds = (
        (sample_plans.close_plan, plans_to_close(at)),
        (sample_plans.draw_plan, plans_to_draw()),
    )
    return sum(_drawn(deed, one, at) for deed, due in deeds for one in due)


def _drawn(deed: Callable[..., SamplePlan], one: SamplePlan, at: datetime) -> int:
    try:
        deed(by=_CALENDAR, at=at, plan=one)
    except Refused as refused:
        if refused.code != "no_beacon":
            _log.error("draw_refused", code=one.code, kind=refused.code)
        return 0
    return 1


TICKS = (
    Tick("trace.draws", timedelta(minutes=1), draw_samples),
    Tick(
        "trace.results",
        timedelta(minutes=15),
        lambda at: lab_hearings.publish_due(by=_CALENDAR, at=at),
    ),
    Tick("trace.chains", timedelta(hours=1), lambda at: chains.check_chains(by=_CALENDAR, at=at)),
    Tick("trace.expiry", timedelta(hours=1), lambda at: expiry.warn_expiring(at=at)),
)

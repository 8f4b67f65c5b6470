"""What the calendar does for the assessments."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from linli.assessments.actions import (
    draws,
    honouring,
    noticing,
    objecting,
    polls,
    register,
    signatures,
)
from linli.assessments.models import Draw
from linli.assessments.queries.draws import draws_to_close, draws_to_draw
from linli.assessments.queries.replays import replayed, rounds_with_scores
from linli.kernel.actors import system
from linli.kernel.purging import Purge
from linli.kernel.refusals import Refused
from linli.kernel.ticks import A_DAY, Tick

_CALENDAR = system("calendar")
_log = structlog.stdlib.get_logger("linli.assessments")


class ScoresDiffer(Exception):
    """Old scores do not come out again: somebody changed them, or what they were made of."""


def replay_scores(_at: datetime) -> int:
    """Compute every old score again, to the bit. Raises ScoresDiffer where one does not come out."""
    differs = Counter(
        bool(one.difference) for round_ in rounds_with_scores() for one in replayed(round_)
    )
    if differs[True]:
        raise ScoresDiffer(f"{differs[True]} of {differs.total()}: see linli replay-scores")
    return differs.total()


def draw(at: datetime) -> int:
    """Close and draw what is due; return how many. What is refused is logged, and tried again."""
    deeds = ((draws.close, draws_to_close(at)), (draws.draw, draws_to_draw()))
    return sum(_drawn(deed, one, at) for deed, due in deeds for one in due)


def _drawn(deed: Callable[..., Draw], one: Draw, at: datetime) -> int:
    try:
        deed(by=_CALENDAR, at=at, draw=one)
    except Refused as refused:
        if refused.code != "no_beacon":
            _log.error("draw_refused", code=one.code, kind=refused.code)
        return 0
    return 1


TICKS = (
    Tick("assessments.draws", timedelta(minutes=1), draw),
    Tick("assessments.inspections", A_DAY, lambda at: register.publish_due(at=at)),
    Tick("assessments.notices", timedelta(minutes=15), lambda at: noticing.end_notices(at=at)),
    Tick("assessments.polls", A_DAY, lambda at: polls.end_polls(at=at)),
    Tick("assessments.scores", A_DAY, replay_scores),
)
PURGES = (
    Purge("signatures", lambda at: signatures.purge_signatures(at=at)),
    Purge("objections", lambda at: objecting.purge_objections(at=at)),
    Purge("honours", lambda at: honouring.purge_honours(at=at)),
)

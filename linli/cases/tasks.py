"""What is done for cases by the calendar."""

from datetime import datetime, timedelta

from linli.cases.actions import delivering, escalating, purging, receiving, referring
from linli.cases.queries.files import known_files
from linli.kernel.actors import system
from linli.kernel.purging import Purge
from linli.kernel.ticks import Tick

_CALENDAR = system("calendar")
_AT_ONCE = 1000  # so that who waits to write waits no longer than that takes


def escalate(at: datetime) -> int:
    """Raise everything that is overdue, the most overdue first."""
    risen = 0
    while found := escalating.escalate(by=_CALENDAR, at=at, limit=_AT_ONCE):
        risen += found
    return risen


def close_unanswered(at: datetime) -> int:
    """Close everything to which nobody objected in time."""
    closed = 0
    while found := escalating.close_unanswered(by=_CALENDAR, at=at):
        closed += found
    return closed


def resume_lapsed(at: datetime) -> int:
    """Let everything run again that stood still for its longest time."""
    return escalating.resume_lapsed(by=_CALENDAR, at=at)


def exchange(at: datetime) -> int:
    """Carry envelopes to other cities, and end what may not be read there or here any more."""
    ended = referring.end_referrals(by=_CALENDAR, at=at)
    ended += receiving.forget_expired(by=_CALENDAR, at=at)
    return ended + delivering.deliver(by=_CALENDAR, at=at)


TICKS = (
    Tick("cases.escalate", timedelta(minutes=5), escalate),
    Tick("cases.close", timedelta(hours=1), close_unanswered),
    Tick("cases.resume", timedelta(hours=1), resume_lapsed),
    Tick("cases.exchange", timedelta(minutes=1), exchange),
)
PURGES = (
    Purge("cases", lambda at: purging.purge_cases(at=at)),
    Purge("drafts", lambda at: purging.purge_drafts(at=at)),
    Purge("tokens", lambda at: purging.purge_tokens(at=at)),
)
SEALED = (known_files,)

"""What is done for offers by the calendar."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from linli.kernel.actors import system
from linli.kernel.purging import Purge
from linli.kernel.refusals import Refused
from linli.kernel.ticks import Tick
from linli.offers.actions import (
    attending,
    drawn_letters,
    draws,
    entering,
    following_up,
    interviewing,
    pairing,
    purging,
    quizzing,
    reminding,
    slots,
    talk_letters,
    waiting,
)
from linli.offers.models import Draw, Session, SlotPlan
from linli.offers.queries.draws import draws_to_close, draws_to_draw, unplanned_draws
from linli.offers.queries.fairs import fairs_with_times_to_pass_on
from linli.offers.queries.works import known_works

_CALENDAR = system("calendar")
_log = structlog.stdlib.get_logger("linli.offers")


def lapse(at: datetime) -> int:
    """End places that were offered or held and not taken in time, and let in who waits."""
    ended = 0
    while found := waiting.lapse(by=_CALENDAR, at=at):
        ended += found
    return ended + waiting.go_on(by=_CALENDAR, at=at)


def draw(at: datetime) -> int:
    """Close, draw and plan what is due; return how many. What is refused is logged, and tried again."""
    deeds = (
        (draws.close, draws_to_close(at)),
        (draws.draw, draws_to_draw()),
        (draws.plan, unplanned_draws(at)),
    )
    done = sum(_drawn(deed, session, at) for deed, due in deeds for session in due)
    return done + drawn_letters.tell_lots(by=_CALENDAR, at=at)


def _drawn(deed: Callable[..., Draw], session: Session, at: datetime) -> int:
    try:
        deed(by=_CALENDAR, at=at, session=session)
    except Refused as refused:
        if refused.code != "no_beacon":
            _log.error("draw_refused", code=session.code, kind=refused.code)
        return 0
    return 1


def cut_slots(at: datetime) -> int:
    """Cut what windows' hours give to be booked, and take out what they no longer give."""
    plans = SlotPlan.objects.filter(ended_on=None).order_by("pk")
    return sum(slots.recut(by=_CALENDAR, at=at, plan=plan) for plan in plans)


def close_lists(at: datetime) -> int:
    """Say of who booked whether they attended, a day after the last meeting."""
    return attending.close_lists(by=_CALENDAR, at=at)


def remind(at: datetime) -> int:
    """Write to who has a place tomorrow."""
    return reminding.remind(by=_CALENDAR, at=at)


def ask(at: datetime) -> int:
    """Write to who let themselves be asked what came of their course."""
    return following_up.ask_due(by=_CALENDAR, at=at)


def pass_times_on(at: datetime) -> int:
    """Propose the times of who cancelled a job fair to the next who wished for them, and tell who is asked."""
    fairs = list(fairs_with_times_to_pass_on(at))
    passed = sum(interviewing.release_talks(by=_CALENDAR, at=at, session=fair) for fair in fairs)
    return passed + talk_letters.tell_talks(by=_CALENDAR, at=at)


TICKS = (
    Tick("offers.draws", timedelta(seconds=15), draw),
    Tick("offers.fairs", timedelta(minutes=5), pass_times_on),
    Tick("offers.lapse", timedelta(minutes=1), lapse),
    Tick("offers.slots", timedelta(minutes=15), cut_slots),
    Tick("offers.ask", timedelta(hours=1), ask),
    Tick("offers.close_lists", timedelta(hours=1), close_lists),
    Tick("offers.remind", timedelta(minutes=15), remind),
)
PURGES = (
    Purge("bookings", lambda at: purging.purge_bookings(at=at)),
    Purge("follow-ups", lambda at: purging.purge_follow_ups(at=at)),
    Purge("entries", lambda at: entering.purge_entries(at=at)),
    Purge("visits", lambda at: quizzing.purge_visits(at=at)),
    Purge("neighbours", lambda at: pairing.purge_neighbours(at=at)),
)
SEALED = (known_works,)

"""How a task stands, as one colour: a pure function of its state, its days and what is known of its figure.

A town asks of every promise: is it kept, and who says so? Green is given to proof alone. What a unit or a
document says stays amber until somebody who is not that unit has seen evidence; a day that has passed
without proof is red, whatever was said. So no unit can talk its lamp green, and none is red by mistake:
the reason is always told with the colour.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

SOON = timedelta(days=30)  # a month is what a unit still has for gathering proof
OPEN, REPORTED, SENT_BACK, ACCEPTED, DROPPED = (
    "open",
    "reported",
    "sent_back",
    "accepted",
    "dropped",
)
AT_LEAST, AT_MOST = "at_least", "at_most"
PROOF = frozenset({"evidenced", "confirmed"})


class Lamp(StrEnum):
    """The five colours, best to worst last."""

    GREEN = "green"  # proven
    GREY = "grey"  # not begun, or dropped
    BLUE = "blue"  # under way
    AMBER = "amber"  # due soon, a milestone late, sent back, only claimed, or accepted below target
    RED = "red"  # overdue and not proven


class Known(NamedTuple):
    """One current fact of the task's indicator and area: an interval over a half-open period.

    Whether the ends belong to the interval makes no difference to a target: "at least 300" is met by all
    values from 300 on, and by all values above 300.
    """

    status: str  # claimed, evidenced, confirmed
    low: Decimal | None
    high: Decimal | None
    period_from: date
    period_until: date


class Standing(NamedTuple):
    """All that a lamp depends on besides the day: nothing else can change its colour."""

    state: str
    due_on: date | None
    since: date  # the window in which the promise is kept: first day …
    until: date  # … and last day, as first promised (see `window`)
    target: Decimal | None = None
    sense: str = AT_LEAST
    accepted_on: date | None = None  # the day of the report that was accepted
    proof: bool = False  # whether that report rests on evidence
    late_milestone: date | None = None  # the earliest milestone day that was not reached
    facts: Sequence[Known] = ()


class Reason(StrEnum):
    """Why a lamp has its colour: codes, stable for ever; pages give them words."""

    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    OVERDUE = "overdue"
    OVERDUE_CLAIMED = "overdue_claimed"
    OVERDUE_MISSED = "overdue_missed"
    TARGET_MISSED = "target_missed"
    WAITS_FOR_REVIEW = "waits_for_review"
    SENT_BACK = "sent_back"
    CLAIMED = "claimed"
    MILESTONE_LATE = "milestone_late"
    DUE_SOON = "due_soon"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"


COLOURS = {
    Reason.DONE: Lamp.GREEN,
    Reason.DONE_LATE: Lamp.GREEN,
    Reason.DROPPED: Lamp.GREY,
    Reason.OVERDUE: Lamp.RED,
    Reason.OVERDUE_CLAIMED: Lamp.RED,
    Reason.OVERDUE_MISSED: Lamp.RED,
    Reason.TARGET_MISSED: Lamp.AMBER,
    Reason.WAITS_FOR_REVIEW: Lamp.AMBER,
    Reason.SENT_BACK: Lamp.AMBER,
    Reason.CLAIMED: Lamp.AMBER,
    Reason.MILESTONE_LATE: Lamp.AMBER,
    Reason.DUE_SOON: Lamp.AMBER,
    Reason.NOT_BEGUN: Lamp.GREY,
    Reason.UNDER_WAY: Lamp.BLUE,
}


def lamp(standing: Standing, today: date) -> Lamp:
    """Return the colour."""
    return COLOURS[why(standing, today)]


def why(standing: Standing, today: date) -> Reason:
    """Return the reason; the colour follows from it.

    done_late: proven, but certainly after the due day. A report counts by the day on which it was made,
    not by the day of its review, so that a slow review makes no unit late; a figure counts as late only
    when the whole period that it speaks of begins after the due day.
    """
    if standing.state == DROPPED:
        return Reason.DROPPED
    if (proven := _proven(standing, today)) is not None:
        return proven
    claimed = standing.state == REPORTED or _claimed(standing, today)
    if standing.due_on is not None and standing.due_on < today:
        return _overdue(standing.state, claimed=claimed)
    return _ahead(standing, today, claimed=claimed)


def window(
    starts_on: date | None, promised_due: date | None, programme: tuple[date, date]
) -> tuple[date, date]:
    """Return the first and last day in which a task's figure counts.

    From its start, else 1 January of its due year, else the programme's start; to the due day, else the
    programme's end. Given the first promise, moving the due day later never lets an older figure in.
    """
    first, last = programme
    if starts_on is None:
        starts_on = date(promised_due.year, 1, 1) if promised_due else first
    return starts_on, promised_due or last


def meets(standing: Standing, known: Known, today: date) -> bool:
    """Return whether a fact certainly meets the target in its window, wherever its true value lies.

    "At most" is met only by a period that is over and reaches the window's last day: the accidents of
    January alone say nothing about the year.
    """
    if standing.target is None or known.period_from < standing.since:
        return False
    if standing.sense == AT_LEAST:
        return known.low is not None and known.low >= standing.target
    over = standing.until < known.period_until <= today + timedelta(days=1)
    return over and known.high is not None and known.high <= standing.target


def _proven(standing: Standing, today: date) -> Reason | None:
    due = standing.due_on
    if standing.target is None:
        if standing.state != ACCEPTED or not standing.proof:
            return None
        day = standing.accepted_on
        return Reason.DONE_LATE if day and due and day > due else Reason.DONE
    began = [
        known.period_from
        for known in standing.facts
        if known.status in PROOF and meets(standing, known, today)
    ]
    if not began:
        return None
    return Reason.DONE_LATE if due and min(began) > due else Reason.DONE


def _claimed(standing: Standing, today: date) -> bool:
    return any(meets(standing, known, today) for known in standing.facts)


def _overdue(state: str, *, claimed: bool) -> Reason:
    if state == ACCEPTED:
        return Reason.OVERDUE_MISSED
    return Reason.OVERDUE_CLAIMED if claimed else Reason.OVERDUE


def _ahead(standing: Standing, today: date, *, claimed: bool) -> Reason:
    """Return the reason of a task that is not proven and not overdue: what needs somebody comes first."""
    if standing.state == ACCEPTED:
        return Reason.TARGET_MISSED
    if standing.state in {REPORTED, SENT_BACK}:
        return Reason.SENT_BACK if standing.state == SENT_BACK else Reason.WAITS_FOR_REVIEW
    if claimed:
        return Reason.CLAIMED
    if standing.late_milestone is not None and standing.late_milestone < today:
        return Reason.MILESTONE_LATE
    if standing.due_on is not None and standing.due_on - today <= SOON:
        return Reason.DUE_SOON
    return Reason.NOT_BEGUN if today < standing.since else Reason.UNDER_WAY

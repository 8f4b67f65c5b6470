"""What the calendar does: the most overdue rises first, taken or not; what nobody objects to is closed;
what stood still for its longest time runs again.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from linli.cases.actions import steps
from linli.cases.actions.telling import tell
from linli.cases.models import Case, ClockEvent, Step
from linli.cases.queries.overdue import answered_until, overdue, paused_until
from linli.cases.rules import clocks, reasons, retention
from linli.kernel import subjects
from linli.kernel.actors import Actor, allow
from linli.kernel.codes import new_row_code
from linli.kernel.signed import signed
from linli.kernel.working_days import is_working_day

ANSWER_STANDS = 5  # working days in which the person may object before the calendar closes
_BATCH = 500
_WAITING = (Case.RECEIVED, Case.WORKING)


class _Risen(NamedTuple):
    pk: int
    happened: clocks.Happened


@transaction.atomic
def escalate(*, by: Actor, at: datetime, limit: int) -> int:
    """Raise the most overdue cases, at most `limit`, to the level they earned; return how many were found.

    A clock that has passed raises at once, and again three and ten working days later.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    cuts = [longest_ago(by=by, at=at, days=days) for days in clocks.WAITS]
    found = overdue(cuts, limit)
    for begin in range(0, len(found), _BATCH):
        _raise(by, at, found[begin : begin + _BATCH], cuts)
    return len(found)


def close_unanswered(*, by: Actor, at: datetime, limit: int = _BATCH) -> int:
    """Close answered cases to which nobody objected for five working days; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    waiting = answered_until(longest_ago(by=by, at=at, days=ANSWER_STANDS), limit)
    return sum(_close(by, at, pk) for pk in waiting)


def resume_lapsed(*, by: Actor, at: datetime, limit: int = _BATCH) -> int:
    """Let the clocks run again that stood still for the longest time of their reason; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    resumed = 0
    for kind, days in reasons.PAUSES.items():
        for pk in paused_until(kind, longest_ago(by=by, at=at, days=days), limit):
            resumed += _resume(by, at, pk)
    return resumed


def longest_ago(*, by: Actor, at: datetime, days: int) -> datetime:
    """Return the moment before which lies what `days` working days have passed since, whoever asks.

    Refuses: nothing.
    """
    if not days:
        return at
    day = localdate(at)
    while days > 0:
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return make_aware(datetime.combine(day + timedelta(days=1), time()))


def _raise(by: Actor, at: datetime, found: list[int], cuts: list[datetime]) -> None:
    # Read again under the lock: what was answered meanwhile rises no more.
    kept = Case.objects.select_for_update(no_key=True).filter(pk__in=found, state__in=_WAITING)
    columns = ("pk", "step_due_at", "unit_due_at", "due_at", "next_due_at", "level")
    risen, raised = [], defaultdict(list)
    for pk, step, unit, case, due, level in kept.values_list(*columns):
        earned = sum(due < cut for cut in cuts) if due is not None else 0
        if earned > level:
            _after, happened = clocks.risen(clocks.Clocks(step, unit, case, level=level), earned)
            risen.append(_Risen(pk, happened[0]))
            raised[earned].append(pk)
    for level, pks in raised.items():
        Case.objects.filter(pk__in=pks).update(level=level)
    Step.objects.bulk_create(
        Step(
            code=new_row_code(),
            case_id=one.pk,
            verb="escalated",
            kind=one.happened.clock,
            **signed(by, at),
        )
        for one in risen
    )
    ClockEvent.objects.bulk_create(
        ClockEvent(case_id=one.pk, at=at, **one.happened._asdict()) for one in risen
    )


@transaction.atomic
def _close(by: Actor, at: datetime, pk: int) -> int:
    case = steps.held(by=by, at=at, case=Case(pk=pk))
    if case.state != Case.ANSWERED:
        return 0
    case.state, case.closed_at, case.closed_how = Case.CLOSED, at, "timeout"
    saved = ["state", "closed_at", "closed_how"]
    case.save(update_fields=saved + steps.seal_location(by=by, at=at, case=case))
    step = steps.note(by=by, at=at, case=case, verb="timed_out")
    if case.contact is not None or case.told_by_id is not None:
        tell(by=by, at=at, case=case, step=step, key=subjects.key_of(case.subject, at=at))
    until = retention.after_closing(localdate(at), case.topic.kept_days)
    if until < case.subject.purge_on:
        subjects.shorten(subject=case.subject, purge_on=until, at=at)
    return 1


@transaction.atomic
def _resume(by: Actor, at: datetime, pk: int) -> int:
    case = steps.held(by=by, at=at, case=Case(pk=pk))
    if case.paused_at is None:
        return 0
    now = steps.clocks_of(by=by, at=at, case=case)
    turned = clocks.resumed(now, at, steps.CALENDAR, "lapsed")
    steps.turn(by=by, at=at, case=case, turned=turned)
    steps.note(by=by, at=at, case=case, verb="resumed", kind="lapsed")
    return 1

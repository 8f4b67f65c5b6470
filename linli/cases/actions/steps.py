"""What every deed on a case does alike: hold the row, turn the clocks, write the step. Called inside the
transaction of the deed.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, ClockEvent, Step
from linli.cases.rules.clocks import Calendar, Clocks, Days, Turn
from linli.kernel import working_days
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_row_code
from linli.kernel.fields import seal, unseal_text
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Key
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, key_of


@lru_cache(maxsize=2048)
def _closing(day: date, days: int) -> datetime:
    return working_days.due_at(make_aware(datetime.combine(day, time())), days)


CALENDAR = Calendar(
    due=lambda at, days: _closing(localdate(at), days),
    between=lambda first, last: working_days.working_days_between(
        localdate(first), localdate(last)
    ),
)
LONGEST = 8000
# The relations that callers bring along with a case.
_BESIDE: list[Any] = [Case._meta.get_field(name) for name in ("topic", "unit", "subject")]  # noqa: SLF001
_for_update = Prepared(
    lambda number: Case.objects.select_for_update(no_key=True).filter(pk=number), int
)
_CLOCK_FIELDS = (
    "step_due_at",
    "unit_due_at",
    "due_at",
    "next_due_at",
    "paused_at",
    "pauses",
    "moves",
    "level",
)


def own(*, by: Actor, at: datetime, case: Case) -> Case:
    """Return the case, locked until the transaction ends, for the unit that answers for it.

    Refuses: not_allowed for who handles no case; not_own_case when another unit answers for it;
    case_closed when it waits for nothing, whatever `at`.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    kept = held(by=by, at=at, case=case)
    if by.role != Role.SYSTEM and kept.unit.name != by.unit:
        raise Refused("not_own_case", _("There is no such case at your unit."), status=404)
    if kept.state not in Case.OPEN:
        raise _closed()
    return kept


def theirs(*, by: Actor, at: datetime, case: Case) -> Case:
    """Return the case, locked until the transaction ends, for the person who holds its passphrase.

    Refuses: not_allowed for everybody else; case_closed when it waits for nothing.
    """
    allow(by, Role.HOLDER)
    kept = held(by=by, at=at, case=case)
    if kept.state not in Case.OPEN:
        raise _closed()
    return kept


def held(*, by: Actor, at: datetime, case: Case) -> Case:
    """Return the case as it stands, locked until the transaction ends, whoever acts and whenever.

    Refuses: nothing; who calls has asked already.
    """
    kept = _for_update.first(case.pk)
    if kept is None:
        raise Case.DoesNotExist
    # What the caller has read of its topic, unit and subject is not read again, unless it is another now.
    for field in _BESIDE:
        if field.is_cached(case) and getattr(case, field.attname) == getattr(kept, field.attname):
            field.set_cached_value(kept, field.get_cached_value(case))
    return kept


def turn(*, by: Actor, at: datetime, case: Case, turned: Turn, saved: Iterable[str] = ()) -> None:
    """Put the turned clocks into the row, save it with the fields in `saved`, and write what happened.

    Refuses: nothing; who calls has asked already.
    """
    clocks, happened = turned
    _put(case, clocks)
    case.save(update_fields=[*_CLOCK_FIELDS, *saved])
    ClockEvent.objects.bulk_create(
        ClockEvent(
            case=case, clock=one.clock, verb=one.verb, kind=one.kind, due_at=one.due_at, at=at
        )
        for one in happened
    )


def note(  # noqa: PLR0913 - the columns of one step
    *,
    by: Actor,
    at: datetime,
    case: Case,
    verb: str,
    kind: str = "",
    words: str = "",
    shown: bool = True,
    to_unit: str = "",
    from_unit: str = "",
    key: Key | None = None,
) -> Step:
    """Write one step; words are sealed under the case's key.

    Refuses: words_too_long; gone when the case's key is destroyed.
    """
    step = Step(
        code=new_row_code(),
        case=case,
        verb=verb,
        kind=kind,
        shown=shown,
        from_unit=from_unit,
        to_unit=to_unit,
        **signed(by, at),
    )
    if words:
        if len(words) > LONGEST:
            raise Refused("words_too_long", _("This is too long."))
        seal(step, key or key_of(case.subject, at=at), words=words)
    step.save(force_insert=True)
    return step


def seal_location(*, by: Actor, at: datetime, case: Case) -> list[str]:
    """Put the station or hall of a case that ends under the person's key; return the fields to save.

    While it runs, its unit finds it by that place. Afterwards the part of town is all that is needed in the
    clear. Refuses: nothing; whoever asks, when the key is destroyed the place is gone with it.
    """
    if case.location is None:
        return []
    with suppress(Gone):
        key = key_of(case.subject, at=at)
        said = unseal_text(case, key, "place")
        seal(case, key, place=" · ".join(filter(None, (case.location.name, said))))
    case.location = None
    return ["location", "place"]


def clocks_of(*, by: Actor, at: datetime, case: Case) -> Clocks:
    """Return the clocks of a case as its row has them, whoever asks and whenever.

    Refuses: nothing.
    """
    return Clocks(
        step=case.step_due_at,
        unit=case.unit_due_at,
        case=case.due_at,
        running=case.state in {Case.RECEIVED, Case.WORKING},
        paused_at=case.paused_at,
        pauses=case.pauses,
        moves=case.moves,
        level=case.level,
    )


def days_of(*, by: Actor, at: datetime, case: Case) -> Days:
    """Return the working days that the case's topic promises, whoever asks and whenever.

    Refuses: nothing.
    """
    topic = case.topic
    return Days(topic.step_days, topic.unit_days, topic.case_days)


def _put(case: Case, clocks: Clocks) -> None:
    case.step_due_at, case.unit_due_at, case.due_at = clocks.step, clocks.unit, clocks.case
    case.next_due_at, case.paused_at = clocks.next, clocks.paused_at
    case.pauses, case.moves, case.level = clocks.pauses, clocks.moves, clocks.level


def _closed() -> Refused:
    return Refused("case_closed", _("This case is closed."))

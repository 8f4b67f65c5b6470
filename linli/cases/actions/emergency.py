"""Emergency access to a case: asked with a reason, let in by a second person of another unit, told to the
person, counted in public.
"""

from datetime import datetime

from django.db import transaction

from linli.cases.actions import steps
from linli.cases.actions.telling import tell
from linli.cases.models import Case
from linli.kernel import grants
from linli.kernel.actors import Actor
from linli.kernel.models import BreakGlass
from linli.kernel.subjects import key_of


@transaction.atomic
def ask_to_break(*, by: Actor, at: datetime, case: Case, reason: str, hours: int) -> BreakGlass:
    """Ask to open a case without leave; the person is told at once that it was asked.

    Refuses: not_allowed; no_reason; too_long; gone when it was purged.
    """
    case = steps.held(by=by, at=at, case=case)
    glass = grants.ask_to_break(
        by=by, at=at, subject=case.subject, about=case.code, reason=reason, hours=hours
    )
    _note(by, at, case, "glass_asked", reason)
    return glass


@transaction.atomic
def let_in(*, by: Actor, at: datetime, case: Case, glass: BreakGlass) -> BreakGlass:
    """Let the one who asked open the case, for the hours asked; the person is told.

    Refuses: not_allowed; second_person; already_decided; glass_over; gone when it was purged.
    """
    case = steps.held(by=by, at=at, case=case)
    glass = grants.let_in(by=by, at=at, glass=glass)
    _note(by, at, case, "glass_opened")
    return glass


@transaction.atomic
def keep_out(*, by: Actor, at: datetime, case: Case, glass: BreakGlass) -> BreakGlass:
    """Refuse it; nothing was opened.

    Refuses: not_allowed; second_person; already_decided; glass_over; gone when it was purged.
    """
    case = steps.held(by=by, at=at, case=case)
    glass = grants.refuse_glass(by=by, at=at, glass=glass)
    steps.note(by=by, at=at, case=case, verb="glass_kept")
    return glass


def _note(by: Actor, at: datetime, case: Case, verb: str, words: str = "") -> None:
    key = key_of(case.subject, at=at)
    step = steps.note(by=by, at=at, case=case, verb=verb, words=words.strip()[:1000], key=key)
    tell(by=by, at=at, case=case, step=step, key=key)

"""At the counter of a station: somebody shows a code and says its passphrase, and may give their leave there."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import handing, reading, steps
from linli.cases.models import Case, HandOver
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.looks import look
from linli.kernel.refusals import Refused

PURPOSE = "counter"
# What a clerk sees: how far it is, and what waits for leave. Never what was said.
SEEN = ("state",)


@transaction.atomic
def attend(*, by: Actor, at: datetime, code: str, passphrase: str) -> Case:
    """Return the case that belongs to what was shown; that the clerk saw how far it is, is written down.

    Refuses: not_allowed unless a clerk opens it; wrong_code for unknown, wrong and gone alike; not_logged
    when the look cannot be written.
    """
    allow(by, Role.CLERK)
    case = reading.open_held(by=by, at=at, code=code, passphrase=passphrase)
    look(
        by=by, at=at, subject=case.subject, verb="opened", about=case.code,
        purpose=PURPOSE, fields=SEEN,
    )  # fmt: skip
    return case


@transaction.atomic
def answer_for(*, by: Actor, at: datetime, case: Case, hand_over: HandOver, yes: bool) -> HandOver:
    """Write down what the person at the counter answered: leave for this hand-over, or none.

    Refuses: not_allowed unless a clerk writes; not_theirs when it is another case's; case_closed;
    already_decided.
    """
    allow(by, Role.CLERK)
    if hand_over.case_id != case.pk:
        raise Refused("not_theirs", _("This hand-over is of another case."), status=404)
    if yes:
        return handing.give_leave(at=at, hand_over=hand_over, how=PURPOSE)
    return handing.refuse_leave(at=at, hand_over=hand_over)


@transaction.atomic
def hand_on_here(
    *, by: Actor, at: datetime, case: Case, unit: Unit, kind: str, words: str, fields: Iterable[str]
) -> HandOver:
    """Propose a case of the own unit to another, with the leave that the person gives at the counter.

    Refuses: not_allowed unless a clerk writes; and what `hand_on` refuses.
    """
    allow(by, Role.CLERK)
    way = handing.hand_on(by=by, at=at, case=case, unit=unit, kind=kind, words=words, fields=fields)
    if way.state == HandOver.WAITING:
        way = handing.give_leave(at=at, hand_over=way, how=PURPOSE)
    return way


@transaction.atomic
def tell_here(*, by: Actor, at: datetime, case: Case) -> Case:
    """Write down that the person at the counter heard what had happened: it waits no more.

    Refuses: not_allowed unless a clerk writes; nothing_to_tell; gone when it was purged; not_logged when
    the look cannot be written.
    """
    allow(by, Role.CLERK)
    case = steps.held(by=by, at=at, case=case)
    if case.news_at is None:
        raise Refused("nothing_to_tell", _("Nothing waits to be told of this case."))
    look(
        by=by, at=at, subject=case.subject, verb="opened", about=case.code,
        purpose=PURPOSE, fields=SEEN,
    )  # fmt: skip
    case.news_at = None
    case.save(update_fields=["news_at"])
    steps.note(by=by, at=at, case=case, verb="told")
    return case

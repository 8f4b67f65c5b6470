"""Forget: the person has the key to everything they said destroyed, before its day."""

from datetime import datetime

from django.db import transaction

from linli.cases.actions import following, steps
from linli.cases.models import Case
from linli.kernel import grants
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.subjects import destroy


@transaction.atomic
def forget(*, by: Actor = HOLDER, at: datetime, case: Case) -> None:
    """Withdraw a case that is open, end every leave, and destroy its key; the next purge clears the rows.

    Refuses: not_allowed for everybody but the person.
    """
    allow(by, Role.HOLDER)
    case = steps.held(by=by, at=at, case=case)
    if case.state in Case.OPEN:
        case = following.withdraw(by=by, at=at, case=case)
    grants.revoke_all(subject=case.subject, about=case.code, at=at)
    destroy(subject=case.subject, at=at)

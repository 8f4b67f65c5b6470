"""Drafts: what somebody has begun to ask, sealed for a week under a key of its own."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Draft
from linli.cases.rules.retention import DRAFT_DAYS
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.fields import seal
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone, destroy, key_of, new_subject

_LONGEST = 40_000  # characters of all answers together


@transaction.atomic
def save_draft(
    *, by: Actor = HOLDER, at: datetime, draft: Draft | None, answers: dict[str, Any]
) -> tuple[Draft, str | None]:
    """Keep what was answered so far; a new draft comes with its passphrase, which is shown once.

    It goes a week after it was begun. Refuses: not_allowed for staff who see no case; draft_too_long;
    gone when its week is over.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    if len(str(answers)) > _LONGEST:
        raise Refused("draft_too_long", _("This is too long."))
    passphrase = None
    if draft is None:
        draft, passphrase = Draft(code=new_code()), new_passphrase()
        draft.secret = keyed_hash(draft.code, read_passphrase(passphrase) or "")
        until = localdate(at) + timedelta(days=DRAFT_DAYS)
        draft.subject = new_subject(purpose="draft", purge_on=until, at=at)
    seal(draft, key_of(draft.subject, at=at), answers=answers)
    draft.touched_on = localdate(at)
    draft.save()
    return draft, passphrase


def open_draft(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Draft:
    """Return the draft that this code and passphrase open.

    Refuses: not_allowed for staff who see no case; wrong_code for unknown, wrong and gone alike.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    read = opened_code(Draft.objects.all(), code, passphrase)
    draft = Draft.objects.select_related("subject").filter(code=read).first()
    if draft is None:
        raise _wrong()
    try:
        key_of(draft.subject, at=at)
    except Gone:
        raise _wrong() from None
    return draft


@transaction.atomic
def drop_draft(*, by: Actor = HOLDER, at: datetime, draft: Draft) -> None:
    """Remove a draft at once and destroy its key: it was sent, or its owner wants it gone.

    Refuses: not_allowed for staff who see no case.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    draft.delete()
    destroy(subject=draft.subject, at=at)


def _wrong() -> Refused:
    return Refused("wrong_code", _("This code and passphrase do not belong together."), status=404)

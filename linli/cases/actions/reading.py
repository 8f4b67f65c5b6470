"""Open a case: for the person by code and passphrase, for a unit under its grant. A look is written first;
what cannot be written down is not shown.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.models import Attachment, Case, Step
from linli.cases.rules import reasons
from linli.kernel import grants
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.passphrases import opened_code
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import open_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import Gone, key_of

_by_code = Prepared(
    lambda code: Case.objects.select_related("topic", "unit", "area", "subject").filter(code=code),
    str,
)
_steps = Prepared(lambda case: Step.objects.filter(case_id=case), int)
_steps_shown = Prepared(lambda case: Step.objects.filter(case_id=case, shown=True), int)
_photos = Prepared(lambda case: Attachment.objects.filter(case_id=case), int)


class ShownStep(NamedTuple):
    """One step as its reader may see it: the person reads offices, no names; words only as they are granted."""

    code: str
    verb: str
    kind: str
    at: datetime
    by_name: str
    by_role: str
    by_unit: str
    from_unit: str
    to_unit: str
    words: str
    shown: bool


class Opened(NamedTuple):
    """What one reader may read of a case: `fields` says what was granted; the rest is empty."""

    words: str
    wish: str
    place: str
    reply_language: str
    photos: list[Attachment]
    steps: list[ShownStep]
    fields: frozenset[str]
    contact: dict[str, str]  # the holder's own page alone shows it


def open_held(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Case:
    """Return the case that this code and passphrase open.

    Refuses: not_allowed for staff who see no case; wrong_code for unknown, wrong and gone alike, after the
    same work.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    case = _by_code.first(opened_code(Case.objects.all(), code, passphrase))
    if case is None or case.purged_at is not None:
        raise _wrong()
    try:
        key_of(case.subject, at=at)
    except Gone:
        raise _wrong() from None
    return case


def own(*, by: Actor = HOLDER, at: datetime, case: Case) -> Opened:
    """Return all that is kept of a case, to the person who holds its passphrase; that is no look.

    Refuses: not_allowed for everybody else; gone when it was purged.
    """
    allow(by, Role.HOLDER)
    key = key_of(case.subject, at=at)
    contact = unseal(case, key, "contact")
    opened = _opened(case, key, frozenset(reasons.FIELDS), staff=False)
    return opened._replace(contact=contact if isinstance(contact, dict) else {})


@transaction.atomic
def read(*, by: Actor, at: datetime, case: Case, purpose: str) -> Opened:
    """Return what the unit of `by` was granted of a case, and write down that it looked.

    Refuses: not_allowed for who sees no case; unknown_purpose; no_grant when there is none any more and no
    second person let in; gone when it was purged; not_logged when the look cannot be written.
    """
    fields, purpose = _granted(by=by, at=at, case=case, purpose=purpose)
    key = key_of(case.subject, at=at)
    seen = fields - {"contact", reasons.PASSING_ON}
    look(
        by=by, at=at, subject=case.subject, verb="opened", about=case.code,
        purpose=purpose, fields=seen,
    )  # fmt: skip
    return _opened(case, key, fields, staff=True)


@transaction.atomic
def open_photo(
    *, by: Actor, at: datetime, case: Case, photo: Attachment, purpose: str = "handle"
) -> bytes:
    """Return one photo or paper. Who holds the passphrase may always; a unit under its grant, with a look.

    Refuses: no_photo when it is another case's; as `read`.
    """
    if photo.case_id != case.pk:
        raise Refused("no_photo", _("There is no such photo."), status=404)
    if by.role != Role.HOLDER:
        fields, purpose = _granted(by=by, at=at, case=case, purpose=purpose)
        if "photos" not in fields:
            raise _no_grant()
        look(
            by=by, at=at, subject=case.subject, verb="opened", about=case.code,
            purpose=purpose, fields=["photos"],
        )  # fmt: skip
    return open_sealed(key_of(case.subject, at=at), photo.code, photo.digest)


@transaction.atomic
def reveal_contact(*, by: Actor, at: datetime, case: Case, reason: str) -> str:
    """Return how to reach the person; why it was needed is written down for them to read.

    Refuses: not_allowed for who sees no case; no_reason; no_grant unless they granted it; no_contact when
    they left none; gone when it was purged; not_logged when the look cannot be written.
    """
    fields, purpose = _granted(by=by, at=at, case=case, purpose="contact")
    if "contact" not in fields:
        raise _no_grant()
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why: the person reads it."))
    key = key_of(case.subject, at=at)
    look(
        by=by, at=at, subject=case.subject, verb="opened", about=case.code,
        purpose=purpose, fields=["contact"],
    )  # fmt: skip
    contact = unseal(case, key, "contact")
    if not isinstance(contact, dict) or not contact:
        raise Refused("no_contact", _("The person left no way to reach them."))
    steps.note(by=by, at=at, case=case, verb="contact_seen", words=reason, key=key)
    return str(next(iter(contact.values())))


def _granted(*, by: Actor, at: datetime, case: Case, purpose: str) -> tuple[frozenset[str], str]:
    """Return what may be read and for what: under a grant, or through broken glass."""
    allow(by, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    if purpose not in {*reasons.PURPOSES, "contact"}:
        raise Refused("unknown_purpose", _("Say what you look for."))
    if case.purged_at is not None:
        raise Gone
    fields = grants.granted_fields(case.subject, case.code, by.unit, at)
    if fields:
        return fields, purpose
    if grants.glass_open(case.subject, case.code, by, at):
        return frozenset(reasons.FIELDS) - {reasons.PASSING_ON}, reasons.IN_AN_EMERGENCY
    raise _no_grant()


def _opened(case: Case, key: Key, fields: frozenset[str], *, staff: bool) -> Opened:
    told = {name: unseal_text(case, key, name) if name in fields else "" for name in reasons.SEALED}
    done = (_steps if staff else _steps_shown).all(case.pk)
    return Opened(
        **told,
        photos=_photos.all(case.pk) if "photos" in fields else [],
        steps=_shown(done, key, words="words" in fields, staff=staff),
        fields=fields,
        contact={},
    )


def _shown(done: Iterable[Step], key: Key, *, words: bool, staff: bool) -> list[ShownStep]:
    return [
        ShownStep(
            code=step.code,
            verb=step.verb,
            kind=step.kind,
            at=step.at,
            by_name=step.by_name if staff else "",
            by_role=step.by_role,
            by_unit=step.by_unit,
            from_unit=step.from_unit,
            to_unit=step.to_unit,
            words=unseal_text(step, key, "words") if words else "",
            shown=step.shown,
        )
        for step in done
    ]


def _no_grant() -> Refused:
    return Refused("no_grant", _("There is no such case at your unit."), status=404)


def _wrong() -> Refused:
    return Refused("wrong_code", _("This code and passphrase do not belong together."), status=404)

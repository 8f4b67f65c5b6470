"""What somebody of the premises signs with a finger: sealed under a key of its own, until its day."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Sheet, SheetSignature
from linli.assessments.rules.strokes import Strokes, drawn
from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.codes import new_code
from linli.kernel.fields import seal, unseal_text
from linli.kernel.looks import look
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of, new_subject

KEPT_DAYS: Final = 730
_LONGEST: Final = 500
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands under a sheet: strokes as points, or the words that say why there are none."""

    strokes: str = ""  # JSON: [[[x, y], …], …]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A signature as it is shown."""

    strokes: Strokes
    words: str


def sign(*, by: Actor, at: datetime, sheet: Sheet, signed: Signed) -> SheetSignature:
    """Keep what stands under a sheet, sealed.

    Refuses: not_allowed; no_signature without strokes or a word why there are none; words_too_long.
    """
    allow(by, Role.OFFICER, Role.SUPERVISOR)
    strokes, words = drawn(signed.strokes), signed.words.strip()
    if not strokes and not words:
        raise Refused("no_signature", _("Have it signed, or say why it is not."))
    if len(words) > _LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    purge_on = localdate(at) + timedelta(days=KEPT_DAYS)
    subject = new_subject(purpose="signature", purge_on=purge_on, at=at)
    row = SheetSignature(code=new_code(), sheet=sheet, subject=subject, refused=not strokes)
    key = key_of(subject, at=at)
    if strokes:
        seal(row, key, strokes=json.dumps(strokes, separators=(",", ":")))
    if words:
        seal(row, key, words=words)
    row.save(force_insert=True)
    return row


@transaction.atomic
def open_signature(*, by: Actor, at: datetime, signature: SheetSignature) -> Opened:
    """Show what stands under a sheet to the unit that made the visit, and write down that it looked.

    Refuses: not_allowed; not_own_unit; gone after its day; not_logged when the look cannot be written.
    """
    allow(by, Role.OFFICER, Role.SUPERVISOR)
    task = signature.sheet.assessment
    if by.unit != task.unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
    key = key_of(signature.subject, at=at)
    left = [name for name in ("strokes", "words") if getattr(signature, name) is not None]
    look(
        by=by, at=at, subject=signature.subject, verb="opened", about=task.code,
        purpose="inspect", fields=left,
    )  # fmt: skip
    strokes = unseal_text(signature, key, "strokes")
    return Opened(drawn(strokes), unseal_text(signature, key, "words"))


def purge_signatures(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the signatures whose key is destroyed; return how many. That there was one stays.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    held = SheetSignature.objects.filter(Q(strokes__isnull=False) | Q(words__isnull=False))
    return held.filter(subject__purge_on__lte=localdate(at)).update(strokes=None, words=None)

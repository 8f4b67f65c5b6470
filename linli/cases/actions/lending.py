"""Let a unit of another city read what it was granted: asked anew each time, written down before it is told."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import referring
from linli.cases.models import Case, Partner
from linli.cases.queries.partners import keys_of_partners
from linli.cases.rules import envelopes, reasons
from linli.kernel import city_key
from linli.kernel.actors import Actor, allow
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.models import Answered
from linli.kernel.note_keys import Malformed
from linli.kernel.notes import Forged
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import open_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import key_of

Told: TypeAlias = "dict[str, str | list[dict[str, str]]]"


@transaction.atomic
def admit(*, by: Actor, at: datetime, note: str, kind: str) -> tuple[Partner, envelopes.Opened]:
    """Return which city says what in a message, once: what was said before is not heard again.

    What is heard counts as said even when it is refused afterwards. An envelope is kept itself, and needs
    no memory here.
    Refuses: not_allowed for everybody but the system; unreadable; unknown_sender for what no city on our
    list signed for us; stale; said_before.
    """
    allow(by)
    partners = keys_of_partners()
    try:
        message = envelopes.opened(
            note, kind, keys=list(partners), ours=city_key.signer().key, at=at
        )
    except Forged:
        raise Refused(
            "unknown_sender", _("No city that we know has signed this for us."), status=403
        ) from None
    except envelopes.Stale:
        raise Refused("stale", _("This was said at another time."), status=403) from None
    except Malformed:
        raise Refused("unreadable", _("This is no message between cities."), status=400) from None
    partner = partners[message.key]
    if kind != envelopes.HAND_OVER:
        _hear_once(partner, message)
    return partner, message


@transaction.atomic
def lend(*, by: Actor, at: datetime, partner: Partner, said: envelopes.Opened) -> Told:
    """Return exactly the granted fields to a unit of another city, and write down that it looked.

    Refuses: not_allowed for everybody but the system; unknown_purpose; no_referral; unknown_role;
    grant_over; gone when the case was purged; not_logged when the look cannot be written.
    """
    allow(by)
    purpose = said.text("purpose")
    if purpose not in reasons.PURPOSES:
        raise Refused("unknown_purpose", _("Say what you look for."))
    referral, reader = referring.lent(by=by, at=at, partner=partner, said=said)
    case, fields = referral.case, frozenset(referral.grant.fields)
    key = key_of(case.subject, at=at)
    look(
        by=reader, at=at, subject=case.subject, verb="fetched", about=case.code,
        purpose=purpose, fields=fields,
    )  # fmt: skip
    return _told(case, key, fields)


def _hear_once(partner: Partner, message: envelopes.Opened) -> None:
    said = f"linli.exchange\n{partner.pk}\n{message.once}"
    # Kept with the answers to idempotency keys, for a day; a message is good for a minute.
    _row, new = Answered.objects.get_or_create(
        key=sha256(said.encode()).hexdigest(),
        defaults={"body": "", "status": 0, "answer": b"", "at": message.at},
    )
    if not new:
        raise Refused("said_before", _("This was said before."), status=409)


def _told(case: Case, key: Key, fields: frozenset[str]) -> Told:
    told: Told = {name: unseal_text(case, key, name) for name in reasons.SEALED if name in fields}
    if "contact" in fields:
        contact = unseal(case, key, "contact")
        told["contact"] = next(iter(contact.values()), "") if isinstance(contact, dict) else ""
    if "photos" in fields:
        told["photos"] = [
            {
                "code": one.code,
                "media_type": one.media_type,
                "base64": b64encode(open_sealed(key, one.code, one.digest)).decode(),
            }
            for one in case.attachments.all()
        ]
    return told

"""Certificates: made when their holder fetches them, withdrawn when they must not count any more.

What a certificate says is handed over and forgotten; a hash and a number in the status list stay.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of
from linli.offers.actions import organizing, waiting
from linli.offers.models import Booking, Certificate, Offer
from linli.offers.queries import certificates as known
from linli.offers.rules import credentials, status_list

LONGEST_NAME = 60
_FILLED = status_list.SIZE // 2  # half of a list stays free, so that a number is found at once
_SALT = 16  # bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with what is handed over: the credential, which is kept nowhere."""

    certificate: Certificate
    document: dict[str, Any]


@transaction.atomic
def certify(*, by: Actor = HOLDER, at: datetime, booking: Booking, named: str = "") -> Issued:
    """Make the certificate of one person of a booking, who may put a name to it.

    As many stand at a time as people of the booking reached something: whoever lost theirs withdraws it first.
    Refuses: not_allowed for everybody but the holder; gone when the booking was deleted; not_reached until the
    organizer has noted that they completed or passed; name_too_long; certified when each has one that stands.
    """
    allow(by, Role.HOLDER)
    if len(named := " ".join(named.split())) > LONGEST_NAME:
        raise Refused("name_too_long", _("This name is too long."))
    kept = waiting.held(by=by, at=at, booking=booking)
    key_of(booking.subject, at=at)
    kind, people = known.reached(kept)
    if not people:
        raise Refused("not_reached", _("The organizer has not noted yet that you completed it."))
    if _standing(kept) >= people:
        raise Refused(
            "certified",
            _("A certificate stands. Withdraw it first if you have lost it."),
            status=409,
        )
    return _issued(at, booking, kind, named)


@transaction.atomic
def withdraw(
    *, by: Actor = HOLDER, at: datetime, certificate: Certificate, why: str = ""
) -> Certificate:
    """Withdraw a certificate; who checks it reads so from then on. A second time changes nothing.

    Its holder needs no reason. Refuses: not_allowed; not_own_unit; no_reason for the organizer without one.
    """
    if by.role == Role.HOLDER:
        why = Certificate.BY_HOLDER
    else:
        organizing.own(by=by, at=at, unit=certificate.offer.unit)
    if not (why := why.strip()):
        raise Refused("no_reason", _("Say why it is withdrawn."))
    kept = Certificate.objects.select_for_update(no_key=True).get(pk=certificate.pk)
    if kept.revoked_at is None:
        kept.revoked_at, kept.revoked_why = at, why[:120]
        kept.save(update_fields=["revoked_at", "revoked_why"])
    return kept


def _standing(booking: Booking) -> int:
    return booking.certificates.filter(revoked_at=None).count()


def _issued(at: datetime, booking: Booking, kind: str, named: str) -> Issued:
    offer = booking.session.offer
    certificate = Certificate(
        id=uuid4(), offer=offer, booking=booking, number=_free(), issued_at=at
    )
    url, position = known.list_of(certificate.number)
    unsigned = credentials.credential(
        issuer=known.issuer(offer.unit.name),
        achievement=_achievement(offer, kind),
        place=credentials.Place(
            url=known.address_of(certificate.id), status_url=url, position=position
        ),
        subject=_subject(named),
        at=at,
    )
    document = known.signed(unsigned, at)
    certificate.digest = credentials.digest(document)
    certificate.save(force_insert=True)
    return Issued(certificate, document)


def _subject(named: str) -> dict[str, Any]:
    if named:
        return credentials.named(named, secrets.token_hex(_SALT))
    return credentials.bearer(str(uuid4()))


def _achievement(offer: Offer, kind: str) -> credentials.Achievement:
    criteria = {
        "passed": _("Attended and passed the test."),
        "completed": _("Attended to the end."),
    }
    return credentials.Achievement(
        url=known.absolute("offers:offer", offer.code),
        title=offer.title,
        description=(offer.description or offer.title)[:160],
        criteria=criteria[kind],
        kind=kind,
    )


def _free() -> int:
    """Return a number that no certificate has, drawn by lot: neighbours in the list tell nothing of each other."""
    first = Certificate.objects.count() // _FILLED * status_list.SIZE
    while True:
        number = first + secrets.randbelow(status_list.SIZE)
        if not Certificate.objects.filter(number=number).exists():
            return number

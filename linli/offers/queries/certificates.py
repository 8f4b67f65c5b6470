"""What is known of certificates: who may have one, which are withdrawn. What a certificate says, its holder has."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import override

from linli.kernel import badge_key
from linli.offers.models import Booking, Certificate
from linli.offers.rules import credentials, proofs, status_list
from linli.offers.rules.multikey import did_key, method_of

LIST_LASTS = timedelta(days=7)  # who keeps a list longer does not know what was withdrawn since


def reached(booking: Booking) -> tuple[str, int]:
    """Return what the people of a booking reached at the end, passed before completed, and how many; ("", 0) for nothing."""
    at_the_end = booking.outcomes.filter(after_days=0).values_list("kind")
    people = dict(at_the_end.annotate(people=Sum("people")))
    kind = next((one for one in ("passed", "completed") if people.get(one)), "")
    return kind, people.get(kind, 0)


def issuer(name: str) -> credentials.Issuer:
    """Return the house as issuer, under the name of the unit that organized."""
    return credentials.Issuer(did=did_key(badge_key.signer().key.public), name=name, url=own_host())


def signed(document: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return a document with the house's proof."""
    signer = badge_key.signer()
    method = method_of(did_key(signer.key.public))
    return proofs.proven(document, sign=signer.sign, method=method, created=credentials.moment(at))


def address_of(number: UUID) -> str:
    """Return where a certificate is checked."""
    return absolute("offers:credential", number)


def list_of(number: int) -> tuple[str, int]:
    """Return the address of the status list that holds this number, and the bit in it."""
    return _list_address(number // status_list.SIZE), number % status_list.SIZE


def status_lists() -> int:
    """Return how many status lists there are: one before the first certificate."""
    last = Certificate.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return last // status_list.SIZE + 1


def status_document(number: int, at: datetime) -> dict[str, Any]:
    """Return one signed status list. Within an hour it is the same, unless something is withdrawn."""
    first = number * status_list.SIZE
    withdrawn = Certificate.objects.filter(
        revoked_at__isnull=False, number__gte=first, number__lt=first + status_list.SIZE
    )
    positions = withdrawn.order_by("number").values_list("number", flat=True)
    hour = at.replace(minute=0, second=0, microsecond=0)
    unsigned = credentials.status_credential(
        issuer=issuer(""),
        url=_list_address(number),
        encoded=status_list.encoded(position - first for position in positions),
        at=hour,
    )
    return signed(unsigned | {"validUntil": credentials.moment(hour + LIST_LASTS)}, hour)


def absolute(name: str, named: object) -> str:
    """Return an address of ours as it stands in certificates: always the same one, in no language."""
    with override(settings.LANGUAGE_CODE):
        return own_host() + reverse(name, args=[named])


def own_host() -> str:
    """Return what stands before our addresses."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('*.') or 'localhost'}"


def _list_address(number: int) -> str:
    return absolute("offers:credential_status", number)

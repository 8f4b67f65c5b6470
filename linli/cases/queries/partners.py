"""Reads about other cities: which we exchange cases with, what went to them and what came from them."""

from django.db.models import QuerySet

from linli.cases.models import Partner, Received, Referral
from linli.cases.rules.envelopes import glance
from linli.kernel.note_keys import VerifierKey, read_key


def open_partners() -> QuerySet[Partner]:
    """Return the cities that cases may be handed to and taken from, by name."""
    return Partner.objects.filter(ended_on=None)


def keys_of_partners() -> dict[VerifierKey, Partner]:
    """Return the keys that we trust, each with its city. One query."""
    return {read_key(partner.key): partner for partner in open_partners()}


def received_by(unit: str) -> QuerySet[Received]:
    """Return what other cities handed to a unit, the newest first."""
    return Received.objects.filter(unit__name=unit).select_related("partner", "unit")


def meant_for(received: Received) -> str:
    """Return the unit that the person named; the reception window may hold it in its place."""
    return str(glance(received.envelope)["unit"]) if received.envelope else ""


def referrals_of(case_code: str) -> QuerySet[Referral]:
    """Return where in other cities a case was handed to, the newest first."""
    found = Referral.objects.filter(case__code=case_code).select_related("partner", "grant")
    return found.order_by("-at", "-id")

"""Papers that run out and nothing follows: permits and certificates, and what was told of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.trace.models import Certificate, ExpiryNotice, Operator, Permit
from linli.trace.rules.validity import WARNED_BEFORE


def expiring_permits(last: date) -> QuerySet[Permit]:
    """Permits that run out until a day, were not withdrawn, have no successor and were not told of to the last."""
    after = Permit.objects.filter(
        application__renews=OuterRef("pk"), valid_until__gt=OuterRef("valid_until")
    )
    found = Permit.objects.filter(valid_until__lte=last, premises__closed_on=None)
    found = found.exclude(state=Permit.WITHDRAWN).exclude(Exists(after))
    told = _told_to_the_last(ExpiryNotice.PERMIT)
    return found.exclude(told).select_related("premises__operator__unit")


def expiring_certificates(last: date) -> QuerySet[Certificate]:
    """Certificates that count, run out until a day, have no successor and were not told of to the last."""
    counting = Certificate.objects.filter(struck_at=None, checked_at__isnull=False)
    after = counting.filter(
        operator=OuterRef("operator"),
        kind=OuterRef("kind"),
        goods=OuterRef("goods"),
        supplier=OuterRef("supplier"),
        valid_until__gt=OuterRef("valid_until"),
    )
    found = counting.filter(valid_until__lte=last, operator__closed_on=None).exclude(Exists(after))
    told = _told_to_the_last(ExpiryNotice.CERTIFICATE)
    return found.exclude(told).select_related("operator__unit")


def told_of(papers: Collection[str]) -> dict[tuple[str, str], list[int]]:
    """Return how many days before each paper was told of. One query."""
    told: dict[tuple[str, str], list[int]] = {}
    rows = ExpiryNotice.objects.filter(paper__in=papers).values_list("what", "paper", "days")
    for what, paper, days in rows:
        told.setdefault((what, paper), []).append(days)
    return told


def unseen(operator: Operator) -> QuerySet[ExpiryNotice]:
    """What an operator was told and has not put away."""
    return operator.expiry_notices.filter(seen_at=None)


def _told_to_the_last(what: str) -> Q:
    told = ExpiryNotice.objects.filter(what=what, days=WARNED_BEFORE[-1], paper=OuterRef("code"))
    return Q(Exists(told))

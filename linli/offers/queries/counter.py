"""What a clerk can book for somebody now, of whichever unit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from linli.offers.models import Offer, Session


def bookable(
    at: datetime, *, kind: str = "", words: str = "", offer: str = ""
) -> QuerySet[Session]:
    """Return the sessions whose booking is open, the next first."""
    offers = Offer.objects.published()
    if kind:
        offers = offers.filter(kind=kind)
    if offer:
        offers = offers.filter(code=offer)
    if words:
        offers = offers.filter(title__icontains=words)
    sessions = Session.objects.open().filter(
        offer__in=offers.order_by(), way=Session.FIRST, booking_from__lte=at, booking_until__gt=at
    )
    return sessions.select_related("offer__unit", "location").order_by("starts_at", "pk")


def by_offer(sessions: Iterable[Session], most: int) -> list[tuple[Offer, list[Session], int]]:
    """Return sessions by their offer, the soonest first: `most` of each, and how many more there are."""
    found: dict[Offer, list[Session]] = defaultdict(list)
    for one in sessions:
        found[one.offer].append(one)
    return [(offer, held[:most], len(held[most:])) for offer, held in found.items()]

"""Offers that anybody may come to, with the session that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import get_current_timezone

from linli.directory.models import Area
from linli.offers.models import Offer, Session

_TAKEN = F("taken_web") + F("taken_phone") + F("taken_station")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What narrows the list: a kind, an area's code, the Monday of a week, words."""

    kind: str = ""
    area: str = ""
    week: date | None = None
    words: str = ""


def coming_sessions(at: datetime) -> QuerySet[Session]:
    """Return the sessions that have not ended and take place, the next first."""
    return Session.objects.open().filter(ends_at__gt=at).order_by("starts_at", "pk")


def coming_offers(asked: Asked, at: datetime) -> QuerySet[Offer]:
    """Return the published offers that still come, the next first, each with the key of its `next` session.

    The next one that still has a place goes before a nearer one that is full.
    """
    sessions = _in_week(coming_sessions(at), asked.week).filter(offer=OuterRef("pk"))
    room = sessions.filter(queue=0, capacity__gt=_TAKEN, booking_until__gt=at)
    offers = _narrowed(Offer.objects.published(), asked).annotate(
        first=Subquery(sessions.values("pk")[:1]),
        first_at=Subquery(sessions.values("starts_at")[:1]),
        roomy=Subquery(room.values("pk")[:1]),
    )
    return offers.filter(first__isnull=False).order_by("first_at", "pk").select_related("area")


def next_sessions(offers: Iterable[Offer]) -> dict[int, Session]:
    """Return the session to show with each of these offers, by the offer's key. One query."""
    keys = [offer.roomy or offer.first for offer in offers]  # type: ignore[attr-defined]
    found = Session.objects.filter(pk__in=keys).select_related("location")
    return {session.offer_id: session for session in found}


def areas_on_offer() -> QuerySet[Area]:
    """Return the areas in which anything is offered."""
    return Area.objects.filter(on_offer__in=Offer.objects.published()).distinct()


def offer_on_show(code: str) -> Offer | None:
    """Return a published offer with what its page tells."""
    offers = Offer.objects.published().select_related("unit", "area", "service", "part_of")
    return offers.prefetch_related("lessons").filter(code=code).first()


def session_on_show(code: str) -> Session | None:
    """Return a session of a published offer; one that was called off too, as long as it is known."""
    sessions = Session.objects.filter(offer__in=Offer.objects.published())
    return (
        sessions.select_related("offer__unit", "offer__area", "location__area")
        .filter(code=code)
        .first()
    )


def parts_of(offer: Offer, at: datetime) -> list[Offer]:
    """Return what belongs to a programme and still comes, each with its `next` session's key."""
    return list(coming_offers(Asked(), at).filter(part_of=offer)[:60])


def _narrowed(offers: QuerySet[Offer], asked: Asked) -> QuerySet[Offer]:
    if asked.kind:
        offers = offers.filter(kind=asked.kind)
    if asked.area:
        offers = offers.filter(area__in=Area.objects.within(asked.area))
    for word in asked.words.split()[:6]:
        offers = offers.filter(Q(title__icontains=word) | Q(description__icontains=word))
    return offers


def _in_week(sessions: QuerySet[Session], monday: date | None) -> QuerySet[Session]:
    if monday is None:
        return sessions
    begins = datetime.combine(monday, time(), get_current_timezone())
    return sessions.filter(ends_at__gt=begins, starts_at__lt=begins + timedelta(days=7))

"""What an organizer works with: its unit's offers and sessions, in codes and counts. Nothing here is sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from linli.kernel.actors import Actor, Role
from linli.offers.models import Meeting, Offer, Session

_TAKEN = F("taken_web") + F("taken_phone") + F("taken_station")


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersAsked:
    """What narrows the list of offers."""

    kind: str = ""
    state: str = ""
    part_of: Offer | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """What is still to come of one offer: the next beginning, sessions, places, how many are taken or wanted."""

    first: datetime
    sessions: int
    places: int
    given: int
    waiting: int


def visible(by: Actor) -> QuerySet[Offer]:
    """Return the offers that somebody works with: of their unit, or all for who plans."""
    offers = Offer.objects.select_related("unit", "area", "part_of")
    return offers if by.role == Role.PLANNER else offers.filter(unit__name=by.unit)


def programmes(by: Actor) -> QuerySet[Offer]:
    """Return the programmes that the offers of `by` belong to."""
    return Offer.objects.filter(parts__in=visible(by)).distinct().order_by("title")


def offers_asked(by: Actor, asked: OffersAsked) -> QuerySet[Offer]:
    """Return the offers as they are asked for, the newest first."""
    offers = visible(by).filter(_STATES.get(asked.state, Q()))
    if asked.kind:
        offers = offers.filter(kind=asked.kind)
    if asked.part_of is not None:
        offers = offers.filter(part_of=asked.part_of)
    return offers.filter(title__icontains=asked.words) if asked.words else offers


def coming(offers: Iterable[Offer], at: datetime) -> Mapping[int, Coming]:
    """Return what is still to come of each of these offers. One query."""
    sessions = Session.objects.open().filter(offer__in=[one.pk for one in offers], ends_at__gt=at)
    rows = sessions.order_by().values_list("offer").annotate(
        first=Min("starts_at"), sessions=Count("pk"), places=Sum("capacity"),
        given=Sum(_TAKEN), waiting=Sum("queue"),
    )  # fmt: skip
    return {row[0]: Coming(*row[1:]) for row in rows}


def sessions_of(by: Actor) -> QuerySet[Session]:
    """Return the sessions of the offers that `by` works with."""
    sessions = Session.objects.select_related("offer__unit", "offer__area", "location")
    return sessions.filter(offer__in=visible(by).order_by())


def meetings_of(by: Actor) -> QuerySet[Meeting]:
    """Return the meetings of these sessions."""
    meetings = Meeting.objects.select_related("session__offer__unit", "session__location")
    return meetings.filter(session__offer__in=visible(by).order_by())


def meetings_counted(session: Session) -> QuerySet[Meeting]:
    """Return the meetings of a session, each with how many `came`, and its walk-ins."""
    meetings = session.meetings.select_related("walk_ins", "lesson")
    return meetings.annotate(came=Sum("attendances__came")).order_by("starts_at", "number")


_STATES = {
    "draft": Q(published_at=None, withdrawn_at=None),
    "published": Q(published_at__isnull=False, withdrawn_at=None),
    "withdrawn": Q(withdrawn_at__isnull=False),
}

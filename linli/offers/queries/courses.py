"""How a course goes: its lessons by meeting, orders of employers with who was hired. In counts, of nobody."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from linli.offers.models import Booking, Meeting, Offer, Outcome, Session, Training


@dataclass(frozen=True, slots=True)
class Taught:
    """One meeting: of those who have a place, how many came."""

    meeting: Meeting
    came: int
    places: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order, and how many were hired through it, as is known."""

    training: Training
    hired: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of a course's people: booked and came, completed, passed, employed; who may be asked again."""

    came: int
    completed: int
    passed: int
    employed: int
    to_ask: int


def taught(session: Session) -> list[Taught]:
    """Return the meetings of a session, each with its lesson and how many came. Two queries."""
    having = session.bookings.filter(state__in=Booking.HOLDING).aggregate(n=Sum("size"))["n"] or 0
    meetings = session.meetings.filter(cancelled_at=None).select_related("lesson")
    counted = meetings.annotate(came=Sum("attendances__came"))
    return [Taught(one, one.came or 0, having) for one in counted]


def orders(offer: Offer) -> list[Ordered]:
    """Return a course's orders. Two queries."""
    hired = _known(
        Outcome.objects.filter(booking__session__offer=offer, kind="employed"), "training"
    )
    trainings = offer.trainings.select_related("organization")
    return [Ordered(one, hired.get(one.pk, 0)) for one in trainings]


def followed(offer: Offer) -> Followed:
    """Return what is known of everybody who came to a course. Five queries."""
    came = Booking.objects.filter(session__offer=offer, state=Booking.ATTENDED)
    outcomes = Outcome.objects.filter(booking__session__offer=offer)
    return Followed(
        came=came.aggregate(n=Sum("size"))["n"] or 0,
        **{kind: sum(_known(outcomes.filter(kind=kind), "kind").values()) for kind, _words in Outcome.KINDS},
        to_ask=came.filter(follow_up__purged_at=None, follow_up__isnull=False).count(),
    )  # fmt: skip


def _known(outcomes: "QuerySet[Outcome]", by: str) -> dict[object, int]:
    """Add up what stands, by one column: of several days after, each booking's most counts, and once."""
    most: dict[tuple[object, int], int] = defaultdict(int)
    rows = outcomes.order_by().values_list(by, "booking", "after_days")
    for of, booking, _days, people in rows.annotate(people=Sum("people")):
        most[of, booking] = max(most[of, booking], people)
    found: dict[object, int] = defaultdict(int)
    for (of, _booking), people in most.items():
        found[of] += people
    return found

"""A fair as its organizer works with it: stands with what happens there, how far wishes came true. Codes and counts."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from linli.kernel.actors import Actor
from linli.offers.models import Interview, Offer, Session, Stand, Vacancy, Wish
from linli.offers.queries.organizing import visible


class Granted(NamedTuple):
    """How many wishes of one number there are, and how many of them have a time."""

    number: int
    wished: int
    granted: int


def fair_at(by: Actor, code: str) -> Session:
    """Return a fair of an offer that `by` works with, else 404."""
    fairs = Session.objects.select_related("offer__unit", "location", "timetable")
    offers = visible(by).filter(kind=Offer.FAIR).order_by()
    found = fairs.filter(code=code, offer__in=offers).first()
    if found is None:
        raise Http404
    return found


def stand_at(by: Actor, number: int) -> Stand:
    """Return a stand of a fair that `by` works with, else 404."""
    stands = Stand.objects.select_related(
        "session__offer__unit", "session__timetable", "organization"
    )
    found = stands.filter(pk=number, session__offer__in=visible(by).order_by()).first()
    if found is None:
        raise Http404
    return found


def stands_counted(fair: Session) -> list[tuple[Stand, dict[str, int]]]:
    """Return the stands of a fair with how many posts, wishes and talks each has. Four queries."""
    stands = list(
        fair.stands.select_related("organization").order_by("-zone", "place", "organization__name")
    )
    posts = _by_stand(
        Vacancy.objects.filter(stand__session=fair, closed_on=None), "stand", Sum("posts")
    )
    wishes = _by_stand(
        Wish.objects.filter(vacancy__stand__session=fair), "vacancy__stand", Count("pk")
    )
    talks = talks_counted(fair)
    return [
        (
            stand,
            {"posts": posts.get(stand.pk, 0), "wishes": wishes.get(stand.pk, 0)}
            | talks.get(stand.pk, {}),
        )
        for stand in stands
    ]


def talks_counted(fair: Session) -> dict[int, dict[str, int]]:
    """Return how many talks each stand has, by what became of them."""
    given = Q(booking__isnull=False) & ~Q(state=Interview.DECLINED)
    rows = (
        Interview.objects.filter(stand__session=fair)
        .order_by()
        .values("stand")
        .annotate(
            given=Count("pk", filter=given),
            done=Count("pk", filter=Q(state=Interview.DONE)),
            offered=Count("pk", filter=Q(offered_at__isnull=False)),
            hired=Count("pk", filter=Q(hired_at__isnull=False)),
        )
    )
    return {
        row["stand"]: {name: row[name] for name in ("given", "done", "offered", "hired")}
        for row in rows
    }


def wishes_granted(fair: Session) -> list[Granted]:
    """Return how many first, second … wishes there are, and how many have a time."""
    talk = Interview.objects.standing().filter(
        booking=OuterRef("booking"), stand=OuterRef("vacancy__stand")
    )
    rows = (
        Wish.objects.filter(vacancy__stand__session=fair)
        .annotate(talks=Exists(talk))
        .order_by("number")
        .values_list("number")
        .annotate(wished=Count("pk"), granted=Count("pk", filter=Q(talks=True)))
    )
    return [Granted(*row) for row in rows]


def day_of(stand: Stand) -> QuerySet[Interview]:
    """Return the talks of a stand in their order, those kept for who just comes among them."""
    talks = stand.interviews.standing().select_related("booking", "vacancy")
    return talks.order_by("starts_at", "lane")


def _by_stand(
    rows: QuerySet[Vacancy] | QuerySet[Wish], stand: str, counted: Count | Sum
) -> dict[int, int]:
    return dict(rows.order_by().values_list(stand).annotate(counted=counted))

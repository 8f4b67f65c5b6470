"""Job fairs as everybody sees them: which there are, who stands there, what they fill."""

from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet, Sum

from linli.offers.models import Interview, Offer, Session, Stand, Vacancy


def fairs_on_show(at: datetime) -> QuerySet[Session]:
    """Return the published fairs that are not over, the next first."""
    fairs = Session.objects.open().filter(
        offer__in=Offer.objects.published().filter(kind=Offer.FAIR), ends_at__gt=at
    )
    return fairs.select_related("offer").order_by("starts_at", "pk")


def fair_on_show(code: str) -> Session | None:
    """Return a published fair; one that was called off or is over too."""
    fairs = Session.objects.filter(offer__in=Offer.objects.published().filter(kind=Offer.FAIR))
    told = fairs.select_related("offer__unit", "offer__area", "location__area", "timetable")
    return told.filter(code=code).first()


def stands_of(fair: Session) -> QuerySet[Stand]:
    """Return the stands of a fair with what each fills, and how many `posts` that is."""
    vacancies = Vacancy.objects.filter(closed_on=None).select_related("area").order_by("title")
    return (
        fair.stands.select_related("organization")
        .prefetch_related(Prefetch("vacancies", vacancies, "told"))
        .order_by("-zone", "place", "organization__name")
    )


def fairs_with_times_to_pass_on(at: datetime) -> QuerySet[Session]:
    """Return the fairs at which somebody who cancelled still has a time to come."""
    talks = Interview.objects.filter(
        state__in=[Interview.PROPOSED, Interview.ACCEPTED],
        booking__ended_at__isnull=False,
        starts_at__gt=at,
    )
    return Session.objects.filter(pk__in=talks.values("stand__session"))


def fair_counted(fair: Session) -> dict[str, int]:
    """Return how many employers, kinds of post and posts there are at a fair. About jobs, not about people."""
    open_ = Vacancy.objects.filter(stand__session=fair, closed_on=None).order_by()
    counted = open_.aggregate(kinds=Count("pk"), posts=Sum("posts"))
    employers = fair.stands.order_by().values("organization").distinct().count()
    return {"employers": employers, "kinds": counted["kinds"], "posts": counted["posts"] or 0}

"""What job fairs count, by place of the fair and month in which it began: posts, talks, offers, hires."""

from datetime import date, datetime

from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from linli.offers.models import Interview, Vacancy

Counts = dict[tuple[str, date], int]


def posts(at: datetime) -> Counts:
    """Return how many posts employers told of at fairs that have begun."""
    told = Vacancy.objects.filter(_begun("stand__session", at))
    return _by_month(told, "stand__session", Sum("posts"))


def talks(at: datetime) -> Counts:
    """Return how many talks took place, with and without a booking."""
    return _held(at, Q(state=Interview.DONE))


def offers(at: datetime) -> Counts:
    """Return in how many talks the post was offered."""
    return _held(at, Q(offered_at__lt=at))


def hires(at: datetime) -> Counts:
    """Return how many hires employers confirmed, of people with and without a booking."""
    return _held(at, Q(hired_at__lt=at))


def version() -> str:
    """Return a text that changes whenever vacancies at fairs, talks or what came of them do."""
    told = Vacancy.objects.filter(stand__isnull=False).aggregate(n=Count("pk"), posts=Sum("posts"))
    held = Interview.objects.aggregate(
        done=Count("pk", filter=Q(state=Interview.DONE)),
        offered=Count("offered_at"),
        hired=Count("hired_at"),
    )
    return ".".join(str(value or 0) for value in (*told.values(), *held.values()))


def _begun(session: str, at: datetime) -> Q:
    return Q(
        **{
            f"{session}__starts_at__lt": at,
            f"{session}__cancelled_at": None,
            f"{session}__offer__published_at__isnull": False,
        }
    )


def _held(at: datetime, which: Q) -> Counts:
    talks = Interview.objects.filter(_begun("stand__session", at), which)
    return _by_month(talks, "stand__session", Count("pk"))


def _by_month(
    rows: "QuerySet[Vacancy] | QuerySet[Interview]", session: str, counted: Sum | Count
) -> Counts:
    months = rows.order_by().annotate(
        m=TruncMonth(f"{session}__starts_at", output_field=DateField())
    )
    told = months.values_list(f"{session}__offer__area", "m").annotate(n=Coalesce(counted, 0))
    return {(area, of): n for area, of, n in told}

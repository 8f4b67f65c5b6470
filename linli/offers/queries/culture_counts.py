"""What contests, quizzes and volunteers count, by place and month: works, answers, hours, pairs. Of nobody."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, DateField, F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate

from linli.offers.models import Entry, Hours, Pair, Question, Quiz

Counts = dict[tuple[str, date], int]
_MET = Q(wanted_said=True, offered_said=True)


def counted_until() -> str:
    """Return what changes whenever one of these counts does."""
    entries, pairs = Entry.objects.count(), Pair.objects.filter(_MET).count()
    answers = Question.objects.aggregate(n=Sum("answered"))["n"] or 0
    return f"{entries}.{answers}.{Hours.objects.aggregate(last=Max('pk'))['last'] or 0}.{pairs}"


def works_sent_in(at: datetime) -> Counts:
    """Works of each contest, in the month in which it closed: a work has no day of its own."""
    closed = Entry.objects.filter(contest__closes_at__lt=at)
    return _by_month(closed, "contest__offer__area", "contest__closes_at", Count("pk"))


def quiz_answers(at: datetime) -> Counts:
    """Answers to each quiz, in the month in which it ended: an answer has no day of its own."""
    ended = Quiz.objects.filter(ends_on__lt=localdate(at))
    return _by_month(ended, "offer__area", "ends_on", Sum("questions__answered", default=0))


def volunteer_hours(at: datetime, fewest: int) -> Counts:
    """Whole hours of everybody together, in the month of their shift, where so many people gave them."""
    given = Hours.objects.filter(at__lt=at)
    where, when = "booking__session__offer__area", "booking__session__starts_at"
    people = _by_month(given, where, when, Sum("booking__size"))
    minutes = _by_month(given, where, when, Sum(F("minutes") * F("booking__size")))
    return {cell: n // 60 for cell, n in minutes.items() if people[cell] >= fewest}


def pairs_met(at: datetime) -> Counts:
    """Neighbours who have found each other, by the month in which they were proposed."""
    return _by_month(
        Pair.objects.filter(_MET, at__lt=at), "wanted__pairing__offer__area", "at", Count("pk")
    )


def enough(counts: Callable[[datetime, int], Counts], fewest: int) -> Callable[[datetime], Counts]:
    """Return the counting that rests on so many people at least."""
    return lambda at: counts(at, fewest)


def _by_month(rows: "QuerySet[Any]", area: str, moment: str, counted: Any) -> Counts:  # noqa: ANN401
    grouped = rows.order_by().annotate(m=TruncMonth(moment, output_field=DateField()))
    return {(code, of): n for code, of, n in grouped.values_list(area, "m").annotate(n=counted)}

"""Quizzes: those that everybody may take, and their banks with counts."""

from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import NullIf
from django.utils.timezone import localdate

from linli.offers.models import Offer, Question, Quiz

_ASKED = Q(questions__dropped_on=None)


def open_quizzes(at: datetime) -> "QuerySet[Quiz]":
    """Those that everybody may take now."""
    shown = Q(offer__published_at__isnull=False, offer__withdrawn_at=None, opened_at__lte=at)
    days = Q(ends_on=None) | Q(ends_on__gte=localdate(at))
    return Quiz.objects.select_related("offer__unit").filter(shown, days)


def is_open(quiz: Quiz, at: datetime) -> bool:
    """Say whether everybody may take the quiz now."""
    of = quiz.offer
    running = quiz.opened_at is not None and (quiz.ends_on is None or localdate(at) <= quiz.ends_on)
    return running and of.published_at is not None and of.withdrawn_at is None


def with_counts(offers: "QuerySet[Offer]") -> "QuerySet[Quiz]":
    """The quizzes of these offers, with how many questions they have and how often these were answered."""
    quizzes = Quiz.objects.select_related("offer__unit").filter(offer__in=offers)
    return quizzes.annotate(
        bank=Count("questions", _ASKED),
        answers=Sum("questions__answered", default=0),
        right=Sum("questions__rightly", default=0),
    )


def bank_of(quiz: Quiz) -> "QuerySet[Question]":
    """The questions of a bank that are asked, the one that is least often right first."""
    share = F("rightly") * 100 / NullIf(F("answered"), 0)
    asked = quiz.questions.filter(dropped_on=None)
    return asked.annotate(share=share).order_by(F("share").asc(nulls_last=True), "id")

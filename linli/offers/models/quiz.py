"""Quizzes: a bank of questions, of which so many are drawn for each visit. Of the answers only counts are kept."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.offers.models.offer import Offer


class Quiz(Signed):
    """One quiz of an offer: how many questions each visit is asked, and until when."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="quizzes", verbose_name=_("Part of")
    )
    title = models.CharField(_("Title"), max_length=120)
    drawn = models.PositiveSmallIntegerField(_("Questions a visit"), default=5)
    ends_on = models.DateField(_("Open until"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "quizzes"
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                name="quiz_asks_something", condition=Q(drawn__gte=1, drawn__lte=20)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of the bank, with how often it was answered, and how often rightly: counts, of nobody."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="questions")
    words = models.CharField(_("Question"), max_length=240)
    choices = models.JSONField(_("Answers"))
    right = models.PositiveSmallIntegerField(_("The right one"))  # its place among them, from 0
    why = models.CharField(_("Why"), max_length=400, blank=True)
    answered = models.PositiveIntegerField(default=0, editable=False)
    rightly = models.PositiveIntegerField(default=0, editable=False)
    dropped_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["quiz", "id"]
        constraints = [
            models.CheckConstraint(
                name="question_is_rightly_answered_when_answered",
                condition=Q(answered__gte=F("rightly")),
            ),
            models.UniqueConstraint(
                "quiz", "words", name="question_is_asked_once", condition=Q(dropped_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.words


class SpentVisit(models.Model):
    """One visit that was counted, by its hash: neither which quiz it was nor what was answered."""

    digest = models.CharField(max_length=64, primary_key=True)
    lapses_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.lapses_on:%Y-%m-%d}"

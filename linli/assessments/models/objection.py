"""Objections to results by anybody, what is decided of them, and what the unit says.

Held by triggers (migration 0004): an objection comes while its notice lasts, and its last day never moves; nobody
decides on it whose unit it concerns or assessed it, nor who computed the score or told it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models.notice import Result
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.signed import Signed


class Objection(models.Model):
    """One objection to a result, by nobody we know: what it is about is public, what it says stands elsewhere.

    Days, not times, so that a row does not tell who stood where when. `due_on` is the last day on which it is to be
    decided: in working days of the place, fixed when it came.
    """

    FACTS, FAIRNESS, SUM, RULES, OTHER = "facts", "fairness", "sum", "rules", "other"
    GROUNDS = (
        (FACTS, _("Something in it is not so")),
        (FAIRNESS, _("Who assessed was not fair")),
        (SUM, _("The score was computed wrongly")),
        (RULES, _("The rules of the round were not kept")),
        (OTHER, _("Something else")),
    )
    OPEN, UPHELD, REJECTED, WITHDRAWN = "open", "upheld", "rejected", "withdrawn"
    STATES = (
        (OPEN, _("being decided")),
        (UPHELD, _("upheld")),
        (REJECTED, _("rejected")),
        (WITHDRAWN, pgettext_lazy("objection", "taken back")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    result = models.ForeignKey(Result, models.PROTECT, related_name="objections")
    ground = models.CharField(_("What is it about?"), max_length=8, choices=GROUNDS)
    item = models.CharField(_("Question"), max_length=40, blank=True)
    made_on = models.DateField(editable=False)
    due_on = models.DateField(editable=False)
    state = models.CharField(max_length=9, choices=STATES, default=OPEN, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="objection_ground_is_known",
                condition=Q(ground__in=["facts", "fairness", "sum", "rules", "other"]),
            ),
            models.CheckConstraint(
                name="objection_ends_once",
                condition=Q(state="open", ended_on=None)
                | Q(state__in=["upheld", "rejected", "withdrawn"], ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_has_its_time", condition=Q(due_on__gt=F("made_on"))
            ),
        ]
        indexes = [
            models.Index(name="objection_waits", fields=["due_on"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.code


class ObjectionWords(models.Model):
    """One objection's words, sealed, and what opens them to who made it. On the subject's day the row goes."""

    code = models.CharField(max_length=12, unique=True, editable=False)
    objection = models.OneToOneField(Objection, models.PROTECT, related_name="said")
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="objection")
    secret = models.CharField(max_length=64)
    words = SealedField()

    class Meta:
        verbose_name_plural = "objection words"

    def __str__(self) -> str:
        return self.code


class Resolution(Signed):
    """One decision on an objection, with its reason in public; upheld: back to which stage the candidate goes."""

    SITE, SCORE = "site", "score"
    BACK = ((SITE, _("Look at it again on site")), (SCORE, _("Compute the score again")))

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="resolution")
    upheld = models.BooleanField()
    back = models.CharField(_("What follows"), max_length=5, choices=BACK, blank=True)
    reason = models.TextField(_("Reason"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="resolution_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="resolution_says_what_follows",
                condition=Q(upheld=True, back__in=["site", "score"]) | Q(upheld=False, back=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class ResultReply(Signed):
    """What a unit says to its result, or to one objection to it: in public, beside it, once."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="replies")
    objection = models.OneToOneField(Objection, models.PROTECT, null=True, related_name="reply")
    words = models.TextField(_("What the unit says"))

    class Meta:
        verbose_name_plural = "result replies"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["result"], condition=Q(objection=None), name="result_is_replied_to_once"
            ),
            models.CheckConstraint(name="result_reply_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.words[:40]

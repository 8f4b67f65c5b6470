"""Results told in public, what their units say to them, and what is decided of them.

Held by triggers (migration 0004): a result shows the newest score of a candidate who is scored; nothing is decided
before its notice has run, nor while an objection is open; who names, or turns down, is not who decided.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.candidacy import Candidacy
from linli.assessments.models.scheme import Round
from linli.assessments.models.score import Score
from linli.kernel.signed import Signed


class Notice(Signed):
    """One notice of results of a round: anybody may object up to and on the day `until`; it ends at `closes_at`."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    words = models.TextField(_("What is said with it"), blank=True)
    until = models.DateField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="notice_gives_time", condition=Q(closes_at__gt=F("at"))),
        ]

    def __str__(self) -> str:
        return self.code


class Result(models.Model):
    """One candidate's result as a notice tells it: the score that held then."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="results")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="results")
    score = models.ForeignKey(Score, models.PROTECT, related_name="results")

    class Meta:
        ordering = ["notice", "-score__share", "id"]
        constraints = [
            models.UniqueConstraint("notice", "candidacy", name="result_is_told_once_a_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.candidacy_id}"


class Decision(Signed):
    """One decision on a result: the level that the unit shall be named for, or none ("") with the reason."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="decision")
    level = models.CharField(_("Level"), max_length=20, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="decision_against_has_a_reason", condition=~Q(level="") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.level

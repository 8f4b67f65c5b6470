"""Scores as they were computed, kept for ever.

Held by triggers (migration 0003): a score is never changed or removed; it is computed while its stage lasts, in
its order, and never by the unit that it is about.
"""

from django.db import models
from django.db.models import Q

from linli.assessments.models.candidacy import Candidacy
from linli.kernel.signed import Signed


class Score(Signed):
    """One score of a candidacy: what it was made of and what came out, written in one way (`rules.verdicts`).

    `record` names every input by its digest; `rules` numbers the way of counting, so that anybody computes it again.
    """

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="scores")
    number = models.PositiveSmallIntegerField()
    rules = models.PositiveSmallIntegerField()
    share = models.PositiveIntegerField()  # of all points, in hundredths of a percent
    level = models.CharField(max_length=20, blank=True)  # the highest that it reaches
    record = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["candidacy", "number"]
        constraints = [
            models.UniqueConstraint("candidacy", "number", name="score_has_its_number"),
            models.CheckConstraint(name="score_is_a_share", condition=Q(share__lte=10_000)),
            models.CheckConstraint(
                name="score_has_its_digest", condition=~Q(digest="") & ~Q(record="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}/{self.number}"

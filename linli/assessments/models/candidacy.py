"""Units that take part in a round, and their way through its stages.

Held by triggers (migration 0001): a candidacy takes only the steps that there are, each with its row.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.scheme import Category, Round
from linli.assessments.models.subject import Subject
from linli.assessments.rules.stages import STAGES
from linli.kernel.signed import Signed


class Candidacy(Signed):
    """One unit in one round, in a category, for a level; `stage` is where it stands."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="candidacies")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="candidacies")
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="candidacies", verbose_name=_("Kind of unit")
    )
    level = models.CharField(_("Level applied for"), max_length=20)
    words = models.TextField(_("Why"), blank=True)
    stage = models.CharField(max_length=10, default="apply", editable=False)
    stage_since = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["round", "category", "subject"]
        constraints = [
            models.UniqueConstraint("round", "subject", name="candidacy_is_once_a_round"),
            models.CheckConstraint(
                name="candidacy_stage_is_known", condition=Q(stage__in=list(STAGES))
            ),
        ]
        indexes = [models.Index(fields=["round", "stage"], name="candidacy_by_stage")]

    def __str__(self) -> str:
        return self.code


class Step(Signed):
    """One step of a candidacy from stage to stage, with the reason where one was given."""

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=10, blank=True)
    to = models.CharField(max_length=10)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["candidacy", "id"]

    def __str__(self) -> str:
        return f"{self.was} → {self.to}"

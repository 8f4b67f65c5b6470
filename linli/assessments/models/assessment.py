"""Who looks at what with which questions, and what they answered.

Held by triggers (migration 0001): no unit assesses itself but in a self check, none assesses who stands above or
below it, who is in conflict with it, or who assesses it in the same round; a sheet is handed in by the unit whose
turn it is, and never changed: another answer is another sheet.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.candidacy import Candidacy
from linli.assessments.models.instrument import Edition
from linli.assessments.models.scheme import Round
from linli.assessments.models.subject import Subject
from linli.directory.models import Unit
from linli.facts.models import Evidence
from linli.kernel.signed import Signed


class Assessment(Signed):
    """One task to fill in an edition about a subject, for one unit; `second` repeats a `first` one blindly."""

    SELF, CROSS, SITE, RECHECK, INSPECTION, IMPACT = (
        "self", "cross", "site", "recheck", "inspection", "impact",
    )  # fmt: skip
    KINDS = (
        (SELF, _("Self check")),
        (CROSS, _("Cross check")),
        (SITE, _("Site check")),
        (RECHECK, _("Re-check")),
        (INSPECTION, _("Inspection")),
        (IMPACT, _("Assessment of a decision")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="assessments")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="assessments")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="assessments")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, null=True, related_name="assessments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assessing", verbose_name=_("Assessed by")
    )
    # The unit that answers for the subject: beside `unit`, so that constraints can compare the two.
    about = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", editable=False)
    first = models.OneToOneField("self", models.PROTECT, null=True, related_name="second")
    due_on = models.DateField(_("Until"), null=True)
    done_at = models.DateTimeField(null=True, editable=False)  # when its first sheet came
    dropped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_kind_is_known",
                condition=Q(kind__in=["self", "cross", "site", "recheck", "inspection", "impact"]),
            ),
            models.CheckConstraint(
                name="assessment_is_of_a_round_or_not",
                condition=Q(round=None, candidacy=None)
                | Q(round__isnull=False, candidacy__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_is_never_of_oneself",
                condition=Q(kind="self", about=F("unit"))
                | (~Q(kind="self") & (Q(about=None) | ~Q(about=F("unit")))),
            ),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(kind="self", dropped_at=None),
                name="assessment_of_oneself_is_one",
            ),
            # Whoever assesses somebody in a round is not assessed by them: one task for two units, one way.
            models.UniqueConstraint(
                F("round"),
                Least("unit", "about"),
                Greatest("unit", "about"),
                condition=Q(kind__in=["cross", "site"], dropped_at=None),
                name="assessment_is_never_mutual",
            ),
            models.CheckConstraint(
                name="assessment_second_is_another", condition=Q(first=None) | ~Q(first=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "done_at", "due_on"], name="assessment_of_a_unit"),
            models.Index(fields=["round", "kind"], name="assessment_of_a_round"),
        ]

    def __str__(self) -> str:
        return self.code


class Sheet(Signed):
    """One set of answers ({"item": {"v": value, "n": note, "f": code of a fact}}), handed in once.

    `client` is made by the device that filled it in: the same sheet again is the same sheet. `number` counts an
    assessment's sheets: the last one holds. `filled_at` is the device's time.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    client = models.UUIDField(unique=True, default=uuid4)
    filled_at = models.DateTimeField()

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint("assessment", "number", name="sheet_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.number}"


class Backing(models.Model):
    """One piece of evidence under one answer of a sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="backings")
    item = models.CharField(max_length=40)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="backings")

    class Meta:
        ordering = ["sheet", "id"]
        constraints = [
            models.UniqueConstraint("sheet", "item", "evidence", name="backing_is_given_once"),
        ]

    def __str__(self) -> str:
        return self.item

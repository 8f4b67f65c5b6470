"""Inspections: a visit with a checklist, what it found, what must be put right, and what the premises say to it.

Held by triggers (migration 0006): an inspection is of premises or a unit, by a checklist; it is published only
with a sheet, and stays published; findings, orders and re-checks are never changed to look better.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models.assessment import Assessment, Sheet
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject as Sealed
from linli.kernel.signed import Signed


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees: never one that is only planned."""
        return self.filter(published_at__isnull=False)


class Inspection(models.Model):
    """One visit: the task of a unit, with how it came about; known by the task's code.

    `drawn`: the code of the draw that chose it; `inspectors`: codes of who goes, no names; `after`: the inspection
    that this one looks at again; `secret`: a keyed hash of what is handed to the premises on paper, to reply with.
    """

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="inspection")
    drawn = models.CharField(max_length=9, blank=True, editable=False)
    inspectors = models.JSONField(default=list, editable=False)
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    secret = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.CharField(max_length=60, blank=True, editable=False)

    objects: ClassVar[InspectionQuerySet] = InspectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["published_at"], name="inspection_by_day")]

    def __str__(self) -> str:
        return str(self.assessment)


class Finding(models.Model):
    """One thing that an inspection found wrong: an item that earned nothing, how grave, in which words."""

    SLIGHT, SERIOUS, GRAVE = "slight", "serious", "grave"
    SEVERITIES = ((SLIGHT, _("slight")), (SERIOUS, _("serious")), (GRAVE, _("grave")))
    OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
    STATES = (
        (OPEN, pgettext_lazy("finding", "open")),
        (CLOSED, pgettext_lazy("finding", "put right")),
        (WITHDRAWN, pgettext_lazy("finding", "withdrawn")),
    )

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="findings")
    item = models.CharField(max_length=40)
    severity = models.CharField(_("How grave"), max_length=8, choices=SEVERITIES)
    words = models.CharField(_("What was found"), max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=STATES, default=OPEN)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.CharField(max_length=60, blank=True, editable=False)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)  # why it was withdrawn

    class Meta:
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint("inspection", "item", name="finding_is_one_an_item"),
            models.CheckConstraint(
                name="finding_severity_is_known",
                condition=Q(severity__in=["slight", "serious", "grave"]),
            ),
            models.CheckConstraint(
                name="finding_is_settled_or_open",
                condition=Q(state="open", settled_at=None, reason="")
                | Q(state="closed", settled_at__isnull=False, reason="")
                | (Q(state="withdrawn", settled_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.item


class CorrectionOrder(Signed):
    """One order to put a finding right until a day, which is `days` working days after it was given."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="orders")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(_("What must be done"), max_length=1000)
    days = models.PositiveSmallIntegerField(_("Working days"))
    due_on = models.DateField(_("Until"))

    class Meta:
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint("finding", "number", name="correction_has_its_number"),
            models.CheckConstraint(
                name="correction_gives_time", condition=Q(days__gte=1, days__lte=60)
            ),
            models.CheckConstraint(name="correction_says_what", condition=~Q(words="")),
        ]
        indexes = [models.Index(fields=["due_on"], name="correction_by_day")]

    def __str__(self) -> str:
        return f"{self.finding} {self.number}"


class CorrectionCheck(Signed):
    """One look at whether an order was met, at a visit of its own or by what was handed in."""

    order = models.OneToOneField(CorrectionOrder, models.PROTECT, related_name="check_made")
    met = models.BooleanField(_("Was it put right?"))
    words = models.CharField(_("What was seen"), max_length=1000)
    visit = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="checks")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="correction_check_says_what", condition=~Q(words=""))
        ]

    def __str__(self) -> str:
        return str(self.order)


class SheetSignature(models.Model):
    """One signature of somebody of the premises under a sheet: strokes, or why there are none. Sealed, until its day."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="signature")
    subject = models.OneToOneField(Sealed, models.PROTECT, related_name="+", editable=False)
    refused = models.BooleanField(editable=False)
    strokes = SealedField(null=True)
    words = SealedField(null=True)

    def __str__(self) -> str:
        return self.code


class PremisesReply(models.Model):
    """One reply of the premises to a result, in public beside it; withheld, its reason stands in its place."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(_("Reply"))
    at = models.DateTimeField()
    withheld_at = models.DateTimeField(null=True, editable=False)
    withheld_by = models.CharField(max_length=120, blank=True, editable=False)
    withheld_for = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint("inspection", "number", name="premises_reply_has_number"),
            models.CheckConstraint(name="premises_reply_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="premises_reply_withheld_for",
                condition=Q(withheld_at=None, withheld_for="")
                | (Q(withheld_at__isnull=False) & ~Q(withheld_for="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.number}"

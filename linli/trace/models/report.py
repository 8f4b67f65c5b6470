"""What laboratories found and reported of samples: computed from wells, approved by a second person, told, public.

Held by triggers (migration 0003): a finding of a run with a failed control is invalid; a report is never changed, only
amended by the next; a result that accuses somebody is public only after the operator's reply or its deadline.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.trace.models.method import Run
from linli.trace.models.sample import Sample


class Finding(models.Model):
    """One result: what a run says of one target in one extract of a sample: computed, never typed, never changed."""

    RESULTS = (
        ("not_detected", _("not detected")),
        ("detected", _("detected")),
        ("inconclusive", _("inconclusive, tested again")),
        ("invalid", _("invalid")),
    )

    run = models.ForeignKey(Run, models.PROTECT, related_name="findings")
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="findings")
    extraction = models.CharField(max_length=20)
    counter = models.BooleanField(default=False)  # of the counter-sample
    target = models.CharField(max_length=60)
    result = models.CharField(max_length=12, choices=RESULTS)
    reasons = models.JSONField(default=list)
    cts = models.JSONField(default=list)  # of the replicates, as text; null: no signal
    ratio = models.CharField(max_length=40, blank=True)  # per cent of copies, as it is told
    wide = models.CharField(max_length=40, blank=True)  # its expanded uncertainty

    class Meta:
        ordering = ["sample", "id"]
        constraints = [
            models.UniqueConstraint(
                "sample", "run", "target", "extraction", "counter", name="finding_is_there_once"
            ),
            models.CheckConstraint(
                name="finding_is_a_result",
                condition=Q(result__in=["not_detected", "detected", "inconclusive", "invalid"]),
            ),
            models.CheckConstraint(
                name="finding_measures_what_it_detected",
                condition=Q(ratio="", wide="") | Q(result="detected"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.target} {self.result}"


class Appraisal(Signed):
    """One appraisal: what experts say of a sample whose counter-samples contradict each other. It decides nothing about anybody."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="appraisals")
    target = models.CharField(max_length=60)
    words = models.CharField(_("Appraisal"), max_length=1000)

    class Meta:
        ordering = ["sample", "id"]
        constraints = [
            models.UniqueConstraint("sample", "target", name="appraisal_is_given_once"),
            models.CheckConstraint(name="appraisal_has_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.target}"


class ReportQuerySet(models.QuerySet["Report"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """The last approved version of each: what the laboratory says now."""
        later = Report.objects.filter(
            sample=OuterRef("sample"), number__gt=OuterRef("number"), approved_at__isnull=False
        )
        return self.filter(~Exists(later), approved_at__isnull=False)

    def public(self) -> Self:
        """Those that everybody may read: a version that was amended says nothing any more."""
        return self.standing().filter(published_at__isnull=False)


class Report(Signed):
    """One version of the report of a sample. `amends`: the number of the one before, 0 of none.

    `results`: [{"target", "result", "final", "ratio", "wide"}] as they stood; `result`: of the sample as a whole, the
    gravest one; `final`: no further test is needed.
    """

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    amends = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12, choices=Finding.RESULTS)
    final = models.BooleanField()
    results = models.JSONField()
    reason = models.CharField(_("Why it is amended"), max_length=240, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sample", "number"]
        constraints = [
            models.UniqueConstraint("sample", "number", name="report_is_numbered_once"),
            models.CheckConstraint(
                name="report_amends_the_one_before",
                condition=Q(number=1, amends=0) | (Q(number=F("amends") + 1) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="report_is_approved_by_a_second_person",
                condition=Q(approved_at=None, approved_by="")
                | (Q(approved_at__gte=F("at")) & ~Q(approved_by="") & ~Q(approved_by=F("by_name"))),
            ),
            models.CheckConstraint(
                name="report_is_public_when_it_says_something",
                condition=Q(published_at=None)
                | Q(
                    published_at__gte=F("approved_at"),
                    final=True,
                    result__in=["not_detected", "detected"],
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["approved_at"], condition=Q(published_at=None), name="report_to_publish"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.number}"


class Hearing(Signed):
    """One hearing: an operator is told of a report, and may reply until `reply_by`; it may ask for the counter-sample to be tested."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="hearing")
    reply_by = models.DateTimeField(_("Reply until"))
    replied_at = models.DateTimeField(null=True)
    reply = models.TextField(_("Reply"), max_length=2000, blank=True)
    counter_asked_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    withheld_for = models.CharField(_("Why it is withheld"), max_length=240, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="hearing_leaves_time", condition=Q(reply_by__gt=F("at"))),
            models.CheckConstraint(
                name="hearing_is_replied_in_words",
                condition=Q(replied_at=None, reply="")
                | (Q(replied_at__isnull=False) & ~Q(reply="")),
            ),
            models.CheckConstraint(
                name="hearing_asks_for_the_counter_sample_in_time",
                condition=Q(counter_asked_at=None) | Q(counter_asked_at__lt=F("reply_by")),
            ),
            models.CheckConstraint(
                name="hearing_is_withheld_with_a_reason",
                condition=Q(withheld_at=None, withheld_for="")
                | (Q(withheld_at__isnull=False, replied_at__isnull=False) & ~Q(withheld_for="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.report_id)

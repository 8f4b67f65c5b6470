"""Reports that were taken in, their readings, and what was done with them.

One file is one report: the digest of its bytes is unique. Steps are only ever added.
"""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed


class ReportQuerySet(models.QuerySet["Report"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that an officer has made public."""
        return self.filter(published_at__isnull=False)

    def unpublished(self) -> Self:
        """Those that only staff see."""
        return self.filter(published_at__isnull=True)


class Report(models.Model):
    """One work report: the file as it came, and the reading of it."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("File name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    title = models.CharField(_("Title"), max_length=300)
    area = models.CharField(_("Place"), max_length=6, blank=True, db_index=True)
    printed_on = models.DateField(_("Printed on"), null=True)
    reading = models.JSONField()
    received_at = models.DateTimeField(_("Received"), db_index=True)
    published_at = models.DateTimeField(_("Published"), null=True, db_index=True)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="report_published_after_received",
                condition=models.Q(published_at__isnull=True)
                | models.Q(published_at__gte=models.F("received_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(Signed):
    """One thing that was done with a report, by whom and when."""

    VERBS = (
        ("received", _("Received")),
        ("published", _("Published")),
        ("withdrawn", _("Withdrawn from the public")),
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20, choices=VERBS)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="step_verb_is_known",
                condition=models.Q(verb__in=["received", "published", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d}"

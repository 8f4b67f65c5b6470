"""Policy documents, and the programmes and measures that carry them out."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence
from linli.kernel.codes import new_code


class PolicyDocument(models.Model):
    """One policy document: its number, who issued it, when, and what it replaces."""

    STATUSES = (
        ("draft", _("Draft")),
        ("in_force", _("In force")),
        ("replaced", _("Replaced")),
        ("repealed", _("Repealed")),
    )

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    title = models.CharField(_("Title"), max_length=200)
    number = models.CharField(_("Document number"), max_length=80, blank=True)  # 文号
    issuer = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("Issuer"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="documents", verbose_name=_("Place")
    )
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=STATUSES, default="in_force")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by",
        verbose_name=_("Replaces"),
    )  # fmt: skip
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, editable=False
    )  # where it is named

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="document_status_is_known",
                condition=models.Q(status__in=["draft", "in_force", "replaced", "repealed"]),
            ),
            models.UniqueConstraint(
                "area",
                "number",
                condition=models.Q(number__gt=""),
                name="document_number_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that everybody sees."""
        return self.filter(published_at__isnull=False)


class Programme(models.Model):
    """One programme of work of a place: the root of a tree of measures and tasks."""

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    title = models.CharField(_("Title"), max_length=200)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="programmes", verbose_name=_("Place")
    )
    document = models.ForeignKey(
        PolicyDocument, models.PROTECT, null=True, blank=True, related_name="programmes",
        verbose_name=_("Policy document"),
    )  # fmt: skip
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))  # the last day
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="programme_days_are_in_order",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One measure of a programme: what is to be done, split into tasks."""

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="measures")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("Measure"), max_length=300)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, editable=False
    )  # the sentence

    class Meta:
        ordering = ["programme", "position", "id"]

    def __str__(self) -> str:
        return self.title

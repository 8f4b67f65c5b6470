"""What one may ask about, and who answers for it: the competence map of the town."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Service, Unit


class TopicQuerySet(models.QuerySet["Topic"]):
    """Filters that read as adjectives."""

    def asked_for(self) -> Self:
        """Those that one may still choose."""
        return self.filter(closed_on__isnull=True)


class Topic(models.Model):
    """One thing that people ask about (Open311: a service), the unit that answers, and the days it promises.

    `sensitive` topics are withheld from every public list, offer to leave the page at once, and pass to
    another unit only with leave given for that very hand-over. Days are working days.
    """

    REQUEST, COMPLAINT, PETITION = "request", "complaint", "petition"
    LEGAL_AID, SUGGESTION, CORRECTION = "legal_aid", "suggestion", "correction"
    KINDS = (
        (REQUEST, _("Request for help")),
        (COMPLAINT, _("Complaint")),
        (PETITION, _("Petition")),
        (LEGAL_AID, _("Legal aid")),
        (SUGGESTION, _("Suggestion")),
        (CORRECTION, _("Correction")),
    )

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    description = models.CharField(_("What belongs here"), max_length=240, blank=True)
    group = models.CharField(_("Group"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="topics", verbose_name=_("Unit that answers")
    )
    service = models.ForeignKey(
        Service,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("Guide"),
    )
    keywords = models.JSONField(_("Words that point here"), default=list, blank=True)
    step_days = models.PositiveSmallIntegerField(_("Working days for one step"), default=1)
    unit_days = models.PositiveSmallIntegerField(_("Working days for the unit"), default=5)
    case_days = models.PositiveSmallIntegerField(_("Working days in all"), default=10)
    kept_days = models.PositiveSmallIntegerField(_("Days kept after closing"), default=180)
    sensitive = models.BooleanField(_("Sensitive"), default=False)
    closed_on = models.DateField(null=True, editable=False)

    objects: ClassVar[TopicQuerySet] = TopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["group", "name"]
        constraints = [
            models.CheckConstraint(
                name="topic_kind_is_known",
                condition=Q(
                    kind__in=[
                        "request",
                        "complaint",
                        "petition",
                        "legal_aid",
                        "suggestion",
                        "correction",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="topic_days_are_in_order",
                condition=Q(step_days__gte=1)
                & Q(unit_days__gte=models.F("step_days"))
                & Q(case_days__gte=models.F("unit_days"))
                & Q(case_days__lte=250),
            ),
            models.CheckConstraint(
                name="topic_is_kept_for_a_time", condition=Q(kept_days__gte=1, kept_days__lte=1100)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leader(models.Model):
    """One public official who answers for petitions of a unit, by office and name, as published."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leaders")
    office = models.CharField(_("Office"), max_length=60)
    name = models.CharField(_("Name as published"), max_length=60)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "office"]

    def __str__(self) -> str:
        return f"{self.office} {self.name}"


class ReplyTemplate(models.Model):
    """One reply that a unit writes often, in one language."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reply_templates")
    name = models.CharField(_("Name"), max_length=60)
    language = models.CharField(_("Language"), max_length=20)
    words = models.TextField(_("Words"))

    class Meta:
        ordering = ["unit", "name", "language"]
        constraints = [
            models.UniqueConstraint("unit", "name", "language", name="template_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

"""Instruments and their editions.

Held by triggers (migration 0001): an edition that was adopted is never changed or removed; of an instrument one
edition at most is a draft.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.rules.instruments import Form, read
from linli.directory.models import Unit
from linli.kernel.signed import Signed


class Instrument(Signed):
    """One list of questions, kept by a unit, known by its name; what it asks stands in its editions."""

    SCHEME, INSPECTION, IMPACT = "scheme", "inspection", "impact"
    USES = (
        (SCHEME, _("Recognition scheme")),
        (INSPECTION, _("Inspection")),
        (IMPACT, _("Assessment of a decision")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    use = models.CharField(_("For"), max_length=10, choices=USES)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="instruments", verbose_name=_("Kept by")
    )
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="instrument_use_is_known",
                condition=Q(use__in=["scheme", "inspection", "impact"]),
            ),
            models.CheckConstraint(name="instrument_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    """Filters that read as adjectives."""

    def adopted(self) -> Self:
        """Those that may be used; they never change again."""
        return self.filter(adopted_at__isnull=False)


class Edition(Signed):
    """One edition: the document of `rules.instruments`; once adopted, its SHA-256 says that it is still the same."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(
        editable=False
    )  # a draft's last change: whoever saves an older one is told
    adopted_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.CharField(max_length=60, blank=True, editable=False)

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint("instrument", "number", name="edition_has_its_number"),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(adopted_at=None),
                name="edition_is_drafted_one_at_a_time",
            ),
            models.CheckConstraint(
                name="edition_is_adopted_with_its_digest",
                condition=Q(adopted_at=None, digest="")
                | (Q(adopted_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id}/{self.number}"

    @property
    def form(self) -> Form:
        """What this edition asks."""
        return read(self.document)

"""Recognition schemes, the kinds of unit that they are for, and their rounds.

Held by triggers (migration 0001): what a round weighs, asks and promises stays as it was when it opened.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.instrument import Edition
from linli.directory.models import Area, Unit
from linli.kernel.signed import Signed


class Scheme(Signed):
    """One recognition scheme: who keeps it, where, and which levels it names ([{"key", "name"}], low to high)."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    purpose = models.TextField(_("What for"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="schemes", verbose_name=_("Kept by")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="schemes", verbose_name=_("Place"))
    levels = models.JSONField(_("Levels"), default=list)
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(name="scheme_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """One kind of unit that a scheme is for: organs, schools, streets, communities, windows …"""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="categories")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("Kind of unit"), max_length=60)

    class Meta:
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint("scheme", "number", name="category_has_its_number"),
            models.UniqueConstraint("scheme", "name", name="category_has_its_name"),
            models.CheckConstraint(name="category_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["Round"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(opened_at__isnull=False)


class Round(Signed):
    """One round of a scheme, on one edition.

    `weights`: what each source counts ({"self": 10, "cross": 30, "site": 40, "poll": 20}); a source that weighs
    nothing and has no day is no stage. `days`: the last day of each stage ({"apply": "2026-03-31", …}).
    `objection_days`: working days in which anybody may object after the notice, `reply_days` in which is answered.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("Year"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds")
    weights = models.JSONField(_("What each source counts"), default=dict)
    days = models.JSONField(_("Last days"), default=dict)
    objection_days = models.PositiveSmallIntegerField(_("Working days to object"), default=7)
    reply_days = models.PositiveSmallIntegerField(_("Working days to answer"), default=10)
    doubled = models.PositiveSmallIntegerField(_("Assessed twice, in a hundred"), default=10)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(
                name="round_is_in_order",
                condition=Q(closed_at=None)
                | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="round_gives_time",
                condition=Q(objection_days__gte=1, reply_days__gte=1, doubled__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}"

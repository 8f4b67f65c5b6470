"""What a town promises about languages at its counters: kept as promised, ended and never edited."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.area import Area
from linli.directory.models.location import LanguageHours
from linli.kernel.signed import Signed


class GuaranteeQuerySet(models.QuerySet["LanguageGuarantee"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_on=None)


class LanguageGuarantee(Signed):
    """One promise of a place: at every hour of these, one of its stations at least speaks this language.

    weekdays: digits, 0 is Monday. mode: "" when in person, by phone or by video will do. What is promised
    otherwise is another row; the old one says until when it held (trigger).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="language_guarantees")
    language = models.CharField(_("Language"), max_length=20)  # BCP 47, as LanguageHours
    weekdays = models.CharField(_("Weekdays"), max_length=7)
    opens_at = models.TimeField(_("From"))
    closes_at = models.TimeField(_("Until"))
    mode = models.CharField(max_length=10, blank=True, choices=LanguageHours.MODES)
    begins_on = models.DateField(_("Holds from"))
    ended_on = models.DateField(null=True)  # the first day on which it holds no more

    objects: ClassVar[GuaranteeQuerySet] = GuaranteeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "language", "id"]
        constraints = [
            models.UniqueConstraint(
                "area", "language", "mode", name="language_is_guaranteed_once",
                condition=Q(ended_on=None),
            ),
            models.CheckConstraint(
                name="guarantee_opens_before_it_closes",
                condition=Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(name="guarantee_has_weekdays", condition=~Q(weekdays="")),
            models.CheckConstraint(
                name="guarantee_mode_is_known",
                condition=Q(mode__in=["", "in_person", "phone", "video"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.area_id} {self.language}"

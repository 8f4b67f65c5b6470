"""Administrative areas: codes of GB/T 2260 and the names that they have borne, by years.

A code is never given to another area; a name change is a new `AreaName`. Years are half-open.
"""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaQuerySet(models.QuerySet["Area"]):
    """Filters that read as adjectives."""

    def standing_in(self, year: int) -> Self:
        """Those whose code was in force in `year`."""
        return self.filter(
            models.Q(until_year__isnull=True) | models.Q(until_year__gt=year), from_year__lte=year
        )

    def within(self, code: str) -> Self:
        """Those inside the area `code`, itself included."""
        return self.filter(code__startswith=stem(code))


def stem(code: str) -> str:
    """Return the digits that all codes inside the area `code` begin with."""
    if code.endswith("0000") and len(code) == 6:
        return code[:2]
    return code[:4] if code.endswith("00") and len(code) == 6 else code


class Area(models.Model):
    """One administrative area under one code."""

    PROVINCE, CITY, COUNTY, TOWN, COMMUNITY = "province", "city", "county", "town", "community"
    LEVELS = (
        (PROVINCE, _("Province")),
        (CITY, _("City or prefecture")),
        (COUNTY, _("County or district")),
        (TOWN, _("Township or subdistrict")),
        (COMMUNITY, _("Community or village")),
    )

    code = models.CharField(_("Code (GB/T 2260)"), max_length=12, primary_key=True)
    name = models.CharField(_("Newest name"), max_length=60)
    level = models.CharField(max_length=10, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="area_level_is_known",
                condition=models.Q(level__in=["province", "city", "county", "town", "community"]),
            ),
            models.CheckConstraint(
                name="area_years_are_in_order",
                condition=models.Q(until_year__isnull=True)
                | models.Q(until_year__gt=models.F("from_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaName(models.Model):
    """One name of an area, from a year until (not including) another."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="names")
    name = models.CharField(max_length=60)
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField(null=True)
    heirs = models.CharField(max_length=120, blank=True)  # codes of the areas it went into

    class Meta:
        ordering = ["area", "from_year"]
        constraints = [
            models.UniqueConstraint("area", "from_year", name="area_has_one_name_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_year}-{self.until_year or ''}"

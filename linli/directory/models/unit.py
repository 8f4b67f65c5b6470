"""Units: offices that are responsible for something. Offices, never persons."""

from json import JSONEncoder
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.directory.models.area import Area


class AsTyped(JSONEncoder):
    """Keeps Chinese as it is typed, so that the database can search in it."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options | {"ensure_ascii": False})  # type: ignore[arg-type]


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters that read as adjectives."""

    def working(self) -> Self:
        """Those that have not been closed or merged away."""
        return self.filter(closed_on__isnull=True)


class Unit(models.Model):
    """One office, known by its full name, which no other office bears."""

    KINDS = (
        ("department", _("Department or bureau")),
        ("office", _("Subdistrict or township office")),
        ("community", _("Community or village committee")),
        ("group", _("Leading group or mechanism")),
        ("institution", _("School, hospital or other institution")),
        ("organisation", _("Enterprise or association")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Full name"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS)
    area = models.ForeignKey(Area, models.PROTECT, related_name="units", verbose_name=_("Place"))
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("Above")
    )
    aliases = models.JSONField(_("Other names"), default=list, blank=True, encoder=AsTyped)
    closed_on = models.DateField(null=True, editable=False)

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "name"]
        constraints = [
            models.CheckConstraint(
                name="unit_kind_is_known",
                condition=models.Q(
                    kind__in=[
                        "department",
                        "office",
                        "community",
                        "group",
                        "institution",
                        "organisation",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Boundaries and public buildings on our maps: where they come from, who approved them, what they look like.

Held by the database (migration 0002): a layer shown to everybody has an approval number or says that it is invented;
a layer stays what was brought; its shapes are never changed; no home is a building here.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Area, Location
from linli.kernel.signed import Signed

# As the number stands on maps: GS(2024)0650号, 甘S(2023)12号, GS京(2022)1061号.
APPROVAL_NUMBER = r"^[A-Z\u4e00-\u9fff]{0,3}S[\u4e00-\u9fff]{0,3}\((19|20)[0-9]{2}\)[0-9]{1,6}号$"
FICTIONAL = "虚构"


class LayerQuerySet(models.QuerySet["Layer"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def shown_to_all(self) -> Self:
        """Those that everybody may see."""
        return self.standing().filter(public=True)


class Layer(Signed):
    """One set of shapes that was brought together: boundaries of areas, or public buildings.

    `approval_no`: the number of the map review (审图号), "" while there is none. `datum`: what the file said; what is kept
    is CGCS2000, which is WGS 84 to within a hand's breadth. `digest`: of the file, which is not kept itself.
    """

    AREAS, BUILDINGS = "areas", "buildings"
    KINDS = (
        (AREAS, pgettext_lazy("layer", "Boundaries of areas")),
        (BUILDINGS, pgettext_lazy("layer", "Public buildings")),
    )
    DATUMS = (("cgcs2000", "CGCS2000"), ("wgs84", "WGS 84"), ("gcj02", "GCJ-02"))

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(pgettext_lazy("layer", "What it holds"), max_length=9, choices=KINDS)
    source = models.CharField(_("Source"), max_length=200)
    licence = models.CharField(_("Licence"), max_length=120)
    approval_no = models.CharField(_("Map approval number"), max_length=40, blank=True)
    datum = models.CharField(_("Datum"), max_length=8, choices=DATUMS)
    public = models.BooleanField(_("Shown to everybody"), default=False)
    fictional = models.BooleanField(_("Invented"), default=False, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    tolerance = models.PositiveSmallIntegerField(_("Simplified to (metres)"), default=0)
    vertices = models.PositiveIntegerField(pgettext_lazy("layer", "Points"), editable=False)
    vertices_drawn = models.PositiveIntegerField(_("Points drawn"), editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_for = models.CharField(pgettext_lazy("layer", "Reason"), max_length=300, blank=True)

    objects: ClassVar[LayerQuerySet] = LayerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="layer_kind_is_known", condition=Q(kind__in=["areas", "buildings"])
            ),
            models.CheckConstraint(
                name="layer_datum_is_known", condition=Q(datum__in=["cgcs2000", "wgs84", "gcj02"])
            ),
            models.CheckConstraint(
                name="layer_says_where_from",
                condition=~Q(name="") & ~Q(source="") & ~Q(licence=""),
            ),
            models.CheckConstraint(
                name="layer_public_is_approved",
                condition=Q(public=False) | Q(fictional=True) | ~Q(approval_no=""),
            ),
            models.CheckConstraint(
                name="layer_approval_is_a_number",
                condition=Q(approval_no="") | Q(approval_no__regex=APPROVAL_NUMBER),
            ),
            models.CheckConstraint(
                name="layer_invented_says_so",
                condition=Q(fictional=False) | Q(approval_no="", name__contains=FICTIONAL),
            ),
            models.CheckConstraint(
                name="layer_withdrawn_says_why",
                condition=Q(withdrawn_at=None, withdrawn_for="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_for=""),
            ),
            models.CheckConstraint(
                name="layer_is_drawn_with_its_points",
                condition=Q(
                    vertices__gt=0, vertices_drawn__gt=0, vertices_drawn__lte=F("vertices")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Shape(models.Model):
    """One shape of a layer: the boundary of an area, or the outline of a public building in an area.

    `geometry` is GeoJSON in CGCS2000 degrees as brought, `outline` the simpler one that pages draw; both in six decimals.
    `height_m` stands for buildings alone.
    """

    BUILDINGS = (
        *Location.KINDS,
        ("school", pgettext_lazy("building", "School")),
        ("hospital", pgettext_lazy("building", "Hospital")),
        ("transport", pgettext_lazy("building", "Bus or railway station")),
    )

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="shapes")
    area = models.ForeignKey(Area, models.PROTECT, related_name="shapes", verbose_name=_("Place"))
    kind = models.CharField(_("Kind"), max_length=10, choices=BUILDINGS, blank=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="shapes")
    height_m = models.DecimalField(_("Height (m)"), max_digits=5, decimal_places=1, null=True)
    geometry = models.JSONField()
    outline = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    centre_x = models.FloatField()
    centre_y = models.FloatField()

    class Meta:
        ordering = ["layer", "area", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "area"], condition=Q(kind=""), name="shape_of_an_area_once"
            ),
            models.CheckConstraint(
                name="shape_is_area_or_public_building",
                condition=Q(kind="", name="", height_m=None, location=None)
                | Q(
                    kind__in=[
                        "station",
                        "hall",
                        "centre",
                        "venue",
                        "office",
                        "school",
                        "hospital",
                        "transport",
                    ],
                    height_m__isnull=False,  # what is not known is not tested by a CHECK
                    height_m__gt=0,
                    height_m__lte=1000,
                )
                & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="shape_is_on_earth",
                condition=Q(west__gte=-180, south__gte=-90, east__lte=180, north__lte=90)
                & Q(west__lt=F("east"), south__lt=F("north")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.area_id} ({self.layer_id})"

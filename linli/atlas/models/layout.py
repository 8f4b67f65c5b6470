"""The schematic map: where each part of an area stands in rows and columns, as laid out or as moved by hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.kernel.signed import Signed

FURTHEST = 39  # the last row and column: forty by forty is more than any page can show


class LayoutTile(Signed):
    """One square of the schematic map of `parent`: which of its parts stands there, and who put it there."""

    parent = models.ForeignKey(Area, models.PROTECT, related_name="tiles_of_parts")
    area = models.ForeignKey(Area, models.PROTECT, related_name="tiles", verbose_name=_("Place"))
    row = models.PositiveSmallIntegerField(_("Row"))
    column = models.PositiveSmallIntegerField(_("Column"))
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["parent", "row", "column"]
        constraints = [
            models.UniqueConstraint("parent", "area", name="tile_of_a_part_once"),
            models.UniqueConstraint("parent", "row", "column", name="tile_holds_one_part"),
            models.CheckConstraint(
                name="tile_is_on_the_map", condition=Q(row__lte=FURTHEST, column__lte=FURTHEST)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.row}-{self.column}"

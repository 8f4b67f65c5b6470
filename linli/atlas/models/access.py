"""What minutes are counted on: how wide a town's squares are, and which buses go between them. Nothing about people.

What was once declared or brought stays as it was; what is said otherwise is another row.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.kernel.signed import Signed


class TownGround(Signed):
    """One declaration of a town's ground; the newest of a place counts.

    squares: from where people may set out, as [row, column, name] with name "" where it has none.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="grounds")
    metres = models.PositiveSmallIntegerField(_("Width of a square, in metres"))
    pace = models.PositiveSmallIntegerField(_("Pace, in metres a minute"))
    squares = models.JSONField(_("Squares"))
    source = models.CharField(_("Where this is known from"), max_length=200)

    class Meta:
        ordering = ["area", "-id"]
        constraints = [
            models.CheckConstraint(
                name="ground_has_a_width", condition=Q(metres__gte=50, metres__lte=5000)
            ),
            models.CheckConstraint(
                name="ground_has_a_pace", condition=Q(pace__gte=20, pace__lte=120)
            ),
            models.CheckConstraint(name="ground_has_squares", condition=~Q(squares=[])),
            models.CheckConstraint(name="ground_has_a_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.metres} m"


class BusTableQuerySet(models.QuerySet["BusTable"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at=None)


class BusTable(Signed):
    """One table of a town's buses as it was brought; ended by the next, or because it holds no more."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="bus_tables")
    source = models.CharField(_("Where this is known from"), max_length=200)
    valid_from = models.DateField(_("Timetable of"))
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.CharField(max_length=60, blank=True, editable=False)

    objects: ClassVar[BusTableQuerySet] = BusTableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "-id"]
        constraints = [
            models.UniqueConstraint(
                "area", name="town_has_one_table_of_buses", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="bus_table_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="bus_table_is_ended_by_somebody",
                condition=Q(ended_at=None, ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.valid_from}"


class BusStop(models.Model):
    """One stop of a table of buses, and the square on which it is."""

    table = models.ForeignKey(BusTable, models.PROTECT, related_name="stops")
    name = models.CharField(max_length=60)
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table", "name"]
        constraints = [
            models.UniqueConstraint("table", "name", name="bus_stop_stands_once"),
            models.CheckConstraint(
                name="bus_stop_is_on_the_map",
                condition=Q(tile_row__gte=1, tile_row__lte=99)
                & Q(tile_column__gte=1, tile_column__lte=99),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BusRun(models.Model):
    """One way of a line from a stop to the next: minutes of the ride, every how many minutes, from when until when.

    weekdays: digits, 0 is Monday.
    """

    table = models.ForeignKey(BusTable, models.PROTECT, related_name="runs")
    line = models.CharField(max_length=40)
    start = models.ForeignKey(BusStop, models.PROTECT, related_name="runs_from")
    end = models.ForeignKey(BusStop, models.PROTECT, related_name="runs_to")
    minutes = models.PositiveSmallIntegerField()
    every = models.PositiveSmallIntegerField()
    first = models.TimeField()
    last = models.TimeField()
    weekdays = models.CharField(max_length=7)

    class Meta:
        ordering = ["table", "id"]
        constraints = [
            models.CheckConstraint(name="bus_goes_somewhere", condition=~Q(start=F("end"))),
            models.CheckConstraint(
                name="bus_takes_minutes", condition=Q(minutes__gte=1, minutes__lte=240)
            ),
            models.CheckConstraint(
                name="bus_comes_again", condition=Q(every__gte=1, every__lte=240)
            ),
            models.CheckConstraint(
                name="first_bus_is_before_the_last", condition=Q(first__lt=F("last"))
            ),
            models.CheckConstraint(name="bus_has_weekdays", condition=~Q(weekdays="")),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.start_id} > {self.end_id}"

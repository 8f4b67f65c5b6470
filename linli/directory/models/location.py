"""Where services are: stations, windows, venues, with hours, languages and ways in. Offices, never homes."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.area import Area
from linli.directory.models.organization import Organization
from linli.directory.models.service import Service


class LocationQuerySet(models.QuerySet["Location"]):
    """Filters that read as adjectives."""

    def open_to_all(self) -> Self:
        """Those that have not been closed for good."""
        return self.filter(closed_on__isnull=True)


class Location(models.Model):
    """One place that the public may come to. Found by its street, never by a device.

    `tile` is its square on the schematic map of the town: row and column.
    """

    KINDS = (
        ("station", _("Service station")),
        ("hall", _("Service hall")),
        ("centre", _("Centre")),
        ("venue", _("Venue")),
        ("office", _("Office")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="locations", verbose_name=_("Run by")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="locations", verbose_name=_("Place")
    )
    name = models.CharField(_("Name"), max_length=120)
    other_names = models.JSONField(_("Other names"), default=list, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    transport = models.CharField(_("How to get there"), max_length=200, blank=True)
    description = models.TextField(_("What it is"), blank=True)
    access = models.JSONField(
        _("Ways in"), default=list, blank=True
    )  # "step-free", "lift" … (rules)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_on = models.DateField(_("Last checked"))
    assured_by = models.CharField(_("Checked by"), max_length=120)
    closed_on = models.DateField(null=True, editable=False)
    last_modified = models.DateTimeField()

    objects: ClassVar[LocationQuerySet] = LocationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "name"]
        constraints = [
            models.CheckConstraint(
                name="location_kind_is_known",
                condition=Q(kind__in=["station", "hall", "centre", "venue", "office"]),
            ),
            models.CheckConstraint(
                name="location_stands_on_one_tile",
                condition=Q(tile_row=None, tile_column=None)
                | Q(tile_row__isnull=False, tile_column__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceAtLocation(models.Model):
    """One service at one place, at a window when there are several."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="offers")
    window = models.CharField(_("Window"), max_length=40, blank=True)
    description = models.CharField(_("Note"), max_length=240, blank=True)
    last_modified = models.DateTimeField()

    class Meta:
        ordering = ["location", "window", "service"]
        constraints = [
            models.UniqueConstraint("service", "location", name="service_is_at_a_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.location_id}"


class Schedule(models.Model):
    """One rule of opening hours (RFC 5545's RRULE), of a place or of one service at it.

    `days_off` says what public holidays do: "closed" on them and open on the working days that make up
    for them, or "open" as on any day. valid_until is the first day no longer valid.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    location = models.ForeignKey(
        Location, models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    offer = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    rrule = models.CharField(max_length=200)  # FREQ=WEEKLY;BYDAY=MO,TU
    starts_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(_("Opens"))
    closes_at = models.TimeField(_("Closes"))
    days_off = models.CharField(
        max_length=6, default="closed", choices=(("closed", _("closed")), ("open", _("open")))
    )
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["location", "offer", "opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="schedule_is_of_one_thing",
                condition=Q(location__isnull=False, offer=None)
                | Q(location=None, offer__isnull=False),
            ),
            models.CheckConstraint(
                name="schedule_opens_before_it_closes",
                condition=Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="schedule_days_off_are_known", condition=Q(days_off__in=["closed", "open"])
            ),
        ]

    def __str__(self) -> str:
        return self.rrule


class LanguageHours(models.Model):
    """One language spoken at one place on one weekday, in one way: the guarantee that residents read.

    language is a BCP 47 tag with its script (zh-Hans, ug, bo); weekday 0 is Monday.
    """

    MODES = (
        ("in_person", _("in person")),
        ("phone", _("by phone")),
        ("video", _("by video")),
    )

    location = models.ForeignKey(Location, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=20)
    weekday = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=MODES)

    class Meta:
        ordering = ["location", "language", "weekday", "mode"]
        constraints = [
            models.UniqueConstraint(
                "location", "language", "weekday", "mode", name="language_is_promised_once"
            ),
            models.CheckConstraint(name="weekday_is_of_a_week", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="language_mode_is_known",
                condition=Q(mode__in=["in_person", "phone", "video"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.weekday} {self.mode}"


class Phone(models.Model):
    """One number of an office, never of a private person."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="phones"
    )
    location = models.ForeignKey(
        Location, models.CASCADE, null=True, blank=True, related_name="phones"
    )
    service = models.ForeignKey(
        Service, models.CASCADE, null=True, blank=True, related_name="phones"
    )
    number = models.CharField(_("Number"), max_length=30)
    extension = models.CharField(max_length=10, blank=True)
    description = models.CharField(_("For"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="phone_is_of_one_thing",
                condition=Q(organization__isnull=False, location=None, service=None)
                | Q(organization=None, location__isnull=False, service=None)
                | Q(organization=None, location=None, service__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

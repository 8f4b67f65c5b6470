"""When something is offered, and how many places there are."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Location
from linli.offers.models.offer import Lesson, Offer, SlotPlan

TAKEN = F("taken_web") + F("taken_phone") + F("taken_station")  # through all doors


class SessionQuerySet(models.QuerySet["Session"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those that take place."""
        return self.filter(cancelled_at=None)


class Session(models.Model):
    """One run of an offer, with its places: whoever books, books all of its meetings.

    Places are counted by the door through which they went. `floor_…` places are kept for a door until
    `floors_until`; then they are everybody's. One statement books (actions/booking.py): it adds to a
    door's count where all counts, or floors if they are higher, still fit into the capacity. That more is
    taken than there are places is forbidden by the row itself.

    `passes` and `pass_days` bound the waiting list: a smaller group may be let in before a larger one so
    many times, and for so many days. `sequence` counts what changed for calendars (RFC 5545).
    """

    FIRST, DRAW = "first", "draw"
    WAYS = (
        (FIRST, _("In the order in which people book")),
        (DRAW, _("By a draw after the window")),
    )
    DOORS = (("web", _("online")), ("phone", _("by telephone")), ("station", _("at a station")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="sessions")
    plan = models.ForeignKey(SlotPlan, models.PROTECT, null=True, related_name="sessions")
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("Where"),
    )
    room = models.CharField(_("Room"), max_length=60, blank=True)
    online = models.URLField(_("Online at"), blank=True)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    rrule = models.CharField(_("Repeats"), max_length=200, blank=True)  # RFC 5545
    languages = models.JSONField(_("Languages"), default=list, blank=True)
    interpreter = models.BooleanField(_("Interpreter on request"), default=False)

    capacity = models.PositiveIntegerField(pgettext_lazy("offer", "Places"))
    taken_web = models.PositiveIntegerField(default=0, editable=False)
    taken_phone = models.PositiveIntegerField(default=0, editable=False)
    taken_station = models.PositiveIntegerField(default=0, editable=False)
    queue = models.PositiveIntegerField(default=0, editable=False)  # bookings that wait
    floor_web = models.PositiveIntegerField(_("Kept for online"), default=0)
    floor_phone = models.PositiveIntegerField(_("Kept for the telephone"), default=0)
    floor_station = models.PositiveIntegerField(_("Kept for stations"), default=0)
    floors_until = models.DateTimeField(_("Kept until"), null=True, blank=True)
    most_together = models.PositiveSmallIntegerField(_("People in one booking"), default=4)
    way = models.CharField(_("How places are given"), max_length=6, choices=WAYS, default=FIRST)
    booking_from = models.DateTimeField(_("Booking begins"))
    booking_until = models.DateTimeField(_("Booking ends"))
    passes = models.PositiveSmallIntegerField(default=3)
    pass_days = models.PositiveSmallIntegerField(default=7)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_why = models.CharField(max_length=240, blank=True, editable=False)
    last_modified = models.DateTimeField(editable=False)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="session_is_never_oversold",
                condition=Q(capacity__gte=TAKEN),
            ),
            models.CheckConstraint(
                name="session_floors_fit",
                condition=Q(capacity__gte=F("floor_web") + F("floor_phone") + F("floor_station")),
            ),
            models.CheckConstraint(
                name="session_floors_are_released",
                condition=Q(floor_web=0, floor_phone=0, floor_station=0)
                | Q(floors_until__isnull=False),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_is_booked_before_it_ends",
                condition=Q(booking_until__gt=F("booking_from"), booking_until__lte=F("ends_at")),
            ),
            models.CheckConstraint(
                name="session_way_is_known", condition=Q(way__in=["first", "draw"])
            ),
            models.CheckConstraint(
                name="session_lets_in_at_least_one",
                condition=Q(most_together__gte=1, most_together__lte=60),
            ),
            models.CheckConstraint(
                name="session_overtaking_is_bounded",
                condition=Q(passes__lte=20, pass_days__lte=60),
            ),
            models.CheckConstraint(
                name="session_cancelled_says_why",
                condition=Q(cancelled_at=None) | ~Q(cancelled_why=""),
            ),
            models.UniqueConstraint("plan", "starts_at", name="slot_is_cut_once"),
        ]
        indexes = [
            models.Index(name="session_of_offer", fields=["offer", "starts_at"]),
            models.Index(
                name="session_coming", fields=["starts_at", "id"], condition=Q(cancelled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def taken(self) -> int:
        """How many places are given, through all doors."""
        return self.taken_web + self.taken_phone + self.taken_station


class Meeting(models.Model):
    """One time that a session's people meet. `moved_from` names the time that the rule had given it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    moved_from = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint("session", "number", name="meeting_has_its_number"),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(name="meeting_on_day", fields=["starts_at"])]

    def __str__(self) -> str:
        return f"{self.session_id} #{self.number}"


class Draw(models.Model):
    """One draw of one session: the hash of a seed before anybody enters, the list when it closes, the seed after.

    The list stands in the look log (`position`). `beacon` is a state of the log that holds it, with the line
    by which `witness` signed that state: nobody knew it while people entered. From what stands here anybody
    computes who drew which place (kernel/verify_draw.py, one file that does it alone). Each is written
    once (trigger).
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="draw")
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, in hex
    committed_at = models.DateTimeField()
    witness = models.CharField(max_length=120, blank=True)  # by whose word the draw is mixed
    entries = models.TextField(blank=True)  # "ticket size" a line, sorted
    places = models.PositiveIntegerField(null=True)
    position = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    beacon = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draw_closes_before_it_is_drawn",
                condition=Q(drawn_at=None, seed="", beacon="")
                | (
                    Q(drawn_at__isnull=False, closed_at__isnull=False) & ~Q(seed="") & ~Q(beacon="")
                ),
            ),
            models.CheckConstraint(
                name="draw_closes_with_its_list",
                condition=Q(closed_at=None, places=None, position=None, entries="")
                | Q(closed_at__isnull=False, places__isnull=False, position__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:8]

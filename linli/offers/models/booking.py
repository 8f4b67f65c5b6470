"""Places that somebody has, waits for, or had: known by a code, with what they left about themselves sealed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.signed import Signed
from linli.offers.models.session import Meeting, Session


class BookingQuerySet(models.QuerySet["Booking"]):
    """Filters that read as adjectives."""

    def holding(self) -> Self:
        """Those that have their places."""
        return self.filter(state__in=Booking.HOLDING)

    def waiting(self) -> Self:
        """Those on the waiting list, the first first."""
        return self.filter(state=Booking.WAITING).order_by("queued_at", "id")


class Booking(models.Model):
    """One person's place, or a group's places, which are given together or not at all.

    `once` is a hash of the way to reach them, keyed for the session: nobody has two bookings of one
    session, and it tells nothing about anybody in another. After the subject's day only counts are left.
    """

    HELD, CONFIRMED, WAITING, OFFERED = "held", "confirmed", "waiting", "offered"
    ENTERED, LOST, CANCELLED = "entered", "lost", "cancelled"
    ATTENDED, ABSENT = "attended", "absent"
    STATES = (
        (HELD, _("held for a moment")),
        (CONFIRMED, _("booked")),
        (WAITING, _("on the waiting list")),
        (OFFERED, _("a place is offered")),
        (ENTERED, _("in the draw")),
        (LOST, _("not drawn")),
        (CANCELLED, _("cancelled")),
        (ATTENDED, _("attended")),
        (ABSENT, _("did not come")),
    )
    HOLDING = (HELD, CONFIRMED, OFFERED, ATTENDED, ABSENT)  # these take their places

    code = models.CharField(max_length=9, unique=True, editable=False)
    secret = models.CharField(max_length=64, editable=False)  # keyed hash of the passphrase
    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="booking", editable=False)
    door = models.CharField(max_length=8, choices=Session.DOORS)
    size = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=STATES)
    once = models.CharField(max_length=64, blank=True, editable=False)
    ticket = models.CharField(max_length=32, blank=True, editable=False)  # public, in a draw
    drawn = models.PositiveIntegerField(null=True, editable=False)  # its place in the draw
    booked_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    passed = models.PositiveSmallIntegerField(default=0)  # how often a smaller group went before
    until = models.DateTimeField(null=True)  # a held or offered place lapses then
    ended_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    name = SealedField(null=True)  # what they want to be called at the door
    contact = SealedField(null=True)  # {"email": …} or {"sms": …}, or nothing
    note = SealedField(null=True)  # what the organizer should know, an interpreter among it
    reply_language = SealedField(null=True)

    objects: ClassVar[BookingQuerySet] = BookingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="booking_state_is_known",
                condition=Q(
                    state__in=[
                        "held", "confirmed", "waiting", "offered", "entered", "lost", "cancelled",
                        "attended", "absent",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="booking_door_is_known", condition=Q(door__in=["web", "phone", "station"])
            ),
            models.CheckConstraint(
                name="booking_is_for_somebody", condition=Q(size__gte=1, size__lte=60)
            ),
            models.CheckConstraint(
                name="booking_lapses_while_nothing_is_settled",
                condition=~Q(state__in=["held", "offered"]) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="booking_waits_since_a_moment",
                condition=~Q(state="waiting") | Q(queued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="booking_ends_once",
                condition=Q(state__in=["lost", "cancelled"], ended_at__isnull=False)
                | (~Q(state__in=["lost", "cancelled"]) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="booking_without_secrets_is_purged",
                condition=Q(purged_at=None)
                | Q(
                    name__isnull=True,
                    contact__isnull=True,
                    note__isnull=True,
                    reply_language__isnull=True,
                ),
            ),
            models.UniqueConstraint(
                "session",
                "once",
                name="booking_is_made_once",
                condition=Q(ended_at=None) & ~Q(once=""),
            ),
            models.CheckConstraint(
                name="booking_enters_with_a_ticket", condition=~Q(state="entered", ticket="")
            ),
            models.UniqueConstraint(
                "session", "ticket", name="booking_has_its_own_ticket", condition=~Q(ticket="")
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(name="booking_of_session", fields=["session", "state"]),
            models.Index(
                name="booking_queue",
                fields=["session", "queued_at", "id"],
                condition=Q(state="waiting"),
            ),
            models.Index(
                name="booking_lapsing", fields=["until"], condition=Q(until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BookingStep(Signed):
    """One thing that happened to a booking; only ever added to. No words: nothing here is anybody's.

    verbs: booked confirmed queued passed offered accepted lapsed drawn lost cancelled called_off changed
    moved kept reminded asked_why attended absent.
    """

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(name="step_of_booking", fields=["booking", "at"])]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.verb}"


class Attendance(models.Model):
    """One mark in the list of a meeting: so many of a booking came. A device that was offline adds it later, once.

    `mark` is the device's own name for what it wrote down: two devices that saw the same booking are
    merged to the larger number.
    """

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="attendances")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    came = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=36, unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("booking", "meeting", name="attendance_is_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.meeting_id} {self.came}"


class WalkIns(models.Model):
    """One number for one meeting: how many came without a booking. Of nobody."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="walk_ins")
    came = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.came}"

"""Who would like to talk to whom at a job fair, and when they do."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.offers.models.booking import Booking
from linli.offers.models.fair import Stand, Vacancy
from linli.offers.rules.fairs import MOST_WISHES


class Wish(models.Model):
    """One post that somebody would like to talk about at the fair; `number` is its place among their own wishes."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="wishes")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="wishes")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["booking", "number"]
        constraints = [
            models.UniqueConstraint("booking", "vacancy", name="wish_is_wished_once"),
            models.UniqueConstraint("booking", "number", name="wish_has_its_number"),
            models.CheckConstraint(
                name="wish_is_one_of_a_few", condition=Q(number__gte=1, number__lte=MOST_WISHES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.number}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """Those that take their table's time: all but what was declined."""
        return self.exclude(state=Interview.DECLINED)


class Interview(models.Model):
    """One talk of the timetable, at one lane of a stand. Without a booking: kept for who just comes.

    No lane and no booking has two at a time (triggers). Who came is a code; the employer reads no name.
    """

    KEPT, PROPOSED, ACCEPTED, DECLINED = "kept", "proposed", "accepted", "declined"
    DONE, ABSENT = "done", "absent"
    STATES = (
        (KEPT, _("for who just comes")),
        (PROPOSED, _("proposed")),
        (ACCEPTED, _("accepted")),
        (DECLINED, _("declined")),
        (DONE, _("took place")),
        (ABSENT, _("did not come")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    stand = models.ForeignKey(Stand, models.PROTECT, related_name="interviews")
    lane = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="interviews")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, null=True, related_name="interviews")
    state = models.CharField(max_length=10, choices=STATES, default=PROPOSED)
    offered_at = models.DateTimeField(null=True)  # the employer offered the post
    hired_at = models.DateTimeField(null=True)  # and confirmed that it was taken

    objects: ClassVar[InterviewQuerySet] = InterviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_at", "stand", "lane"]
        constraints = [
            models.CheckConstraint(
                name="interview_state_is_known",
                condition=Q(
                    state__in=["kept", "proposed", "accepted", "declined", "done", "absent"]
                ),
            ),
            models.CheckConstraint(
                name="interview_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="interview_is_with_somebody_or_kept",
                condition=Q(state="kept", booking=None)
                | Q(state="done")
                | Q(
                    state__in=["proposed", "accepted", "declined", "absent"],
                    booking__isnull=False,
                    vacancy__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="interview_offers_after_it_took_place",
                condition=Q(offered_at=None, hired_at=None)
                | Q(state="done", offered_at__isnull=False),
            ),
            models.UniqueConstraint(
                "stand",
                "lane",
                "starts_at",
                name="interview_has_its_table",
                condition=~Q(state="declined"),
            ),
            models.UniqueConstraint(
                "booking",
                "starts_at",
                name="interview_is_one_at_a_time",
                condition=Q(booking__isnull=False) & ~Q(state="declined"),
            ),
        ]
        indexes = [models.Index(name="interview_at_stand", fields=["stand", "lane", "starts_at"])]

    def __str__(self) -> str:
        return self.code

"""What is offered: a course, an event, a fair, appointments, shifts, a contest, a group after school."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Area, Organization, Service, ServiceAtLocation, Unit
from linli.kernel.signed import Signed
from linli.offers.rules.retention import KEPT_AT_MOST


class OfferQuerySet(models.QuerySet["Offer"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)


class Offer(Signed):
    """One thing that people may come to. For whom it is, is told in words; no rule about persons decides.

    `part_of` is the programme that it belongs to, such as a month of publicity. `kept_days` is how long
    after the last meeting what people left with their booking is kept.
    """

    COURSE, EVENT, FAIR, APPOINTMENT = "course", "event", "fair", "appointment"
    SHIFT, CONTEST, GROUP, PROGRAMME = "shift", "contest", "group", "programme"
    KINDS = (
        (COURSE, _("Course")),
        (EVENT, _("Event")),
        (FAIR, _("Job fair")),
        (APPOINTMENT, _("Appointment")),
        (SHIFT, _("Volunteer shift")),
        (CONTEST, _("Contest")),
        (GROUP, _("After-school group")),
        (PROGRAMME, pgettext_lazy("offer", "Programme")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS)
    title = models.CharField(_("Title"), max_length=120)
    description = models.TextField(_("What it is"), blank=True)
    conditions = models.TextField(_("For whom, and what to bring"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="organized", verbose_name=_("Organized by")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="on_offer", verbose_name=_("Place"))
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="on_offer",
        verbose_name=_("Guide"),
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("Part of"),
    )
    cost = models.PositiveIntegerField(_("Cost in fen"), default=0)
    kept_days = models.PositiveSmallIntegerField(default=7)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                name="offer_kind_is_known",
                condition=Q(
                    kind__in=[
                        "course", "event", "fair", "appointment", "shift", "contest", "group", "programme",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="offer_is_kept_for_a_time", condition=Q(kept_days__gte=1, kept_days__lte=KEPT_AT_MOST)
            ),
            models.CheckConstraint(
                name="offer_is_part_of_another", condition=Q(part_of=None) | ~Q(part_of=F("id"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def yuan(self) -> str:
        """What it costs, in yuan; nothing when it is free."""
        return f"{self.cost / 100:.2f}" if self.cost else ""


class Lesson(models.Model):
    """One lesson of a course's plan: what is learnt, in which order."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("Lesson"), max_length=120)
    words = models.TextField(_("What is learnt"), blank=True)

    class Meta:
        ordering = ["offer", "number"]
        constraints = [models.UniqueConstraint("offer", "number", name="lesson_has_its_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Training(Signed):
    """One order by an employer: so many people to be trained, and to be taken on afterwards."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="trainings")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="trainings", verbose_name=_("Employer")
    )
    places = models.PositiveIntegerField(_("People ordered"))
    role = models.CharField(_("Work"), max_length=120)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="training_is_for_somebody", condition=Q(places__gte=1)),
            models.UniqueConstraint("offer", "organization", name="training_is_ordered_once"),
        ]

    def __str__(self) -> str:
        return self.code


class SlotPlan(models.Model):
    """One way in which appointments are cut from a window's opening hours, for so many days ahead.

    `walk_ins` places of every slot are never booked: they are for who comes without.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="slot_plans")
    window = models.ForeignKey(ServiceAtLocation, models.PROTECT, related_name="slot_plans")
    minutes = models.PositiveSmallIntegerField(_("Minutes each"), default=15)
    places = models.PositiveSmallIntegerField(_("People at a time"), default=1)
    walk_ins = models.PositiveSmallIntegerField(_("Of these for who comes without"), default=0)
    days_ahead = models.PositiveSmallIntegerField(_("Days ahead"), default=14)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["offer", "id"]
        constraints = [
            models.CheckConstraint(
                name="slot_lasts_a_while", condition=Q(minutes__gte=5, minutes__lte=240)
            ),
            models.CheckConstraint(
                name="slot_leaves_a_place_to_book",
                condition=Q(places__gte=1, walk_ins__lt=F("places")),
            ),
            models.CheckConstraint(
                name="slot_is_planned_ahead", condition=Q(days_ahead__gte=1, days_ahead__lte=90)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min"

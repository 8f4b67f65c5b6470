"""Volunteers: hours that were confirmed, and neighbours who are brought together by place and time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Location
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.signed import Signed
from linli.offers.models.booking import Booking
from linli.offers.models.offer import Offer


class Hours(Signed):
    """Time that the people of one booking gave on a shift, confirmed by the organizer. In minutes, of each."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="hours")
    minutes = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "hours"
        constraints = [
            models.CheckConstraint(
                name="hours_fit_into_days", condition=Q(minutes__gte=1, minutes__lte=6000)
            ),
        ]

    def __str__(self) -> str:
        return str(self.minutes)


class Pairing(models.Model):
    """One offer under which neighbours help each other; what they left is kept so many days."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="pairing")
    kept_days = models.PositiveSmallIntegerField(_("Kept for so many days"), default=90)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pairing_is_kept_for_a_time", condition=Q(kept_days__gte=7, kept_days__lte=180)
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer)


class Neighbour(models.Model):
    """One who wants help or gives it, at a station and at times of the week: nothing else is matched by.

    `times` are parts of the week (rules/pairing.py). With the subject's day place and times go too.
    """

    WANTED, OFFERED = "wanted", "offered"
    SIDES = ((WANTED, _("I would like help")), (OFFERED, _("I would like to help")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    secret = models.CharField(max_length=64, blank=True, editable=False)
    subject = models.OneToOneField(
        Subject, models.PROTECT, related_name="neighbour", editable=False
    )
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="neighbours")
    side = models.CharField(max_length=8, choices=SIDES)
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="neighbours")
    times = models.JSONField(default=list)
    name = SealedField(null=True)
    contact = SealedField(null=True)
    note = SealedField(null=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="neighbour_side_is_known", condition=Q(side__in=["wanted", "offered"])
            ),
            models.CheckConstraint(
                name="neighbour_purged_is_a_count",
                condition=Q(purged_at=None)
                | Q(
                    name__isnull=True,
                    contact__isnull=True,
                    note__isnull=True,
                    location=None,
                    secret="",
                    ended_on__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="neighbour_open", fields=["pairing", "side"], condition=Q(ended_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Pair(Signed):
    """Two neighbours proposed to each other: each says yes before either learns who the other is."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    wanted = models.ForeignKey(Neighbour, models.PROTECT, related_name="pairs_wanted")
    offered = models.ForeignKey(Neighbour, models.PROTECT, related_name="pairs_offered")
    wanted_said = models.BooleanField(null=True)
    offered_said = models.BooleanField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="pair_is_of_two", condition=~Q(wanted=F("offered"))),
            models.CheckConstraint(
                name="pair_ends_when_one_says_no",
                condition=Q(ended_on__isnull=False)
                | ((Q(wanted_said=None) | Q(wanted_said=True)) & (Q(offered_said=None) | Q(offered_said=True))),
            ),
            models.UniqueConstraint("wanted", "offered", name="pair_is_proposed_once"),
            models.UniqueConstraint(
                "wanted", name="neighbour_is_helped_by_one", condition=Q(ended_on=None)
            ),
            models.UniqueConstraint(
                "offered", name="neighbour_helps_one", condition=Q(ended_on=None)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

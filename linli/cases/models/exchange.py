"""Hand-overs between cities: signed, under the person's grant, read from where the case lives."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models.case import Case
from linli.directory.models import Unit
from linli.kernel.models import Grant
from linli.kernel.signed import Signed


class Partner(models.Model):
    """One other instance that cases may be handed to and taken from: its name, address and public key."""

    name = models.CharField(_("Place"), max_length=120, unique=True)
    origin = models.URLField(_("Address"), unique=True)
    key = models.CharField(_("Public key"), max_length=200)
    since_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Referral(Signed):
    """One case handed to another city: what leaves us is a signed envelope with a grant, never the words.

    The other reads the granted fields from us, each time, for as long as the grant stands.
    """

    code = models.CharField(max_length=9, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="referrals")
    unit_name = models.CharField(max_length=120)  # the unit over there
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    envelope = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_state_is_known",
                condition=Q(
                    state__in=["waiting", "delivered", "accepted", "declined", "done", "ended"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Received(models.Model):
    """One case that another city handed to us: an envelope and a place in a unit's queue, no words.

    After the grant ends what stays is this row: that there was something, and that it is over.
    """

    code = models.CharField(max_length=9, unique=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="received")
    their_code = models.CharField(max_length=9)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="received")
    kind = models.CharField(max_length=12)
    fields = models.JSONField(default=list)
    envelope = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    received_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint("partner", "their_code", name="envelope_is_taken_once"),
            models.CheckConstraint(
                name="received_state_is_known",
                condition=Q(state__in=["waiting", "accepted", "declined", "done", "over"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code

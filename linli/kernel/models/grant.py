"""Consent as a grant, and the one other way in, which needs two and is told to the person."""

from django.db import models
from django.db.models import F, Q

from linli.kernel.fields import SealedField
from linli.kernel.models.subject import Subject
from linli.kernel.signed import Signed


class Grant(models.Model):
    """One leave that the person gave: this receiver may read these fields, for this purpose, until then.

    The receiver is a unit by its full name; `origin` names the other city when it is not of this house.
    It can be taken back, and can neither be widened nor prolonged (triggers): for that one asks anew.
    """

    HOW = (
        "asking",
        "follow_up",
        "counter",
    )  # on the form, on one's own page, at the window with the slip

    code = models.CharField(max_length=9, unique=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="grants")
    about = models.CharField(max_length=12)
    to_unit = models.CharField(max_length=120)
    origin = models.CharField(max_length=120, blank=True)
    fields = models.JSONField()
    purpose = models.CharField(max_length=20)
    given_how = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_it_began", condition=Q(expires_at__gt=F("given_at"))
            ),
            models.CheckConstraint(
                name="grant_was_given_somehow",
                condition=Q(given_how__in=["asking", "follow_up", "counter"]),
            ),
            models.CheckConstraint(name="grant_names_a_receiver", condition=~Q(to_unit="")),
        ]
        indexes = [models.Index(name="grant_of_subject", fields=["subject", "to_unit"])]

    def __str__(self) -> str:
        return f"{self.code} {self.to_unit}"


class BreakGlass(Signed):
    """One look without a grant, in an emergency: asked with a reason by one, let in by a second of another unit.

    It ends by itself within a day; the person is told; the public sees how many there were.
    """

    MOST_HOURS = 24

    code = models.CharField(max_length=9, unique=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="broken_glass")
    about = models.CharField(max_length=12)
    reason = SealedField(null=True)
    hours = models.PositiveSmallIntegerField()
    second_name = models.CharField(max_length=60, blank=True)
    second_unit = models.CharField(max_length=120, blank=True)
    let_in_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="glass_ends_within_a_day", condition=Q(hours__gte=1, hours__lte=24)
            ),
            models.CheckConstraint(
                name="glass_needs_a_second_person",
                condition=Q(let_in_at=None)
                | (
                    ~Q(second_name="")
                    & ~Q(second_name=F("by_name"))
                    & ~Q(second_unit="")
                    & ~Q(second_unit=F("by_unit"))
                ),
            ),
            models.CheckConstraint(
                name="glass_is_decided_once", condition=Q(let_in_at=None) | Q(refused_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.code

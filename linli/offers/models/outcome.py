"""What came of it: completed, passed, employed; asked again after months of who allowed it; certificates."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.signed import Signed
from linli.offers.models.booking import Booking
from linli.offers.models.offer import Offer, Training
from linli.offers.rules.retention import ASKED_AFTER


class Outcome(Signed):
    """One change of how many people of a booking completed, passed or are employed, at the end (0) or days after.

    What stands is the sum of `people`: a correction is one more row, which may be negative. The database
    lets no sum fall below nothing or rise above what the booking is for (trigger).
    """

    KINDS = (
        ("completed", _("completed")),
        ("passed", _("passed")),
        ("employed", _("employed")),
    )
    DAYS = (0, *ASKED_AFTER)

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=KINDS)
    after_days = models.PositiveSmallIntegerField(default=0)
    people = models.SmallIntegerField(default=1)
    training = models.ForeignKey(Training, models.PROTECT, null=True, related_name="hires")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_kind_is_known", condition=Q(kind__in=["completed", "passed", "employed"])
            ),
            models.CheckConstraint(
                name="outcome_is_asked_on_its_days", condition=Q(after_days__in=[0, 30, 90, 180])
            ),
            models.CheckConstraint(
                name="outcome_hired_is_employed", condition=Q(training=None) | Q(kind="employed")
            ),
            models.CheckConstraint(name="outcome_changes_a_number", condition=~Q(people=0)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.booking_id} {self.kind} {self.after_days}"


class FollowUp(models.Model):
    """One leave to ask again after 30, 90 and 180 days, with the way to reach the person, under a key of its own.

    `asked` is the last number of days after which they were asked, `answered` the last for which they answered.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="follow_up")
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="follow_up")
    contact = SealedField(null=True)
    reply_language = SealedField(null=True)
    ended_on = models.DateField()
    asked = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_up_asks_on_its_days", condition=Q(asked__in=[0, 30, 90, 180])
            ),
            models.CheckConstraint(
                name="follow_up_answers_what_was_asked",
                condition=Q(answered__in=[0, 30, 90, 180], answered__lte=F("asked")),
            ),
            models.CheckConstraint(
                name="follow_up_without_secrets_is_purged",
                condition=Q(purged_at=None) | Q(contact__isnull=True, reply_language__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.asked}"


class Helped(models.Model):
    """One count for a course and a number of days after: how many say that it helped, how many that it did not.

    Of nobody: an answer is added here and stands nowhere else.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="helped")
    after_days = models.PositiveSmallIntegerField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("offer", "after_days", name="helped_is_counted_together"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.after_days}"


class Certificate(models.Model):
    """One credential that was issued (Open Badges 3.0). The holder has it; we keep its hash and its place in the status list."""

    BY_HOLDER = "holder"  # who withdraws their own gives no reason

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="certificates")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField(unique=True)  # its bit in the status list
    digest = models.CharField(max_length=64)  # SHA-256 of the credential as it was handed out
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="certificate_revoked_says_why",
                condition=Q(revoked_at=None) | ~Q(revoked_why=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

"""What passes the door: answers that are given again, messages on their way, keys of programs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from linli.kernel.fields import SealedField
from linli.kernel.models.subject import Subject


class Answered(models.Model):
    """One answer kept for a day under the sender's idempotency key, written with its effect.

    `answer` opens with the sender's own key alone, of which only a hash is kept: it may hold a passphrase.
    """

    key = models.CharField(max_length=64, primary_key=True)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.status)


class Message(models.Model):
    """One message to one address: written with its cause, sent after it, once.

    `once` names the cause, so that a cause that is heard twice sends one message. Address and words are
    sealed, in the language that the recipient chose.
    """

    EMAIL, SMS = "email", "sms"
    STATES = ("waiting", "sent", "given_up")

    code = models.CharField(max_length=9, unique=True)
    once = models.CharField(max_length=80, unique=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="messages")
    about = models.CharField(max_length=12)
    channel = models.CharField(max_length=5)
    to = SealedField(null=True)
    words = SealedField(null=True)  # {"subject": …, "text": …}
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_channel_is_known", condition=Q(channel__in=["email", "sms"])
            ),
            models.CheckConstraint(
                name="message_state_is_known",
                condition=Q(state__in=["waiting", "sent", "given_up"]),
            ),
            models.CheckConstraint(
                name="message_sent_has_its_time", condition=Q(sent_at=None) ^ Q(state="sent")
            ),
        ]
        indexes = [
            models.Index(name="message_waiting", fields=["next_at"], condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return self.code


class ApiKey(models.Model):
    """One key by which a program acts for a member of staff; only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

"""What a supervising unit must know of without asking: something expires, failed, or was found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit


class Alert(models.Model):
    """One alert to a unit about one thing, open until somebody says what was done, or the cause is gone.

    `about`: what it is about, so that it is raised once ("permit 7K3M-92QD 30"); `said`: what its words name
    ({"name": …, "until": …}); `path`: where it is dealt with.
    """

    EXPIRY, CHECK, ADVERSE, CHAIN, RECALL = "expiry", "check", "adverse", "chain", "recall"
    KINDS = (
        (EXPIRY, _("A paper expires")),
        (CHECK, _("An inspection found something grave")),
        (ADVERSE, _("A laboratory found what should not be there")),
        (CHAIN, _("A chain is broken")),
        (RECALL, _("A recall waits for somebody")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="food_alerts")
    kind = models.CharField(_("Kind"), max_length=7, choices=KINDS)
    about = models.CharField(max_length=120, unique=True)
    said = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.CharField(max_length=60, blank=True, editable=False)
    words = models.CharField(_("What was done"), max_length=500, blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="alert_kind_is_known",
                condition=Q(kind__in=["expiry", "check", "adverse", "chain", "recall"]),
            ),
            models.CheckConstraint(
                name="alert_is_settled_with_words",
                condition=Q(settled_at=None, words="", settled_by="")
                | (Q(settled_at__isnull=False) & ~Q(words="")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(settled_at=None), name="alert_open_of_unit")
        ]

    def __str__(self) -> str:
        return self.about

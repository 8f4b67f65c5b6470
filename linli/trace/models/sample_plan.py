"""Plans of samples: which lots or premises are sampled is drawn, so that nobody chooses and anybody computes it again.

Held by triggers (migration 0003): hash, terms, list and seed are each written once; what was drawn stands.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.signed import Signed
from linli.trace.models.method import Method


class SamplePlan(Signed):
    """One draw of samples: a seed's hash and its terms first, the list when it closes, the seed after.

    `terms`: {"areas": codes of places, "activities": of premises, "since": made from this day on, of lots, "total"}.
    The list is told from `shown_on`: no business learns before that it will be sampled.
    """

    KIND = "samples"  # of the draw, as `linli verify-draw` names it
    PREMISES, LOTS = "premises", "lots"
    WHATS = ((PREMISES, _("Premises")), (LOTS, _("Lots")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Unit that takes the samples")
    )
    laboratory = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Laboratory")
    )
    method = models.ForeignKey(Method, models.PROTECT, related_name="plans")
    what = models.CharField(_("What is drawn"), max_length=8, choices=WHATS)
    terms = models.JSONField(default=dict)
    shown_on = models.DateField(_("In public from"))
    closes_at = models.DateTimeField(_("The list closes"))
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, in hex
    witness = models.CharField(max_length=120, blank=True)
    entries = models.TextField(blank=True)
    position = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    beacon = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("Why"), max_length=240, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="sample_plan_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="sample_plan_draws_what_there_is", condition=Q(what__in=["premises", "lots"])
            ),
            models.CheckConstraint(
                name="sample_plan_is_drawn_in_order",
                condition=Q(drawn_at=None, seed="", beacon="")
                | (
                    Q(drawn_at__isnull=False, closed_at__isnull=False) & ~Q(seed="") & ~Q(beacon="")
                ),
            ),
            models.CheckConstraint(
                name="sample_plan_closes_with_its_list",
                condition=Q(closed_at=None, position=None, entries="")
                | (
                    Q(closed_at__gte=F("closes_at"), position__isnull=False, withdrawn_at=None)
                    & ~Q(entries="")
                ),
            ),
            models.CheckConstraint(
                name="sample_plan_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [models.Index(fields=["drawn_at", "closes_at"], name="sample_plan_due")]

    def __str__(self) -> str:
        return self.name

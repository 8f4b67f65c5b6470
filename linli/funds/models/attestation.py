"""What two sides say of one project, and what it is to change: statements side by side, never merged.

Held by triggers (migration 0003): statements are only ever added, each by the unit whose side it is; nobody
speaks for both; a correction is of the same thing, once, with a reason. Values of indicators are facts.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence, Fact, Indicator
from linli.funds.models.project import Project
from linli.funds.rules.aims import FALL, RISE
from linli.funds.rules.attesting import GIVER, INDICATOR, MONEY, PUBLIC, RECEIVER, SOCIAL
from linli.kernel.signed import Signed


class Attestation(Signed):
    """One thing that one side of a project says of a period: an amount in fen, or an indicator's value (a fact)."""

    SIDES = ((GIVER, _("giving side")), (RECEIVER, _("receiving side")))
    MATTERS = (
        (PUBLIC, _("public money")),
        (SOCIAL, _("social capital")),
        (INDICATOR, _("an indicator")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="attestations")
    side = models.CharField(_("Side"), max_length=8, choices=SIDES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attestations")
    matter = models.CharField(_("Of what"), max_length=9, choices=MATTERS)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="attestations")
    period_from = models.DateField()
    period_until = models.DateField()  # the first day that no longer belongs to it
    amount = models.BigIntegerField(_("Amount"), null=True)
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="attestations")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="attestations")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(_("Reason"), max_length=240, blank=True)

    class Meta:
        ordering = ["project", "period_from", "at", "id"]
        constraints = [
            models.CheckConstraint(
                name="attestation_side_is_known", condition=Q(side__in=[GIVER, RECEIVER])
            ),
            models.CheckConstraint(
                name="attestation_is_of_money_or_a_fact",
                condition=Q(matter__in=MONEY, amount__gte=0, indicator=None, fact=None)
                | Q(matter=INDICATOR, amount=None, indicator__isnull=False, fact__isnull=False),
            ),
            models.CheckConstraint(
                name="attestation_period_is_in_order",
                condition=Q(period_until__gt=F("period_from")),
            ),
            models.CheckConstraint(
                name="attestation_correction_has_a_reason",
                condition=Q(supersedes=None) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="attestation_of_money_begins_once",
                fields=["project", "side", "matter", "period_from", "period_until"],
                condition=Q(supersedes=None, indicator=None),
            ),
            models.UniqueConstraint(
                name="attestation_of_indicator_begins_once",
                fields=["project", "side", "indicator", "period_from", "period_until"],
                condition=Q(supersedes=None, indicator__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Aim(Signed):
    """One thing that a project is to change at its place: an indicator with the facts it began and shall end with.

    What there is now is the newest fact of the indicator. A target that moves is a fact that supersedes.
    """

    SENSES = ((RISE, _("to rise")), (FALL, _("to fall")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="aims")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="aims")
    area = models.ForeignKey(Area, models.PROTECT, related_name="aims")
    sense = models.CharField(_("Which way"), max_length=4, choices=SENSES)
    baseline = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(name="aim_sense_is_known", condition=Q(sense__in=[RISE, FALL])),
            models.UniqueConstraint("project", "indicator", "area", name="aim_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.code

"""Draws that anybody computes again: who checks whom in a round; which premises are inspected, and by whom.

Held by triggers (migration 0002): hash, terms, list and seed are each written once; a draw whose list is closed is
neither taken back nor removed; what was drawn stands as it was drawn.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.assessment import Assessment
from linli.assessments.models.instrument import Edition
from linli.assessments.models.scheme import Round
from linli.assessments.models.subject import Subject
from linli.directory.models import Unit
from linli.kernel.signed import Signed


class Inspector(Signed):
    """One inspector of a unit's pool, known by a code alone: who that is, only the unit knows."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="inspectors", verbose_name=_("Unit")
    )
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["unit", "id"]

    def __str__(self) -> str:
        return self.code


class Recusal(Signed):
    """One inspector who does not inspect one subject; why is nobody's business here."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="recusals")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="recusals")
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspector", "subject"],
                condition=Q(ended_on=None),
                name="recusal_is_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id}/{self.subject_id}"


class Draw(Signed):
    """One draw: a seed's hash and its terms first, the list when it closes, the seed after, then what was drawn.

    `terms`: of checks {"each", "pool"}, of sites {"crew", "strata", "pool"} (rules/assigning.py, rules/sites.py).
    The list stands in the look log (`position`). Until `shown_on` the public sees that it was closed and drawn, not what:
    nobody is told before that they are looked at.
    """

    CHECKS, SITES = "checks", "sites"
    KINDS = ((CHECKS, _("Who checks whom")), (SITES, _("Premises and inspectors")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    kind = models.CharField(max_length=6, choices=KINDS, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Drawn for"))
    name = models.CharField(_("Name"), max_length=120)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="draws")
    stage = models.CharField(max_length=5, blank=True, editable=False)  # of the round: cross, site
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="draws")
    terms = models.JSONField(default=dict)
    shown_on = models.DateField(_("In public from"))
    closes_at = models.DateTimeField(_("Closes"))
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, in hex
    witness = models.CharField(max_length=120, blank=True)  # by whose word the draw is mixed
    entries = models.TextField(blank=True)
    position = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    beacon = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("Reason"), max_length=240, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_draw_kind_is_known",
                condition=Q(
                    kind="checks", round__isnull=False, stage__in=["cross", "site"], edition=None
                )
                | Q(kind="sites", round=None, stage="", edition__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_draw_is_drawn_in_order",
                condition=Q(drawn_at=None, seed="", beacon="")
                | (
                    Q(drawn_at__isnull=False, closed_at__isnull=False) & ~Q(seed="") & ~Q(beacon="")
                ),
            ),
            models.CheckConstraint(
                name="assessment_draw_closes_with_its_list",
                condition=Q(closed_at=None, position=None, entries="")
                | (
                    Q(closed_at__gte=F("closes_at"), position__isnull=False, withdrawn_at=None)
                    & ~Q(entries="")
                ),
            ),
            models.CheckConstraint(
                name="assessment_draw_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="assessment_draw_has_a_name", condition=~Q(name="")),
            # Nobody draws twice and keeps the better one.
            models.UniqueConstraint(
                fields=["round", "stage"],
                condition=Q(withdrawn_at=None, kind="checks"),
                name="assessment_draw_is_once_a_round",
            ),
        ]
        indexes = [models.Index(fields=["drawn_at", "closes_at"], name="assessment_draw_due")]

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """One task that was drawn, in the order of the draw."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="lots")
    number = models.PositiveIntegerField()
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="lot")

    class Meta:
        ordering = ["draw", "number"]
        constraints = [models.UniqueConstraint("draw", "number", name="lot_has_its_number")]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.number}"

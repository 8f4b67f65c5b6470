"""What is known. Facts are only ever added: a correction is a new fact that supersedes an old one.

Held by triggers (migration 0002): no row is changed or removed; a fact supersedes only one of the same
indicator, area and period, recorded no later; a sentence in a document is never more than a claim.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.facts.models.evidence import Evidence
from linli.facts.models.indicator import Indicator
from linli.kernel.codes import code_of
from linli.kernel.signed import Signed


class FactQuerySet(models.QuerySet["Fact"]):
    """Filters that read as adjectives."""

    def as_of(self, when: datetime) -> Self:
        """What was known at `when`: recorded by then, and not superseded by then."""
        later = Fact.objects.filter(supersedes=OuterRef("pk"), at__lte=when)
        return self.filter(~Exists(later), at__lte=when)

    def current(self) -> Self:
        """What is known now: superseded by nothing, withdrawals left out."""
        return self.filter(~Exists(Fact.objects.filter(supersedes=OuterRef("pk")))).standing()

    def standing(self) -> Self:
        """Those that state a value, so withdrawals left out."""
        return self.exclude(status=Fact.WITHDRAWN)

    def counted(self) -> Self:
        """Those that were counted from our records; not the claims that such a count has proven."""
        by_query = self.filter(evidence__kind=Evidence.QUERY)
        return by_query.exclude(supersedes__status=Fact.CLAIMED)

    def proven(self) -> Self:
        """Those that rest on more than a claim."""
        return self.filter(status__in=[Fact.EVIDENCED, Fact.CONFIRMED])


class Fact(Signed):
    """One value of an indicator for an area over a half-open period: known since `at`, from evidence.

    `low` and `high` are the interval in which the value lies (None: no limit on that side), whether
    each end belongs to it stands in `low_in`, `high_in`; `value` and `bound` are as they were stated.
    """

    CLAIMED, EVIDENCED, CONFIRMED, WITHDRAWN = "claimed", "evidenced", "confirmed", "withdrawn"
    STATUSES = (
        (CLAIMED, _("Claimed")),
        (EVIDENCED, _("Evidenced")),
        (CONFIRMED, _("Confirmed")),
        (WITHDRAWN, _("Withdrawn")),
    )
    BOUNDS = (
        ("exact", _("exactly")),
        ("approx", _("about")),
        ("approx_below", _("almost")),
        ("more_than", _("more than")),
        ("at_least", _("at least")),
        ("at_most", _("at most")),
        ("less_than", _("less than")),
    )

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="facts")
    area = models.ForeignKey(Area, models.PROTECT, related_name="facts")
    period_from = models.DateField()
    period_until = models.DateField()  # the first day that no longer belongs to it
    value = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    bound = models.CharField(max_length=12, choices=BOUNDS, default="exact")
    low = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    low_in = models.BooleanField(default=True)
    high_in = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=STATUSES)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="facts")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(max_length=300, blank=True)  # why it corrects or withdraws

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["indicator", "area", "period_from", "at", "id"]
        indexes = [
            models.Index("indicator", "area", "period_from", name="fact_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="fact_period_is_in_order", condition=Q(period_until__gt=F("period_from"))
            ),
            models.CheckConstraint(
                name="fact_status_is_known",
                condition=Q(status__in=["claimed", "evidenced", "confirmed", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="fact_bound_is_known",
                condition=Q(
                    bound__in=[
                        "exact",
                        "approx",
                        "approx_below",
                        "more_than",
                        "at_least",
                        "at_most",
                        "less_than",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="fact_states_a_value_or_withdraws",
                condition=Q(status="withdrawn", value__isnull=True, supersedes__isnull=False)
                | (~Q(status="withdrawn") & Q(value__isnull=False)),
            ),
            models.CheckConstraint(
                name="fact_interval_is_in_order",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
            ),
            models.CheckConstraint(
                name="fact_correction_has_a_reason",
                condition=Q(supersedes__isnull=True) | Q(reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period_from}: {self.value}"

    @property
    def code(self) -> str:
        """The code under which this figure is cited for ever: /c/<code>."""
        return code_of(self.pk)

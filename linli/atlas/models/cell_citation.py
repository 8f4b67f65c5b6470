"""Cited cells: a value, a rate or a change as it was said, with the figures that it was made of, for ever.

Held by triggers (migration 0003): a cited cell is never changed or removed, and the figures it rests on are of its
area and its periods.
"""

from django.db import models
from django.db.models import F, Q

from linli.atlas.models.rate import Rate
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator


def _figure() -> models.ForeignKey[Fact | None, Fact | None]:
    return models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")


class CellCitation(models.Model):
    """One cell that somebody cited: of an indicator or a rate, in an area over a period, or since an earlier one.

    `said`: everything it says, in no language; `digest`: its SHA-256, so that a cell is cited once. `value` is None where
    the gate keeps it back. Who asked for it is nobody's business and stands nowhere.
    """

    code = models.CharField(max_length=9, unique=True)
    at = models.DateTimeField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    rate = models.ForeignKey(Rate, models.PROTECT, null=True, related_name="citations")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_until = models.DateField()
    before_from = models.DateField(null=True)
    before_until = models.DateField(null=True)
    numerator = _figure()
    denominator = _figure()
    numerator_before = _figure()
    denominator_before = _figure()
    value = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    said = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="cell_is_of_one_thing",
                condition=Q(
                    indicator__isnull=False, rate=None, denominator=None, denominator_before=None
                )
                | Q(indicator=None, rate__isnull=False),
            ),
            models.CheckConstraint(
                name="cell_periods_are_in_order",
                condition=Q(period_until__gt=F("period_from"))
                & (
                    Q(
                        before_from=None,
                        before_until=None,
                        numerator_before=None,
                        denominator_before=None,
                    )
                    | Q(
                        before_from__isnull=False,
                        before_until__isnull=False,
                        before_until__gt=F("before_from"),
                        before_until__lte=F("period_from"),
                    )
                ),
            ),
            # What is said rests on facts; what rests on none is kept back.
            models.CheckConstraint(
                name="cell_value_rests_on_facts",
                condition=Q(value=None)
                | (
                    Q(numerator__isnull=False)
                    & (Q(rate=None) | Q(denominator__isnull=False))
                    & (Q(before_from=None) | Q(numerator_before__isnull=False))
                    & (Q(rate=None) | Q(before_from=None) | Q(denominator_before__isnull=False))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code

"""Priority areas: a rule over a published share. Which areas it names follows from facts and is kept nowhere.

Held by triggers (migration 0003): only shares from official statistics; a rule says for ever what it said.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Evidence, Indicator
from linli.funds.models.ledger import Fund
from linli.funds.models.project import Programme
from linli.kernel.signed import Signed


class PriorityQuerySet(models.QuerySet["Priority"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(published_at__isnull=False)


class Priority(Signed):
    """One rule: an area where this official share is at least so large is a priority area. From which document."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="priorities", verbose_name=_("Official share")
    )
    threshold = models.DecimalField(_("At least"), max_digits=21, decimal_places=6)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="priorities", verbose_name=_("Kept by")
    )
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="priorities")
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PriorityQuerySet] = PriorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "priorities"
        constraints = [
            models.CheckConstraint(name="priority_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="priority_is_above_a_share", condition=Q(threshold__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(Signed):
    """One fund or programme line whose money goes by a rule of priority areas, until that is ended."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="criteria")
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="criteria")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="criteria")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["priority", "id"]
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(
                name="criterion_is_of_one",
                condition=Q(fund=None, programme__isnull=False)
                | Q(fund__isnull=False, programme=None),
            ),
            models.UniqueConstraint(
                name="criterion_of_fund_stands_once",
                fields=["priority", "fund"],
                condition=Q(ended_at=None, programme=None),
            ),
            models.UniqueConstraint(
                name="criterion_of_programme_stands_once",
                fields=["priority", "programme"],
                condition=Q(ended_at=None, fund=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} {self.fund_id or self.programme_id}"

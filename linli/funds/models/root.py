"""The signed root of each day's books: what had been recorded until a midnight, chained from day to day.

Triggers hold that roots and heads are only added, that each root goes on from the one before, and that nothing
is posted any more as of a day that has its root.
"""

from django.db import models
from django.db.models import Q

from linli.funds.models.ledger import Fund


class Root(models.Model):
    """One day's root: a signed note over the tree of all funds' heads. `until`: the midnight that ended the day.

    `digest` is of the note's text, and stands in the next one's as what was before.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(unique=True)
    until = models.DateTimeField(unique=True)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    note = models.TextField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="root_is_numbered", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.day}"


class Head(models.Model):
    """One fund's head after a day on which something was recorded: a digest over all its days until then."""

    root = models.ForeignKey(Root, models.PROTECT, related_name="heads")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="heads", db_index=False)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["root", "fund"]
        constraints = [
            models.UniqueConstraint("fund", "root", name="head_is_of_a_day"),
        ]

    def __str__(self) -> str:
        return self.digest

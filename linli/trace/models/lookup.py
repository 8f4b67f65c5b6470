"""Coarse counters of the look-up: how often a day, with which kind of answer. Never of what, and never by whom."""

from django.db import models


class LookupCount(models.Model):
    """One day's look-ups that got one kind of answer (`rules.answers`)."""

    day = models.DateField()
    kind = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "kind"]
        constraints = [
            models.UniqueConstraint("day", "kind", name="lookups_are_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.count}"

"""Concerns about things that other engines keep, counted: how many cases a month were begun from one. Never which."""

from django.db import models


class ConcernCount(models.Model):
    """One month's cases that were begun from one thing (`about`: its kind and its public code, "food:7K3M-92QD").

    No row leads to a case: where somebody eats or buys is nobody's business.
    """

    about = models.CharField(max_length=40)
    month = models.DateField()  # its first day
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("about", "month", name="concerns_are_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.month} {self.count}"

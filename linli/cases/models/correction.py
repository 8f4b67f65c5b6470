"""What somebody said was wrong: the public thing that a case of this kind points at."""

from django.db import models
from django.db.models import Q

from linli.cases.models.case import Case


class Correction(models.Model):
    """One case that says something public is wrong: which thing, by its public code, and since when it is right.

    corrected_on is set once somebody has changed the thing after the case was asked, and answered the case.
    """

    KINDS = ("service", "location", "indicator", "fact")

    case = models.OneToOneField(Case, models.PROTECT, related_name="correction")
    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=80)
    corrected_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_is_of_a_known_kind",
                condition=Q(kind__in=["service", "location", "indicator", "fact"]),
            ),
        ]
        indexes = [
            models.Index(
                name="correction_open", fields=["kind", "id"], condition=Q(corrected_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.about

"""How long a service really takes: measured from what was answered, never typed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.service import Service

FEWEST = 10  # answered cases: of fewer no time is told


class MeasuredTime(models.Model):
    """One guide's measured time in working days, over whole months; no days where too few were answered.

    Released once for a period and then left as it is: who compares two days learns nothing of one case.
    """

    service = models.OneToOneField(Service, models.CASCADE, related_name="measured")
    days = models.DecimalField(
        _("Measured working days"), max_digits=5, decimal_places=1, null=True
    )
    cases = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField()  # the first day that does not count
    figure = models.CharField(max_length=80, blank=True)  # the code of a public indicator
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="time_is_measured_from_enough",
                condition=Q(days=None, cases=None) | Q(days__gte=0, cases__gte=10),
            ),
            models.CheckConstraint(
                name="measured_period_is_in_order", condition=Q(until__gt=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.days}"

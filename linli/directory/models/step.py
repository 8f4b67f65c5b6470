"""What was done with the directory. Steps are only ever added."""

from django.db import models

from linli.directory.models.unit import Unit
from linli.kernel.signed import Signed


class Step(Signed):
    """One change of a unit: which verb, what it was and what it became."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.verb}"

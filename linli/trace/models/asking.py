"""What asking needs beside the events: which things an operator has told of, and queries that somebody gave a name."""

from django.db import models
from django.db.models import Q

from linli.kernel.signed import Signed
from linli.trace.models.event import Thing
from linli.trace.models.operator import Operator


class ThingTold(models.Model):
    """One thing of which an operator has told; who told of it may read what others tell of the same thing.

    Written by a trigger (migration 0008) as events come in, and for what somebody else had told before.
    """

    id = models.BigAutoField(primary_key=True)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="+", db_index=False)
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("operator", "thing", name="thing_is_told_once")]

    def __str__(self) -> str:
        return f"{self.operator_id} {self.thing_id}"


class NamedQuery(Signed):
    """One query with a name, of an operator's programs or, without an operator, of a unit's staff.

    `parameters`: as they were sent, in the query language of EPCIS 2.0.
    """

    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="query_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                fields=["operator", "name"],
                condition=Q(operator__isnull=False),
                name="query_of_operator_is_named_once",
            ),
            models.UniqueConstraint(
                fields=["by_unit", "name"],
                condition=Q(operator__isnull=True),
                name="query_of_unit_is_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

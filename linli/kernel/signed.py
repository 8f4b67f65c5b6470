"""What every record of a deed carries: who did it, in which role, for which unit, and when."""

from datetime import datetime
from typing import TypedDict

from django.db import models

from linli.kernel.actors import Actor


class Signature(TypedDict):
    """The fields of `Signed`, for a new row."""

    by_name: str
    by_role: str
    by_unit: str
    at: datetime


class Signed(models.Model):
    """One thing that was done, by whom and when (abstract). Names as they were on that day."""

    by_name = models.CharField(max_length=60)
    by_role = models.CharField(max_length=20)
    by_unit = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        abstract = True


def signed(by: Actor, at: datetime) -> Signature:
    """Return the signature of `by` at `at`."""
    return Signature(by_name=by.name, by_role=by.role, by_unit=by.unit, at=at)

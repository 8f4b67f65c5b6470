"""Sealed subjects: what is kept of somebody for one purpose, under a key of its own, until its day."""

from django.db import models
from django.db.models import F, Q

from linli.kernel.fields import SealedField


class Subject(models.Model):
    """One sealed subject: a code under which the key store keeps a key until the day it is destroyed.

    It says nothing about anybody: engines point to it from what they seal. Days, not times, so that a
    row does not tell who stood at the counter when. The day may only move earlier; a destroyed key never
    comes back (triggers, here and in the key store).
    """

    code = models.CharField(max_length=9, unique=True)
    purpose = models.CharField(max_length=20)
    created_on = models.DateField()
    purge_on = models.DateField()
    destroyed_on = models.DateField(null=True, blank=True)
    # 32 random bytes, sealed under the subject's own key: what the leaves of the look log are keyed with.
    log_key = SealedField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="subject_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="subject_goes_after_it_came", condition=Q(purge_on__gte=F("created_on"))
            ),
            models.CheckConstraint(
                name="subject_is_destroyed_on_its_day",
                condition=Q(destroyed_on=None) | Q(destroyed_on__gte=F("purge_on")),
            ),
        ]
        indexes = [
            models.Index(name="subject_due", fields=["purge_on"], condition=Q(destroyed_on=None)),
        ]

    def __str__(self) -> str:
        return self.code

"""How the directory changed, and what makes it searchable."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.location import Location
from linli.directory.models.organization import Organization
from linli.directory.models.service import Service
from linli.kernel.signed import Signed


class Change(Signed):
    """One change of one thing in the directory: which verb, what it was, what it became (HSDS: metadata).

    `kind` is the model's name, `thing` its UUID: what is gone keeps its history.
    """

    kind = models.CharField(max_length=20)
    thing = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=20)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.verb}"


class Entry(models.Model):
    """One thing that the search finds: a service, a place or an organization, in one row.

    `title` and `text` are folded (Simplified, lower case); what the full text index holds is made of them
    (rules/grams.py). Rewritten whole whenever its thing changes.
    """

    KINDS = (
        ("service", _("service")),
        ("location", _("place")),
        ("organization", _("organization")),
    )

    kind = models.CharField(max_length=12, choices=KINDS)
    service = models.OneToOneField(Service, models.CASCADE, null=True, related_name="entry")
    location = models.OneToOneField(Location, models.CASCADE, null=True, related_name="entry")
    organization = models.OneToOneField(
        Organization, models.CASCADE, null=True, related_name="entry"
    )
    area = models.CharField(max_length=12)
    terms = models.CharField(max_length=400, blank=True)  # " code code ": what facets filter by
    languages = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=240)
    text = models.TextField()
    sounds = models.TextField(blank=True)  # pinyin, whole and initials
    shown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_is_of_one_thing",
                condition=Q(service__isnull=False, location=None, organization=None)
                | Q(service=None, location__isnull=False, organization=None)
                | Q(service=None, location=None, organization__isnull=False),
            ),
        ]
        indexes = [models.Index(name="entry_by_area", fields=["area", "kind"])]

    def __str__(self) -> str:
        return self.title

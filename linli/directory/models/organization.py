"""Who offers services, in the words of HSDS 3.1: organizations, and the taxonomies that sort services."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.area import Area
from linli.directory.models.unit import Unit


class Organization(models.Model):
    """One organization that offers services: often a unit of this house, or an association or enterprise."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    unit = models.OneToOneField(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organization",
        verbose_name=_("Unit"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="organizations", verbose_name=_("Place")
    )
    description = models.TextField(_("What it does"), blank=True)
    website = models.URLField(_("Website"), blank=True)
    email = models.EmailField(_("Office email"), blank=True)
    closed_on = models.DateField(null=True, editable=False)
    last_modified = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(models.Model):
    """One word that services are sorted by, in a taxonomy: theme, for whom it is meant, kind of place."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    taxonomy = models.CharField(max_length=40)  # "theme", "venue" …: one name a taxonomy
    code = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=60)
    description = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["taxonomy", "code"]
        constraints = [
            models.UniqueConstraint("taxonomy", "code", name="term_is_named_once"),
            models.CheckConstraint(name="term_has_a_taxonomy", condition=~Q(taxonomy="")),
        ]

    def __str__(self) -> str:
        return self.name

"""Services as a guide tells them (办事指南) and as HSDS 3.1 exchanges them."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.area import Area
from linli.directory.models.organization import Organization, TaxonomyTerm


class ServiceQuerySet(models.QuerySet["Service"]):
    """Filters that read as adjectives."""

    def offered(self) -> Self:
        """Those that one can ask for."""
        return self.filter(status=Service.ACTIVE)


class Service(models.Model):
    """One thing that somebody may ask an organization for.

    `rules` says as data whom it is for (rules/eligibility.py); days are working days. What was assured
    when by which unit decides how fresh the guide is.
    """

    ACTIVE, PAUSED, ENDED = "active", "temporarily closed", "defunct"
    STATUSES = ((ACTIVE, _("offered")), (PAUSED, _("paused")), (ENDED, _("ended")))  # HSDS's words

    code = models.CharField(max_length=9, unique=True, editable=False)
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="services", verbose_name=_("Offered by")
    )
    name = models.CharField(_("Name"), max_length=120)
    other_names = models.JSONField(_("Other names"), default=list, blank=True)
    description = models.TextField(_("What it is"), blank=True)
    status = models.CharField(_("State"), max_length=20, choices=STATUSES, default=ACTIVE)
    terms = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="services")
    areas = models.ManyToManyField(Area, blank=True, related_name="served_by")
    rules = models.JSONField(_("Whom it is for"), default=list, blank=True)
    eligibility = models.TextField(_("Whom it is for, in words"), blank=True)
    instead = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stands_in_for",
        verbose_name=_("Nearest alternative"),
    )
    promised_days = models.PositiveSmallIntegerField(
        _("Promised working days"), null=True, blank=True
    )
    statutory_days = models.PositiveSmallIntegerField(
        _("Statutory working days"), null=True, blank=True
    )
    visits = models.PositiveSmallIntegerField(_("Visits needed"), null=True, blank=True)
    basis = models.TextField(_("Legal basis"), blank=True)
    alert = models.TextField(_("Notice"), blank=True)
    assured_on = models.DateField(_("Last checked"))
    assured_by = models.CharField(_("Checked by"), max_length=120)
    last_modified = models.DateTimeField()

    objects: ClassVar[ServiceQuerySet] = ServiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="service_status_is_known",
                condition=Q(status__in=["active", "temporarily closed", "defunct"]),
            ),
            models.CheckConstraint(
                name="service_promises_no_more_than_the_law_allows",
                condition=Q(promised_days=None)
                | Q(statutory_days=None)
                | Q(promised_days__lte=models.F("statutory_days")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RequiredDocument(models.Model):
    """One paper to bring, and what to do without it."""

    FORMS = (
        ("original", _("original")),
        ("copy", _("copy")),
        ("original and copy", _("original and copy")),
        ("electronic", _("electronic")),
        ("declaration", _("one's own declaration")),
    )

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Paper"), max_length=120)
    form = models.CharField(_("Form"), max_length=20, choices=FORMS)
    copies = models.PositiveSmallIntegerField(_("Copies"), default=1)
    without = models.CharField(_("Without it"), max_length=240, blank=True)

    class Meta:
        ordering = ["service", "position"]
        constraints = [
            models.UniqueConstraint("service", "position", name="document_has_its_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """One step of how a service goes, in the guide: what happens, who does it, how long it may take."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Step"), max_length=60)
    words = models.CharField(_("What happens"), max_length=240, blank=True)
    days = models.PositiveSmallIntegerField(_("Working days"), null=True, blank=True)

    class Meta:
        ordering = ["service", "position"]
        constraints = [models.UniqueConstraint("service", "position", name="stage_has_its_place")]

    def __str__(self) -> str:
        return self.name


class CostOption(models.Model):
    """One price of a service, in fen; no row means free of charge."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="costs")
    option = models.CharField(_("For"), max_length=120, blank=True)
    amount = models.PositiveIntegerField(_("Amount in fen"))
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        ordering = ["service", "amount", "id"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

"""Who deals in food, where, and with which keys they speak to us. Businesses, never the people behind them.

Held by triggers (migration 0001): an operator and premises stay who and where they are; a key is ended once.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.signed import Signed


class OperatorQuerySet(models.QuerySet["Operator"]):
    """Filters that read as adjectives."""

    def working(self) -> Self:
        """Those that have not ended their business."""
        return self.filter(closed_on=None)


class Operator(Signed):
    """One business that makes, moves or sells food, and the unit that supervises it.

    `credit_code`: its unified social credit code (GB 32100), null where it has none; `names`: its own name in other
    languages ({"en": …, "ug": …}).
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    names = models.JSONField(_("Names in other languages"), default=dict, blank=True)
    credit_code = models.CharField(
        _("Unified social credit code"), max_length=18, null=True, blank=True, unique=True
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="operators", verbose_name=_("Supervised by")
    )
    closed_on = models.DateField(null=True, editable=False)

    objects: ClassVar[OperatorQuerySet] = OperatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(name="operator_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class PremisesQuerySet(models.QuerySet["Premises"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those that have not been closed for good."""
        return self.filter(closed_on=None)


class Premises(Signed):
    """One place where an operator works, with its activities; `tile` is its square on the schematic map."""

    ACTIVITIES = (
        ("slaughter", _("Slaughter")),
        ("processing", _("Processing")),
        ("storage", _("Storage and transport")),
        ("wholesale", _("Wholesale")),
        ("retail", _("Retail")),
        ("catering", _("Catering")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="premises")
    name = models.CharField(_("Name"), max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, related_name="premises", verbose_name=_("Place"))
    street = models.CharField(_("Address"), max_length=200)
    activities = models.JSONField(_("What is done here"), default=list)
    gln = models.CharField(_("GLN"), max_length=13, null=True, blank=True, unique=True)
    tile_row = models.PositiveSmallIntegerField(null=True)
    tile_column = models.PositiveSmallIntegerField(null=True)
    closed_on = models.DateField(null=True, editable=False)

    objects: ClassVar[PremisesQuerySet] = PremisesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["area", "name", "id"]
        verbose_name_plural = "premises"
        constraints = [
            models.CheckConstraint(name="premises_have_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="premises_stand_on_one_tile",
                condition=Q(tile_row=None, tile_column=None)
                | Q(tile_row__isnull=False, tile_column__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OperatorKey(Signed):
    """One key by which an operator, or a program of theirs, speaks for it. Of the secret only a hash is kept.

    A `phrase` is handed over on paper and typed with the operator's code; a `program` is sent as a bearer token.
    """

    PHRASE, PROGRAM = "phrase", "program"
    KINDS = ((PHRASE, _("Passphrase on paper")), (PROGRAM, _("For a program")))

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="keys")
    kind = models.CharField(_("Kind"), max_length=7, choices=KINDS)
    name = models.CharField(_("Where it is used"), max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["operator", "id"]
        constraints = [
            models.CheckConstraint(
                name="operator_key_kind_is_known", condition=Q(kind__in=["phrase", "program"])
            ),
            models.UniqueConstraint(
                fields=["operator"],
                condition=Q(kind="phrase", ended_at=None),
                name="operator_has_one_phrase",
            ),
            models.CheckConstraint(
                name="operator_key_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator} {self.kind}"


class Visit(models.Model):
    """One published inspection of premises, as the assessments told it; their page has the whole of it."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="visits")
    unit = models.CharField(max_length=120)
    made_on = models.DateField()
    share = models.PositiveSmallIntegerField()  # of all points, in hundredths of a percent
    findings = models.PositiveSmallIntegerField()
    open = models.PositiveSmallIntegerField()
    grave = models.PositiveSmallIntegerField()  # open and grave

    class Meta:
        ordering = ["-made_on", "-id"]
        indexes = [models.Index(fields=["premises", "-made_on"], name="visit_last")]
        constraints = [
            models.CheckConstraint(
                name="visit_counts_fit",
                condition=Q(share__lte=10_000, open__lte=F("findings"), grave__lte=F("open")),
            )
        ]

    def __str__(self) -> str:
        return self.code

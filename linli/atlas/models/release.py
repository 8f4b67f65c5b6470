"""Releases: a declared table of one period, frozen, looked at by the gate, and said by a second person, or not.

Held by triggers (migration 0001): what was released stays as it was released, and what was frozen is released by
somebody else; a cell that is kept back has no value.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.atlas.models.product import Product
from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.kernel.fields import SealedField


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Filters that read as adjectives."""

    def released(self) -> Self:
        """Those that everybody may see."""
        return self.filter(state=Release.RELEASED)

    def open(self) -> Self:
        """Those that somebody has yet to decide."""
        return self.filter(state__in=[Release.PROPOSED, Release.FROZEN])


class Release(models.Model):
    """One period of a product. `frozen`: its table as counted at `cut_off`, sealed; it goes with its key.

    `digest`: SHA-256 of the released table as everybody can download it. `method`: the gate's parameters, as used.
    `refusals`: the cells for whose sake the gate refused. `seal`: with the house's own key, of what was frozen: a table
    of few numbers could be guessed from a bare digest.
    """

    PROPOSED, FROZEN, RELEASED, REFUSED = "proposed", "frozen", "released", "refused"
    STATES = (
        (PROPOSED, pgettext_lazy("release", "proposed")),
        (FROZEN, pgettext_lazy("release", "frozen")),
        (RELEASED, pgettext_lazy("release", "released")),
        (REFUSED, pgettext_lazy("release", "refused")),
    )

    code = models.CharField(max_length=9, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="releases")
    period_from = models.DateField()
    period_until = models.DateField()
    state = models.CharField(max_length=8, choices=STATES, default=PROPOSED)
    proposed_at = models.DateTimeField()
    cut_off = models.DateTimeField(null=True)
    frozen = SealedField(null=True)
    frozen_key = models.CharField(max_length=9, blank=True)  # its name in the key store
    frozen_until = models.DateField(null=True)  # the day on which that key is destroyed
    seal = models.CharField(max_length=64, blank=True)
    frozen_by = models.CharField(max_length=60, blank=True)
    frozen_unit = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_unit = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is not released
    refusals = models.JSONField(default=list)
    method = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-period_from", "-id"]
        constraints = [
            # Of two releases of the same period the difference would be people.
            models.UniqueConstraint(
                name="release_of_a_period_once",
                fields=["product", "period_from"],
                condition=~Q(state="refused"),
            ),
            models.CheckConstraint(
                name="release_period_is_in_order", condition=Q(period_until__gt=F("period_from"))
            ),
            models.CheckConstraint(
                name="release_state_is_known",
                condition=Q(state="proposed", cut_off=None, frozen__isnull=True, decided_at=None)
                | Q(state="frozen", cut_off__isnull=False, frozen_by__gt="", decided_at=None)
                | Q(
                    state="released",
                    cut_off__isnull=False,
                    frozen_by__gt="",
                    decided_at__isnull=False,
                    decided_by__gt="",
                    digest__gt="",
                )
                | Q(state="refused", decided_at__isnull=False, reason__gt=""),
            ),
            models.CheckConstraint(
                name="release_is_of_a_past_period",
                condition=Q(cut_off=None) | Q(cut_off__gte=F("period_until")),
            ),
            models.CheckConstraint(
                name="release_takes_two_people",
                condition=~Q(state="released") | ~Q(decided_by=F("frozen_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ReleasedCell(models.Model):
    """One cell of a release: what is said of `indicator` (the public twin) in an area, or that it is kept back.

    `low`, `high`: what a reader may conclude of a cell kept back.
    """

    SAID, PRIMARY, SECONDARY = "", "primary", "secondary"
    KEPT = (
        (SAID, _("said")),
        (PRIMARY, _("kept back: too few people")),
        (SECONDARY, _("kept back: else another cell could be worked out")),
    )

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="released_cells")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kept = models.CharField(max_length=9, choices=KEPT, blank=True)
    value = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    low = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    fact = models.OneToOneField(Fact, models.PROTECT, null=True, related_name="released_cell")

    class Meta:
        ordering = ["indicator", "area"]
        constraints = [
            models.UniqueConstraint(
                name="cell_is_released_once", fields=["release", "indicator", "area"]
            ),
            models.CheckConstraint(
                name="cell_is_said_or_kept_back",
                condition=Q(kept="", value__isnull=False, fact__isnull=False)
                | Q(kept__in=["primary", "secondary"], value=None, fact=None),
            ),
            models.CheckConstraint(
                name="cell_is_never_below_nought", condition=Q(value=None) | Q(value__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.indicator_id} {self.area_id}"

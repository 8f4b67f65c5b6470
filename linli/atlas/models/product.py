"""Declared products of the release gate: which counts of people, for which places and periods, by which rules.

Held by triggers (migration 0001): a product is what it was declared to be; it may end, nothing else. Whoever wants
another table declares another, and the gate's memory keeps both from being played against each other.
"""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.kernel.signed import Signed

FEWEST = 10  # PRIVACY 9: no cell of fewer is said, nought included
BASE = 5  # what is said is rounded to this


class ProductQuerySet(models.QuerySet["Product"]):
    """Filters that read as adjectives."""

    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Product(Signed):
    """One declared table of people's figures, released period by period: the areas of one level inside `scope`.

    `wait_days`: so long after a period ends records may still come in, then a release of it is proposed.
    """

    LENGTHS = (("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year")))
    LEVELS = tuple(one for one in Area.LEVELS if one[0] in {"city", "county"})

    code = models.CharField(
        _("Code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Small letters, digits, hyphens."))],
    )
    name = models.CharField(_("Name"), max_length=120)
    name_hant = models.CharField(_("Name in Traditional script"), max_length=120, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    scope = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Inside"))
    level = models.CharField(pgettext_lazy("release", "Places"), max_length=10, choices=LEVELS)
    length = models.CharField(_("Periods"), max_length=10, choices=LENGTHS)
    begins_on = models.DateField(_("First day of the first period"))
    wait_days = models.PositiveSmallIntegerField(_("Days to wait after a period"), default=30)
    threshold = models.PositiveSmallIntegerField(_("Fewest people in a cell"), default=FEWEST)
    base = models.PositiveSmallIntegerField(default=BASE, editable=False)
    # Of the noise: at most three either way, whatever this says.
    variance = models.DecimalField(
        _("Variance of the noise"), max_digits=3, decimal_places=1, default="2.0"
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ProductQuerySet] = ProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="product_level_is_large_enough", condition=Q(level__in=["city", "county"])
            ),
            models.CheckConstraint(
                name="product_length_is_known", condition=Q(length__in=["month", "quarter", "year"])
            ),
            models.CheckConstraint(
                name="product_threshold_is_ten_at_least",
                condition=Q(threshold__gte=10, threshold__lte=1000),
            ),
            models.CheckConstraint(name="product_rounds_to_five", condition=Q(base=5)),
            models.CheckConstraint(
                name="product_noise_is_noise", condition=Q(variance__gte="0.5", variance__lte="4")
            ),
            models.CheckConstraint(
                name="product_waits_a_day_at_least",
                condition=Q(wait_days__gte=1, wait_days__lte=400),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, the Simplified one where there is no other."""
        by_language = {"zh-hant": self.name_hant, "en": self.name_en}
        return by_language.get(get_language() or "") or self.name


class ProductFigure(models.Model):
    """One figure about people that a product releases: `indicator` stays inside, its public twin is `twin`.

    `magnitude`: it adds up what people give (hours, money), and no few of them may be most of a cell.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    twin = models.ForeignKey(Indicator, models.PROTECT, related_name="released_by")
    magnitude = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="product_releases_a_figure_once", fields=["product", "indicator"]
            ),
            models.CheckConstraint(
                name="product_figure_has_a_twin", condition=~Q(indicator=models.F("twin"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.twin_id}"

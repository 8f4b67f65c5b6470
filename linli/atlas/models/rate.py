"""Rates: one indicator over another, so many times; declared once, never changed.

Held by triggers (migration 0003): a rate is what it was declared to be; neither side is a figure about a group of
people, which is taken as it was published and never worked out here (PRIVACY 9).
"""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.atlas.rules.rates import MOST_DIGITS
from linli.facts.models import Indicator
from linli.kernel.signed import Signed


class RateQuerySet(models.QuerySet["Rate"]):
    """Filters that read as adjectives."""

    def public(self) -> Self:
        """Those of which everybody may see both sides."""
        return self.filter(numerator__public=True, denominator__public=True)

    def whole(self) -> Self:
        """With both sides at hand."""
        return self.select_related("numerator", "denominator")


class Rate(Signed):
    """One rate: `per` times the numerator over the denominator, to `digits` after the point."""

    PER = (
        (1, _("for each one")),
        (100, _("per 100")),
        (1_000, _("per 1,000")),
        (10_000, _("per 10,000")),
        (100_000, _("per 100,000")),
    )

    code = models.CharField(
        _("Code"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", _("Small letters, digits, dots."))
        ],
    )
    name = models.CharField(_("Name"), max_length=120)
    name_hant = models.CharField(_("Name in Traditional script"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=200)
    numerator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", verbose_name=_("What is counted")
    )
    denominator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", verbose_name=_("Over what")
    )
    per = models.PositiveIntegerField(_("So many times"), choices=PER, default=1_000)
    digits = models.PositiveSmallIntegerField(
        _("Digits after the point"), default=1, validators=[MaxValueValidator(MOST_DIGITS)]
    )
    definition = models.TextField(_("Definition"), max_length=1000)

    objects: ClassVar[RateQuerySet] = RateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="rate_is_of_two", condition=~Q(numerator=F("denominator"))),
            models.CheckConstraint(
                name="rate_is_per_a_round_number",
                condition=Q(per__in=[1, 100, 1_000, 10_000, 100_000]),
            ),
            models.CheckConstraint(
                name="rate_digits_are_few", condition=Q(digits__lte=MOST_DIGITS)
            ),
            models.CheckConstraint(
                name="rate_is_named_in_three",
                condition=Q(name__gt="", name_hant__gt="", name_en__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        by_language = {"zh-hant": self.name_hant, "en": self.name_en}
        return by_language.get(get_language() or "") or self.name

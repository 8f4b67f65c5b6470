"""What can be known: indicators, each with its unit and definition."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.facts.models.units import unit_words


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Filters that read as adjectives."""

    def public(self) -> Self:
        """Those that everybody may see. Counts of people made here wait for the release gate."""
        return self.filter(public=True)


class Indicator(models.Model):
    """One thing that can be measured: of an area, over a period, in one unit."""

    KINDS = (
        ("count", _("Count")),
        ("money", _("Money")),
        ("rate", _("Share or rate")),
        ("growth", _("Growth")),
        ("area", _("Surface")),
        ("length", _("Length")),
        ("duration", _("Duration")),
        ("other", _("Other")),
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
    name_hant = models.CharField(_("Name in Traditional script"), max_length=120, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    unit = models.CharField(_("Unit of measure"), max_length=40)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    definition = models.TextField(_("Definition"))
    computed_by = models.CharField(_("Who computes it"), max_length=120)
    # Whether values of parts of a period add up to the period's: persons trained, never residents.
    adds_up = models.BooleanField(_("Adds up over time"), default=False)
    about_people = models.BooleanField(_("Counts people"), default=False)
    # PRIVACY 9: shares of groups come from official statistics alone, at county level or above.
    official_only = models.BooleanField(_("From official statistics only"), default=False)
    public = models.BooleanField(_("Public"), default=True)
    # The public twin of a count of people made here: its figures have passed the release gate, all of them.
    released_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="released_as"
    )

    objects: ClassVar[IndicatorQuerySet] = IndicatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_kind_is_known",
                condition=models.Q(
                    kind__in=[
                        "count",
                        "money",
                        "rate",
                        "growth",
                        "area",
                        "length",
                        "duration",
                        "other",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="indicator_released_is_public",
                condition=models.Q(released_from__isnull=True)
                | models.Q(about_people=True, public=True, official_only=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, the Simplified one where there is no other."""
        language = get_language() or ""
        by_language = {"zh-hant": self.name_hant, "en": self.name_en}
        return by_language.get(language) or self.name

    @property
    def shown_unit(self) -> str:
        """The unit in the reader's language."""
        return unit_words(self.unit)

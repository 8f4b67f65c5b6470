"""Forms that others ask us to fill, and what their layouts mean. All of it is only ever added.

A mapping belongs to the layout, not to the form: the next form of the same layout needs none.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Unit
from linli.facts.rules.periods import Period, shown
from linli.kernel.signed import Signed
from linli.kernel.text import Words


class FormLayout(models.Model):
    """One layout of outward forms: the same words in the same cells, years apart."""

    digest = models.CharField(max_length=64, unique=True, editable=False)

    def __str__(self) -> str:
        return self.digest[:12]


class FormSaying(Signed):
    """One thing that was said of a place in a layout: which indicator, area, period or scale its cells mean.

    The newest of a place and field holds; an empty one takes back what was said.
    """

    FIELDS = (
        ("indicator", _("Indicator")),
        ("area", _("Place")),
        ("period", _("Period")),
        ("scale", _("Counted in")),
    )
    # Powers of ten in which forms count, in words.
    SCALES: ClassVar[dict[str, Words]] = {
        "0": pgettext_lazy("scale", "as it is"),
        "3": _("in thousands"),
        "4": _("in ten thousands"),
        "8": _("in hundred millions"),
    }

    layout = models.ForeignKey(FormLayout, models.PROTECT, related_name="sayings")
    place = models.CharField(max_length=16)  # 0, 0:r5, 0:c3, 0:r5:c3
    field = models.CharField(max_length=9, choices=FIELDS)
    value = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="form_saying_field_is_known",
                condition=Q(field__in=["indicator", "area", "period", "scale"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.field}: {self.value}"


class FormAskedQuerySet(models.QuerySet["FormAsked"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those that have not been answered."""
        return self.filter(answer__isnull=True)

    def answered(self) -> Self:
        """Those that were sent or refused: everybody may see them."""
        return self.filter(answer__kind__in=["sent", "refused"])


class FormAsked(Signed):
    """One form that somebody asks a unit of ours to fill: who asks, on what ground, until when."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    layout = models.ForeignKey(FormLayout, models.PROTECT, related_name="forms")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="forms_asked", verbose_name=_("Who fills it")
    )
    title = models.CharField(_("Title"), max_length=200)
    asker = models.CharField(_("Who asks"), max_length=200)
    ground = models.CharField(_("On what ground"), max_length=300)
    due_on = models.DateField(_("Due on"))
    period_from = models.DateField()
    period_until = models.DateField()  # the first day that no longer belongs to it
    digest = models.CharField(max_length=64, editable=False)  # of the file as it came
    file_name = models.CharField(max_length=200)
    grid = models.JSONField()  # what stands where, as rules.grid keeps it

    objects: ClassVar[FormAskedQuerySet] = FormAskedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="form_asked_period_is_in_order",
                condition=Q(period_until__gt=F("period_from")),
            ),
            models.CheckConstraint(
                name="form_asked_says_who_and_why", condition=Q(asker__gt="", ground__gt="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own_period(self) -> str:
        """The form's own period as ISO words."""
        return shown(Period(self.period_from, self.period_until))

    def is_late(self, on: date) -> bool:
        """Whether its day has passed."""
        return self.due_on < on

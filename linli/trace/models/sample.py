"""Samples: taken under a seal, handed on from post to post, tested, with a sealed part that the operator may have tested.

Held by triggers (migration 0003): a sample goes only the ways of `rules.laboratory.samples`; what was taken stays.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.signed import Signed
from linli.trace.models.goods import Lot
from linli.trace.models.method import Method
from linli.trace.models.operator import Premises
from linli.trace.models.sample_plan import SamplePlan


class SampleQuerySet(models.QuerySet["Sample"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those with which something is still to be done."""
        return self.exclude(state__in=["disposed", "left_out"])


class Sample(Signed):
    """One sample of a lot or from premises. `seal`: on the part to be tested; `counter_seal`: on the part that is kept.

    `number`: its place in the draw that chose it. `longest_hours`, `coldest`, `warmest`: how it must be kept on its way.
    """

    STATES = (
        ("planned", _("to be taken")),
        ("taken", _("taken")),
        ("on_the_way", _("on the way")),
        ("received", _("received")),
        ("refused", _("refused by the laboratory")),
        ("in_test", _("being tested")),
        ("tested", _("tested")),
        ("disposed", _("disposed of")),
        ("left_out", _("left out")),
    )
    COUNTER_STATES = (
        ("", _("no counter-sample")),
        ("sealed", _("sealed and kept")),
        ("sent", _("sent to another laboratory")),
        ("opened", _("opened in a laboratory")),
        ("destroyed", _("destroyed")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    plan = models.ForeignKey(SamplePlan, models.PROTECT, null=True, related_name="samples")
    number = models.PositiveIntegerField(null=True)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="samples")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="samples")
    method = models.ForeignKey(Method, models.PROTECT, related_name="samples")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Unit that takes the sample")
    )
    laboratory = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Laboratory")
    )
    state = models.CharField(max_length=10, choices=STATES, default="planned", editable=False)
    material = models.CharField(_("What was taken"), max_length=120, blank=True)
    taken_at = models.DateTimeField(_("Taken at"), null=True)
    seal = models.CharField(_("Seal"), max_length=40, blank=True)
    counter_seal = models.CharField(_("Seal of the counter-sample"), max_length=40, blank=True)
    counter_state = models.CharField(max_length=9, choices=COUNTER_STATES, blank=True, default="")
    keep_until = models.DateField(_("Counter-sample kept until"), null=True)
    longest_hours = models.PositiveSmallIntegerField(_("Hours on the way at most"), default=72)
    coldest = models.DecimalField(_("Coldest"), max_digits=5, decimal_places=1, null=True)
    warmest = models.DecimalField(_("Warmest"), max_digits=5, decimal_places=1, null=True)
    reason = models.CharField(_("Why"), max_length=240, blank=True)

    objects: ClassVar[SampleQuerySet] = SampleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint("plan", "number", name="sample_has_its_place_in_the_draw"),
            models.CheckConstraint(
                name="sample_of_a_draw_has_a_number",
                condition=Q(plan=None, number=None) | Q(plan__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="sample_state_is_known",
                condition=Q(
                    state__in=[
                        "planned",
                        "taken",
                        "on_the_way",
                        "received",
                        "refused",
                        "in_test",
                        "tested",
                        "disposed",
                        "left_out",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="sample_is_taken_under_a_seal",
                condition=Q(state__in=["planned", "left_out"], taken_at=None, seal="")
                | (
                    ~Q(state__in=["planned", "left_out"])
                    & Q(taken_at__isnull=False)
                    & ~Q(seal="")
                    & ~Q(material="")
                ),
            ),
            models.CheckConstraint(
                name="sample_is_left_out_or_refused_with_a_reason",
                condition=~Q(state__in=["left_out", "refused"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="counter_sample_is_sealed_and_kept",
                condition=Q(counter_state="", counter_seal="", keep_until=None)
                | (
                    Q(counter_state__in=["sealed", "sent", "opened", "destroyed"])
                    & ~Q(counter_seal="")
                    & Q(keep_until__isnull=False, taken_at__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["laboratory", "-id"], name="sample_of_laboratory"),
            models.Index(fields=["premises", "-id"], name="sample_of_premises"),
            models.Index(fields=["lot", "-id"], name="sample_of_lot"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def longest(self) -> timedelta:
        """How long it may be on the way between two posts."""
        return timedelta(hours=self.longest_hours)


class Handing(Signed):
    """One handing-over of a part of a sample, from post to post (codes of units), as both saw it. Never changed."""

    MAIN, COUNTER = "main", "counter"
    PARTS = ((MAIN, _("the sample")), (COUNTER, _("the counter-sample")))

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="handings")
    part = models.CharField(max_length=7, choices=PARTS, default=MAIN)
    handed_at = models.DateTimeField(_("Handed over at"))
    giver = models.CharField(_("Handed over by"), max_length=40)
    taker = models.CharField(_("Taken over by"), max_length=40)
    seal = models.CharField(_("Seal seen"), max_length=40)
    whole = models.BooleanField(_("The seal was whole"))
    new_seal = models.CharField(_("New seal"), max_length=40, blank=True)
    celsius = models.DecimalField(_("Temperature"), max_digits=5, decimal_places=1, null=True)

    class Meta:
        ordering = ["sample", "id"]
        constraints = [
            models.CheckConstraint(
                name="handing_is_of_a_part", condition=Q(part__in=["main", "counter"])
            ),
            models.CheckConstraint(
                name="handing_names_posts_and_seal",
                condition=~Q(giver="") & ~Q(taker="") & ~Q(seal=""),
            ),
        ]
        indexes = [models.Index(fields=["sample", "part", "id"], name="handings_of_sample")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.giver} {self.taker}"

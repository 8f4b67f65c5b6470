"""How a form ended, and each of its cells as it was answered then. All of it is only ever added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.kernel.signed import Signed
from linli.reports.models.asked import FormAsked


class FormTold(Signed):
    """One figure that was typed in for a form, and the fact that it became."""

    form = models.ForeignKey(FormAsked, models.PROTECT, related_name="told")
    cell = models.CharField(max_length=12)  # 0!C7
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.cell


class FormChoice(Signed):
    """One figure that somebody chose by hand for a cell, where figures contradict each other. The newest of a cell holds."""

    form = models.ForeignKey(FormAsked, models.PROTECT, related_name="choices")
    cell = models.CharField(max_length=12)  # 0!C7
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why this one"), max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="form_choice_says_why", condition=Q(reason__gt="")),
        ]

    def __str__(self) -> str:
        return self.cell


class FormAnswer(Signed):
    """One end of a form: sent as a file, refused because it was answered before, or laid aside."""

    SENT, REFUSED, ASIDE = "sent", "refused", "aside"
    KINDS = (
        (SENT, pgettext_lazy("form", "Sent")),
        (REFUSED, pgettext_lazy("form", "Refused")),
        (ASIDE, pgettext_lazy("form", "Laid aside")),
    )

    form = models.OneToOneField(FormAsked, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=8, choices=KINDS)
    words = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the file as it was sent
    asked = models.PositiveIntegerField(default=0)  # cells
    reused = models.PositiveIntegerField(default=0)  # cells that nobody typed for this form
    typed = models.PositiveIntegerField(default=0)
    strokes = models.PositiveIntegerField(default=0)  # that typing the reused ones would have taken

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="form_answer_is_whole",
                condition=Q(kind="sent", digest__gt="")
                | Q(kind__in=["refused", "aside"], digest="", words__gt=""),
            ),
            models.CheckConstraint(
                name="form_answer_counts_each_once",
                condition=Q(asked__gte=F("reused") + F("typed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class AnsweredCell(models.Model):
    """One cell of a form as it was answered: what it asked, what was written, on which fact it rests.

    Of a refusal: `earlier` is the cell of a form sent before that had answered it. `choice`: who said why this figure
    stands in it, where others contradict it.
    """

    answer = models.ForeignKey(FormAnswer, models.PROTECT, related_name="cells")
    cell = models.CharField(max_length=12)  # 0!C7
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_until = models.DateField()
    state = models.CharField(max_length=8)  # exists, kept, stale, new: as it was found
    written = models.CharField(max_length=40, blank=True)  # as it stands in the file
    scale = models.PositiveSmallIntegerField(default=0)
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    choice = models.ForeignKey(FormChoice, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("answer", "cell", name="answered_cell_stands_once"),
            models.CheckConstraint(
                name="answered_cell_rests_on_a_fact",
                condition=Q(written="") | Q(fact__isnull=False),
            ),
        ]
        indexes = [models.Index("indicator", "area", "period_from", name="answered_subject")]

    def __str__(self) -> str:
        return self.cell

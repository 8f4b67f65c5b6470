"""What was done with tasks: moves, progress, reviews, notices, and the record of every other change.

All of these are only ever added (migration 0002).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Evidence, Fact
from linli.kernel.signed import Signed
from linli.plans.models.task import Task


class Move(Signed):
    """One wish to move a promised due day or target: from what, to what, and why."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="moves")
    was_due_on = models.DateField(null=True)
    now_due_on = models.DateField(_("New due day"), null=True)
    was_target = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    now_target = models.DecimalField(_("New target"), max_digits=21, decimal_places=6, null=True)
    reason = models.CharField(_("Reason"), max_length=300)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="move_has_a_reason", condition=Q(reason__gt="")),
        ]

    def __str__(self) -> str:
        return self.reason


class MoveDecision(Signed):
    """One answer to a wish to move; what is approved is then done to the task."""

    move = models.OneToOneField(Move, models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    words = models.CharField(_("Words"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.move_id}: {self.approved}"


class Progress(Signed):
    """One report of a unit on a task: words, whether it says done, the value, and what backs it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="progress")
    words = models.TextField(_("What was done"))
    says_done = models.BooleanField(_("The task is done"), default=False)
    fact = models.ForeignKey(Fact, models.PROTECT, null=True)  # the value claimed with it
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="progress")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="progress_has_words", condition=Q(words__gt=""))]

    def __str__(self) -> str:
        return self.words[:60]


class Review(Signed):
    """One answer of supervision to a report: accepted on evidence, or sent back with a reason."""

    ACCEPTED, SENT_BACK = "accepted", "sent_back"
    VERDICTS = ((ACCEPTED, _("Accepted")), (SENT_BACK, _("Sent back")))

    progress = models.OneToOneField(Progress, models.PROTECT, related_name="review")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="review_accepts_evidence_or_says_why_not",
                condition=Q(verdict="accepted", evidence__isnull=False)
                | Q(verdict="sent_back", reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.reason}"


class Notice(Signed):
    """One supervision letter to a unit about a task: a reminder, a warning, or a demand."""

    KINDS = (("remind", _("Reminder")), ("warn", _("Warning")), ("demand", _("Demand")))

    task = models.ForeignKey(Task, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    kind = models.CharField(_("Kind"), max_length=6, choices=KINDS)
    words = models.TextField(_("Letter"))
    due_on = models.DateField(_("Answer by"))

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="notice_kind_is_known", condition=Q(kind__in=["remind", "warn", "demand"])
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Step(Signed):
    """One change in the ledger: what (a code), which verb, and what it was and became."""

    subject = models.CharField(max_length=9, db_index=True)
    verb = models.CharField(max_length=20)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.subject} {self.verb}"

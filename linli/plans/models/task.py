"""Tasks: who does what by when, and what was promised first.

Held by triggers (migration 0002): the first promise is never overwritten; once promised, a due day or a
target moves only as an approved `Move` says. Held by a constraint: nothing is accepted without evidence.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Evidence, Indicator
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.plans.models.policy import Measure


class TaskQuerySet(models.QuerySet["Task"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those of a published programme."""
        return self.filter(measure__programme__published_at__isnull=False)

    def shared_by(self, unit: str) -> Self:
        """Those that the unit of this name leads, answers for or supports."""
        return self.filter(Q(lead__name=unit) | Q(shares__unit__name=unit)).distinct()

    def owned_by(self, actor: Actor) -> Self:
        """Those on which this officer reports: the unit leads them or is responsible."""
        responsible = Q(shares__unit__name=actor.unit, shares__part=Share.RESPONSIBLE)
        return self.filter(Q(lead__name=actor.unit) | responsible).distinct()

    def promised_by(self, when: datetime) -> Self:
        """Those that had been promised at `when`."""
        return self.filter(promised_at__lte=when)


class Task(models.Model):
    """One task: a lead unit, a due day, and where it can be measured an indicator and a target."""

    OPEN, REPORTED, SENT_BACK, ACCEPTED, DROPPED = (
        "open",
        "reported",
        "sent_back",
        "accepted",
        "dropped",
    )
    STATES = (
        (OPEN, _("Open")),
        (REPORTED, _("Reported, waits for review")),
        (SENT_BACK, _("Sent back")),
        (ACCEPTED, _("Accepted")),
        (DROPPED, _("Dropped")),
    )
    SENSES = (("at_least", _("at least")), ("at_most", _("at most")))

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="tasks", verbose_name=_("Measure")
    )
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("Task"), max_length=300)
    lead = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_tasks",
        verbose_name=_("Lead unit"),
    )
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("Indicator"),
    )
    target = models.DecimalField(
        _("Target"), max_digits=21, decimal_places=6, null=True, blank=True
    )
    target_sense = models.CharField(max_length=8, choices=SENSES, default="at_least")
    state = models.CharField(max_length=10, choices=STATES, default=OPEN, editable=False)
    proof = models.ForeignKey(  # what the accepted report rested on
        Evidence, models.PROTECT, null=True, related_name="proven_tasks", editable=False
    )
    accepted_on = models.DateField(null=True, editable=False)
    evidence = models.ForeignKey(  # the sentence that promised it
        Evidence, models.PROTECT, null=True, related_name="tasks", editable=False
    )
    promised_at = models.DateTimeField(null=True, editable=False)
    first_due_on = models.DateField(null=True, editable=False)
    first_target = models.DecimalField(max_digits=21, decimal_places=6, null=True, editable=False)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["measure__programme", "measure__position", "measure", "position", "id"]
        indexes = [
            models.Index("due_on", name="task_due"),
            models.Index("state", "due_on", name="task_state_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_state_is_known",
                condition=Q(state__in=["open", "reported", "sent_back", "accepted", "dropped"]),
            ),
            models.CheckConstraint(
                name="task_is_accepted_on_evidence_only",
                condition=~Q(state="accepted") | Q(proof__isnull=False, accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="task_days_are_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="task_target_has_an_indicator",
                condition=Q(target__isnull=True) | Q(indicator__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Share(models.Model):
    """One unit's part in a task that another one leads."""

    RESPONSIBLE, SUPPORTING = "responsible", "supporting"
    PARTS = ((RESPONSIBLE, _("Responsible")), (SUPPORTING, _("Supporting")))

    task = models.ForeignKey(Task, models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    part = models.CharField(max_length=12, choices=PARTS)

    class Meta:
        ordering = ["part", "id"]
        constraints = [
            models.UniqueConstraint("task", "unit", name="share_is_one_a_unit"),
            models.CheckConstraint(
                name="share_part_is_known", condition=Q(part__in=["responsible", "supporting"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.part}"


class Milestone(models.Model):
    """One step on the way of a task, with its own day."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    title = models.CharField(_("Milestone"), max_length=200)
    due_on = models.DateField(_("Due on"))
    reached_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

"""Assessments of a project or a decision before it is taken: what it does where, what is done against it, what was
decided then, and why.

Held by triggers (migration 0007): what lay open stays as it was; nothing is decided before another unit has
assessed it and the consultation is over, nor by who proposed or assessed it.
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models.assessment import Assessment
from linli.assessments.models.instrument import Edition
from linli.assessments.models.subject import Subject
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.signed import Signed


class ImpactQuerySet(models.QuerySet["Impact"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(opened_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """Those that this member of staff works with: an officer what the own unit proposes or assesses."""
        if actor.role != Role.OFFICER:
            return self
        asked = ImpactTask.objects.filter(assessment__unit__name=actor.unit).values("impact")
        return self.filter(Q(subject__unit__name=actor.unit) | Q(pk__in=asked))


class Impact(Signed):
    """One assessment of a project or a decision before it is taken.

    `words`: what is to be decided; `statement`: what its proposer says will come of it. `closes_at`: the end of
    the consultation; `hurry`: why that is sooner than thirty days. `earlier`: what this follows after it was
    told to change.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="impacts")
    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="impacts",
        verbose_name=pgettext_lazy("impact", "Questions"),
    )
    words = models.TextField(_("What is to be decided"))
    statement = models.TextField(_("What will come of it"))
    earlier = models.OneToOneField("self", models.PROTECT, null=True, related_name="later")
    opened_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    hurry = models.CharField(_("Why so short"), max_length=300, blank=True)

    objects: ClassVar[ImpactQuerySet] = ImpactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="impact_says_what_is_decided", condition=~Q(words="") & ~Q(statement="")
            ),
            models.CheckConstraint(
                name="impact_lies_open_until_later",
                condition=Q(opened_at=None, closes_at=None)
                | Q(opened_at__isnull=False, closes_at__gt=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def last_day(self) -> date | None:
        """The last day of the consultation."""
        return localdate(self.closes_at) - timedelta(days=1) if self.closes_at else None


class Affected(models.Model):
    """One place that a decision touches, and what changes there."""

    impact = models.ForeignKey(Impact, models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Place"))
    words = models.CharField(_("What changes there"), max_length=300, blank=True)

    class Meta:
        ordering = ["impact", "area"]
        constraints = [
            models.UniqueConstraint("impact", "area", name="affected_place_is_named_once"),
        ]

    def __str__(self) -> str:
        return str(self.area)


class ImpactTask(models.Model):
    """One task to answer the questions about what is to be decided: the proposer's own, or another unit's."""

    impact = models.ForeignKey(Impact, models.PROTECT, related_name="tasks")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="impact_task")

    class Meta:
        ordering = ["impact", "id"]

    def __str__(self) -> str:
        return str(self.assessment)


class Hazard(Signed):
    """One thing that may go wrong, how badly, where; struck with a reason when it turned out to be none."""

    LOW, MEDIUM, HIGH = 1, 2, 3
    SEVERITIES = (
        (LOW, pgettext_lazy("hazard", "low")),
        (MEDIUM, pgettext_lazy("hazard", "medium")),
        (HIGH, pgettext_lazy("hazard", "high")),
    )

    impact = models.ForeignKey(Impact, models.PROTECT, related_name="hazards")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(_("What may go wrong"), max_length=300)
    severity = models.PositiveSmallIntegerField(_("How bad"), choices=SEVERITIES)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("Place")
    )
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_why = models.CharField(pgettext_lazy("hazard", "Reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["impact", "number"]
        constraints = [
            models.UniqueConstraint("impact", "number", name="hazard_has_its_number"),
            models.CheckConstraint(
                name="hazard_severity_is_known", condition=Q(severity__in=[1, 2, 3])
            ),
            models.CheckConstraint(name="hazard_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="hazard_is_struck_with_a_reason",
                condition=Q(struck_at=None, struck_why="")
                | (Q(struck_at__isnull=False) & ~Q(struck_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Mitigation(Signed):
    """One thing that is done against a hazard, by which unit, until when.

    `task`: the code of the task that the plans have of it; `state` and `task_due_on`: how that stands.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="mitigations")
    words = models.CharField(_("What is done against it"), max_length=120)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="mitigations", verbose_name=_("Done by")
    )
    due_on = models.DateField(pgettext_lazy("impact", "Until"))
    task = models.CharField(max_length=9, blank=True, editable=False)
    state = models.CharField(max_length=8, blank=True, editable=False)
    task_due_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["hazard", "id"]
        constraints = [
            models.CheckConstraint(name="mitigation_says_what", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.words


class Ruling(Signed):
    """One decision on what was proposed: go, change or stop; what was found, what came of what was said, and why."""

    GO, CHANGE, STOP = "go", "change", "stop"
    OUTCOMES = (
        (GO, pgettext_lazy("decision", "It goes ahead")),
        (CHANGE, pgettext_lazy("decision", "It is to be changed")),
        (STOP, pgettext_lazy("decision", "It is stopped")),
    )

    impact = models.OneToOneField(Impact, models.PROTECT, related_name="ruling")
    outcome = models.CharField(_("Decision"), max_length=6, choices=OUTCOMES)
    summary = models.TextField(pgettext_lazy("impact", "What was found"))
    heard = models.TextField(_("What was said in the consultation, and what came of it"))
    reasons = models.TextField(_("Reasons"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ruling_outcome_is_known", condition=Q(outcome__in=["go", "change", "stop"])
            ),
            models.CheckConstraint(
                name="ruling_says_why",
                condition=~Q(summary="") & ~Q(heard="") & ~Q(reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return self.outcome

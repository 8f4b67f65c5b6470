"""What happened to a case: steps, clock events, hand-overs. Only ever added to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models.case import Case
from linli.directory.models import Unit
from linli.kernel.fields import SealedField
from linli.kernel.models import Grant
from linli.kernel.signed import Signed


class Step(Signed):
    """One thing done with a case. Words are sealed under the case's key; `shown` says whether the person reads them.

    verbs: asked assigned handed_on accepted declined replied noted added urged withdrew objected closed
    timed_out paused resumed extended merged settled escalated joined joined_done leader_named referred told.
    kind types the reason of hand-overs, pauses and extensions (rules/reasons.py).
    """

    code = models.CharField(max_length=9, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12)
    kind = models.CharField(max_length=20, blank=True)
    shown = models.BooleanField(default=True)
    words = SealedField(null=True)
    from_unit = models.CharField(max_length=120, blank=True)
    to_unit = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(name="step_of_case", fields=["case", "at"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


class ClockEvent(models.Model):
    """One thing that happened to one clock of a case: when, why, and when it is due from then on."""

    CLOCKS = (("step", _("step")), ("unit", _("unit")), ("case", _("whole case")))
    VERBS = ("started", "paused", "resumed", "moved", "stopped", "passed")

    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_events")
    clock = models.CharField(max_length=4, choices=CLOCKS)
    verb = models.CharField(max_length=8)
    kind = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="clock_is_known", condition=Q(clock__in=["step", "unit", "case"])
            ),
            models.CheckConstraint(
                name="clock_verb_is_known",
                condition=Q(
                    verb__in=["started", "paused", "resumed", "moved", "stopped", "passed"]
                ),
            ),
            models.CheckConstraint(
                name="clock_stands_still_for_a_reason",
                condition=~Q(verb__in=["paused", "moved"]) | ~Q(kind=""),
            ),
        ]
        indexes = [models.Index(name="clock_of_case", fields=["case", "clock", "at"])]

    def __str__(self) -> str:
        return f"{self.clock} {self.verb}"


class HandOver(Signed):
    """One case on its way from one unit to another, under the grant that lets the other read it.

    A hand-over that the other declines, and one that passes on what was handed over, is a bounce. Until
    the other accepts, the first stays answerable.
    """

    PROPOSED, WAITING, ACCEPTED, DECLINED, ENDED = (
        "proposed",  # the other unit may decide
        "waiting",  # for the person's leave
        "accepted",
        "declined",
        "ended",  # withdrawn, refused by the person, or overtaken
    )

    code = models.CharField(max_length=9, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs")
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="handed_on")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="handed_to")
    kind = models.CharField(max_length=20)
    fields = models.JSONField(default=list)
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default=PROPOSED)
    bounce = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_state_is_known",
                condition=Q(state__in=["proposed", "waiting", "accepted", "declined", "ended"]),
            ),
            models.CheckConstraint(name="hand_over_has_a_reason", condition=~Q(kind="")),
            models.CheckConstraint(
                name="hand_over_goes_elsewhere",
                condition=Q(from_unit=None) | ~Q(from_unit=F("to_unit")),
            ),
            models.CheckConstraint(
                name="hand_over_is_accepted_with_a_grant",
                condition=~Q(state__in=["proposed", "accepted"]) | Q(grant__isnull=False),
            ),
            models.UniqueConstraint(
                "case",
                name="case_is_on_one_way_at_a_time",
                condition=Q(state__in=["proposed", "waiting"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class JointUnit(Signed):
    """One unit that helps with a case which another answers for, under a grant of its own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joint_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="joined")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint("case", "unit", name="unit_joins_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class Attachment(models.Model):
    """One photo or paper of a case, rebuilt before it was kept, sealed under the case's key in a file."""

    code = models.CharField(max_length=9, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    digest = models.CharField(max_length=64)  # of the sealed bytes: the name of the file
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.code

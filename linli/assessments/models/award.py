"""What was named: units, in public, with every later step; and individuals, who alone put their name to it.

Held by triggers (migration 0004): a unit is named by a second person, at the level that was decided; an award takes
only the steps that there are, each with its row.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.models.assessment import Assessment
from linli.assessments.models.candidacy import Candidacy
from linli.assessments.models.notice import Decision
from linli.assessments.models.scheme import Scheme
from linli.directory.models import Unit
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.signed import Signed


class Award(Signed):
    """One naming of a unit at a level of a scheme, from `named_on`; looked at again on `recheck_on`."""

    IN_FORCE, WARNED, WITHDRAWN = "in_force", "warned", "withdrawn"
    STATES = (
        (IN_FORCE, _("in force")),
        (WARNED, _("warned")),
        (WITHDRAWN, pgettext_lazy("honour", "withdrawn")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="award")
    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="award")
    level = models.CharField(max_length=20)
    named_on = models.DateField()
    recheck_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=STATES, default=IN_FORCE, editable=False)

    class Meta:
        ordering = ["-named_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="award_state_is_known",
                condition=Q(state__in=["in_force", "warned", "withdrawn"]),
            ),
            models.CheckConstraint(name="award_has_a_level", condition=~Q(level="")),
        ]
        indexes = [models.Index(name="award_by_state", fields=["state", "-named_on"])]

    def __str__(self) -> str:
        return self.code


class AwardStep(Signed):
    """One step of an award: kept, warned, withdrawn, with the reason and the re-check that it rests on."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=9)
    to = models.CharField(max_length=9, choices=Award.STATES)
    reason = models.CharField(_("Reason"), max_length=500)
    recheck = models.OneToOneField(Assessment, models.PROTECT, null=True, related_name="award_step")

    class Meta:
        ordering = ["award", "id"]
        constraints = [
            models.CheckConstraint(
                name="award_step_goes_somewhere",
                condition=Q(was__in=["in_force", "warned"])
                & Q(to__in=["in_force", "warned", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="award_step_has_a_reason", condition=Q(to="in_force") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.to}"


class Honour(Signed):
    """One honour given to an individual: what for, at which level, when. Who it is, it does not say.

    `secret` opens it to who holds its slip: they alone may put a name to it, up to and on `answer_by`.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    secret = models.CharField(max_length=64, blank=True, editable=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="honours")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="honours_given", verbose_name=_("Given by")
    )
    title = models.CharField(_("Honour"), max_length=120)
    level = models.CharField(_("Level"), max_length=20)
    named_on = models.DateField(_("Given on"))
    answer_by = models.DateField(editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-named_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="honour_ended_opens_no_more", condition=Q(ended_on=None) | Q(secret="")
            ),
            models.CheckConstraint(
                name="honour_is_answered_later", condition=Q(answer_by__gt=F("named_on"))
            ),
            models.CheckConstraint(name="honour_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.code


class HonourName(models.Model):
    """One name that an individual put to their honour, sealed under a subject of its own; with its day the row goes."""

    code = models.CharField(max_length=12, unique=True, editable=False)
    honour = models.OneToOneField(Honour, models.PROTECT, related_name="shown")
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="honour")
    name = SealedField()
    shown_on = models.DateField()

    def __str__(self) -> str:
        return self.code

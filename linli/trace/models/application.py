"""The way to a permit: what it asks for, what was handed in, who looked, who decided.

Held by triggers (migration 0002): an application stays as it was filed and takes only steps that were written down;
a paper is ruled on once; whoever checked the papers does not decide.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.signed import Signed
from linli.trace.models.operator import Premises
from linli.trace.models.permit import Permit


class PaperKind(Signed):
    """One kind of paper: which activities ask for it, and whether for the permit or of what goes into goods."""

    APPLICATION, GOODS = "application", "goods"
    USES = (
        (APPLICATION, _("For the permit of premises")),
        (GOODS, _("Of what goes into goods: a certificate of a supplier")),
    )

    key = models.SlugField(_("Key"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    names = models.JSONField(_("Names in other languages"), default=dict, blank=True)
    use = models.CharField(_("What for"), max_length=11, choices=USES)
    activities = models.JSONField(_("Asked of"), default=list)
    needed = models.BooleanField(_("Nothing goes on without it"), default=True)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["use", "id"]
        constraints = [
            models.CheckConstraint(name="paper_kind_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="paper_kind_use_is_known", condition=Q(use__in=["application", "goods"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(due_on__isnull=False)


class Application(Signed):
    """One application for a permit of premises: where it stands, whose turn it is, until when.

    `renews`: the permit that it is to follow; `checked_by`: who said that the papers are in order; `due_on`: the last
    day of the step, null once it is over.
    """

    PAPERS, CHECKING, VISIT, DECISION = "papers", "checking", "visit", "decision"
    GRANTED, REFUSED, TAKEN_BACK, LAPSED = "granted", "refused", "taken_back", "lapsed"
    STAGES = (
        (PAPERS, pgettext_lazy("application", "papers are missing")),
        (CHECKING, pgettext_lazy("application", "papers are looked at")),
        (VISIT, pgettext_lazy("application", "a visit is to come")),
        (DECISION, pgettext_lazy("application", "to be decided")),
        (GRANTED, pgettext_lazy("application", "granted")),
        (REFUSED, pgettext_lazy("application", "refused")),
        (TAKEN_BACK, pgettext_lazy("application", "taken back")),
        (LAPSED, pgettext_lazy("application", "closed for want of papers")),
    )
    OPEN = (PAPERS, CHECKING, VISIT, DECISION)

    code = models.CharField(max_length=9, unique=True, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="applications")
    scope = models.JSONField(_("For"), default=list)
    renews = models.ForeignKey(Permit, models.PROTECT, null=True, related_name="renewals")
    stage = models.CharField(max_length=10, choices=STAGES, default=PAPERS, editable=False)
    due_on = models.DateField(null=True, editable=False)
    checked_by = models.CharField(max_length=60, blank=True, editable=False)
    decided_by = models.CharField(max_length=60, blank=True, editable=False)
    permit = models.OneToOneField(
        Permit, models.PROTECT, null=True, related_name="application", editable=False
    )

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="application_is_due_while_it_is_open",
                condition=Q(
                    stage__in=["papers", "checking", "visit", "decision"], due_on__isnull=False
                )
                | Q(stage__in=["granted", "refused", "taken_back", "lapsed"], due_on=None),
            ),
            models.CheckConstraint(
                name="application_is_decided_by_another",
                condition=Q(decided_by="") | (~Q(checked_by="") & ~Q(decided_by=F("checked_by"))),
            ),
            models.CheckConstraint(
                name="application_granted_has_a_permit",
                condition=Q(stage="granted", permit__isnull=False)
                | (~Q(stage="granted") & Q(permit=None)),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="application_by_day")]

    def __str__(self) -> str:
        return self.code


class ApplicationStep(Signed):
    """One step of an application: to which stage, until when, in which words."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    to = models.CharField(max_length=10, choices=Application.STAGES)
    due_on = models.DateField(null=True)
    words = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["application", "id"]
        constraints = [
            models.CheckConstraint(
                name="application_step_says_why",
                condition=~Q(to__in=["granted", "refused", "lapsed"]) | ~Q(words=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.to}"


class ApplicationPaper(Signed):
    """One paper of an application, as handed in: `number` counts those of its kind. Ruled on once."""

    WAITING, ACCEPTED, RETURNED = "waiting", "accepted", "returned"
    STATES = (
        (WAITING, pgettext_lazy("paper", "not looked at yet")),
        (ACCEPTED, pgettext_lazy("paper", "in order")),
        (RETURNED, pgettext_lazy("paper", "given back")),
    )

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    kind = models.ForeignKey(PaperKind, models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING, editable=False)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    ruled_at = models.DateTimeField(null=True, editable=False)
    ruled_by = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        ordering = ["application", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                "application", "kind", "number", name="application_paper_has_its_number"
            ),
            models.CheckConstraint(
                name="application_paper_is_ruled_or_waits",
                condition=Q(state="waiting", ruled_at=None, reason="")
                | Q(state="accepted", ruled_at__isnull=False)
                | (Q(state="returned", ruled_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.kind} {self.number}"


class Withdrawal(Signed):
    """One proposal to withdraw a permit: it takes a second person to be done, or dropped."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(_("Reason"), max_length=500)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.CharField(max_length=60, blank=True, editable=False)
    done = models.BooleanField(null=True, editable=False)

    class Meta:
        ordering = ["permit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["permit"],
                condition=Q(decided_at=None),
                name="permit_has_one_withdrawal_waiting",
            ),
            models.CheckConstraint(name="withdrawal_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="withdrawal_is_decided_by_another",
                condition=Q(decided_at=None, decided_by="", done=None)
                | (
                    Q(decided_at__isnull=False, done__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(decided_by=F("by_name"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permit} {self.pk}"

"""Programme lines and their projects: what one place promised to build with another, and by which day.

Held by triggers (migration 0002): what was promised in public stays as it was promised; a day moves only by a
note that gives the reason; what was begun, reached or finished is not taken back.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.signed import Signed


class ProgrammeLineQuerySet(models.QuerySet["Programme"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(published_at__isnull=False)


class Programme(Signed):
    """One programme line: paired assistance between two places, or support of demonstration communities."""

    KINDS = (
        ("assistance", _("Paired assistance")),
        ("communities", _("Demonstration communities")),
        ("other", _("Other programme")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS)
    purpose = models.TextField(_("What for"), blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="fund_programmes",
        verbose_name=pgettext_lazy("project", "Kept by"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="fund_programmes", verbose_name=_("Place")
    )
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="lines",
        verbose_name=_("Part of"),
    )  # fmt: skip
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)  # the last day
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ProgrammeLineQuerySet] = ProgrammeLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="fund_programme_kind_is_known",
                condition=Q(kind__in=["assistance", "communities", "other"]),
            ),
            models.CheckConstraint(name="fund_programme_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="fund_programme_days_are_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectQuerySet(models.QuerySet["Project"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees: the project and its programme line are published."""
        return self.filter(published_at__isnull=False, programme__published_at__isnull=False)

    def of_line(self, programme: Programme) -> Self:
        """Those of a programme line and of its parts."""
        return self.filter(Q(programme=programme) | Q(programme__above=programme))

    def visible_to(self, actor: Actor) -> Self:
        """Those that this member of staff works with: an officer the own unit's, on either side."""
        if actor.role == Role.OFFICER:
            return self.filter(Q(unit__name=actor.unit) | Q(receiver__name=actor.unit))
        return self


class Project(Signed):
    """One project: one place gives, another receives. `amount`: fen promised; `promised_on`: the first last day."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="projects", verbose_name=_("Programme line")
    )
    name = models.CharField(_("Name"), max_length=120)
    purpose = models.TextField(_("What for"), blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="projects",
        verbose_name=pgettext_lazy("project", "Kept by"),
    )
    receiver = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="received_projects",
        verbose_name=_("Receiving unit"),
    )  # fmt: skip
    giving = models.ForeignKey(
        Area, models.PROTECT, related_name="given_projects", verbose_name=_("Place giving")
    )
    receiving = models.ForeignKey(
        Area, models.PROTECT, related_name="received_projects", verbose_name=_("Place receiving")
    )
    amount = models.BigIntegerField(_("Amount promised"), default=0)
    starts_on = models.DateField(_("Starts on"))
    promised_on = models.DateField(_("Promised for"))
    due_on = models.DateField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    state: str  # where queries.projects.with_states has marked it

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="project_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="project_promises_an_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="project_days_are_in_order",
                condition=Q(promised_on__gte=F("starts_on"), due_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkItem(Signed):
    """One work of a project: what is built or done, how much of it, and what it may cost."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="works")
    number = models.PositiveIntegerField()
    name = models.CharField(pgettext_lazy("project", "Work"), max_length=160)
    quantity = models.DecimalField(
        _("How much"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    measure = models.CharField(_("Unit of measure"), max_length=20, blank=True)
    amount = models.BigIntegerField(_("Amount promised"), default=0)
    begun_on = models.DateField(null=True, editable=False)
    done_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint("project", "number", name="work_has_its_number"),
            models.CheckConstraint(name="work_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="work_is_of_amounts",
                condition=Q(amount__gte=0) & (Q(quantity=None) | Q(quantity__gt=0)),
            ),
            models.CheckConstraint(
                name="work_is_begun_before_it_is_done",
                condition=Q(done_on=None) | Q(begun_on__isnull=False, done_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def how_much(self) -> str:
        """The quantity in groups of three, with no digit too many; nothing where none was said."""
        return "" if self.quantity is None else f"{self.quantity.normalize():,f}"


class Milestone(Signed):
    """One step of a project with its day: `promised_on` the first, `due_on` as it stands now."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    name = models.CharField(_("Milestone"), max_length=160)
    promised_on = models.DateField(_("Promised for"))
    due_on = models.DateField(editable=False)
    reached_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["project", "promised_on", "id"]
        constraints = [
            models.CheckConstraint(name="milestone_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def is_behind(self, day: date) -> bool:
        """Say whether its day has passed on this day, or was moved to later than it was first promised."""
        return self.due_on < day or self.due_on > self.promised_on


class Contract(Signed):
    """One contract of a project: for what, when, how much; never with whom.

    A change is another row that `changes` the first: `amount` is then what it adds or takes.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts")
    work = models.ForeignKey(
        WorkItem, models.PROTECT, null=True, blank=True, related_name="contracts",
        verbose_name=pgettext_lazy("project", "Work"),
    )  # fmt: skip
    words = models.CharField(_("What for"), max_length=160)
    signed_on = models.DateField(_("Signed on"))
    amount = models.BigIntegerField(_("Amount"))
    changes = models.ForeignKey("self", models.PROTECT, null=True, related_name="changed_by")

    class Meta:
        ordering = ["project", "signed_on", "id"]
        constraints = [
            models.CheckConstraint(name="contract_says_what_for", condition=~Q(words="")),
            models.CheckConstraint(
                name="contract_is_of_an_amount",
                condition=Q(amount__gt=0) | (Q(changes__isnull=False) & ~Q(amount=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.words

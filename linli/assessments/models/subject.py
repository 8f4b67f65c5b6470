"""What is assessed: a unit, premises, a project or a decision. Never a person: the database knows no other kind."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.signed import Signed


class Subject(Signed):
    """One unit, premises, project or decision; `unit` answers for it, for a unit it is the unit itself.

    `address`: its own page of ours, where it has one ("/funds/projects/7K3M-92QD/").
    """

    UNIT, PREMISES, PROJECT, DECISION = "unit", "premises", "project", "decision"
    KINDS = (
        (UNIT, _("A unit")),
        (PREMISES, _("Premises")),
        (PROJECT, _("A project")),
        (DECISION, _("A decision")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=8, choices=KINDS)
    name = models.CharField(_("Name"), max_length=120)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="assessed", verbose_name=_("Unit")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="assessed", verbose_name=_("Place"))
    street = models.CharField(_("Address"), max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="subject_is_never_a_person",
                condition=Q(kind__in=["unit", "premises", "project", "decision"]),
            ),
            models.CheckConstraint(
                name="subject_unit_is_itself", condition=~Q(kind="unit") | Q(unit__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(kind="unit"), name="subject_of_a_unit_is_one"
            ),
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="subject_of_an_address_is_one"
            ),
            models.CheckConstraint(name="subject_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Conflict(Signed):
    """One reason why two units may not assess each other, beyond standing above or below one another."""

    one = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    other = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=240)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="conflict_is_of_two", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_on=None), name="conflict_is_told_once"
            ),
            models.CheckConstraint(name="conflict_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason

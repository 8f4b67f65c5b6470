"""Permits: what an office allows at which premises, from when until when. A fact of the office, not of a laboratory.

Held by triggers (migration 0001): what was issued stays as issued; it is suspended, reinstated, withdrawn by steps
that are added and never changed.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.signed import Signed
from linli.trace.models.operator import Premises


class Permit(Signed):
    """One permit: for premises, for activities (`scope`), for days (`valid_until` is the last one), by a unit."""

    VALID, SUSPENDED, WITHDRAWN = "valid", "suspended", "withdrawn"
    STATES = (
        (VALID, _("valid")),
        (SUSPENDED, _("suspended")),
        (WITHDRAWN, _("withdrawn")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    number = models.CharField(_("Number on the paper"), max_length=60, unique=True)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="permits")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="permits", verbose_name=_("Issued by")
    )
    scope = models.JSONField(_("For"), default=list)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    state = models.CharField(max_length=9, choices=STATES, default=VALID, editable=False)

    class Meta:
        ordering = ["premises", "-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="permit_days_are_in_order", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="permit_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="permit_state_is_known",
                condition=Q(state__in=["valid", "suspended", "withdrawn"]),
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="permit_by_last_day")]

    def __str__(self) -> str:
        return self.number


class PermitStep(Signed):
    """One turn of a permit: to which state, from when, why. `from_at` may lie before the day it was written."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=9, choices=Permit.STATES)
    to = models.CharField(max_length=9, choices=Permit.STATES)
    from_at = models.DateTimeField(_("From"))
    reason = models.CharField(_("Reason"), max_length=500)

    class Meta:
        ordering = ["permit", "id"]
        constraints = [
            models.CheckConstraint(name="permit_step_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="permit_step_is_one_that_there_is",
                condition=Q(was="valid", to__in=["suspended", "withdrawn"])
                | Q(was="suspended", to__in=["valid", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permit} {self.to}"

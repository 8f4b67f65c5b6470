"""Matched money: one side's part is released when the other's is there, and what it rests on has been shown."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.funds.models.ledger import Account, Fund
from linli.kernel.signed import Signed


class MatchQuerySet(models.QuerySet["Match"]):
    """Filters that read as adjectives."""

    def in_force(self) -> Self:
        """Those in whose place nothing newer was agreed."""
        return self.filter(replaced_by=None)

    def waiting(self) -> Self:
        """Those of them that were not released yet."""
        return self.in_force().filter(release=None)


class Match(Signed):
    """One agreement: `amount` fen out of `ready` into `into`, once the partner's `share` of it stands on `partner`.

    Until then nothing leaves `ready` but by the one transaction that names the agreement, which a trigger lets
    pass when nothing is missing. Both accounts serve one agreement alone, so that nothing counts for two; after
    its last day the two sides may agree anew, and the newest counts.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="matches")
    words = models.CharField(_("What for"), max_length=240)
    ready = models.ForeignKey(
        Account, models.PROTECT, related_name="releases", verbose_name=_("Given from")
    )
    into = models.ForeignKey(
        Account, models.PROTECT, related_name="released", verbose_name=_("Released into")
    )
    partner = models.ForeignKey(
        Account, models.PROTECT, related_name="matches", verbose_name=_("The partner's part")
    )
    amount = models.BigIntegerField(_("Amount in fen"))
    share_above = models.PositiveIntegerField(_("Share of the partner"), default=1)
    share_below = models.PositiveIntegerField(default=1)
    needs_evidence = models.BooleanField(_("Evidence is needed"), default=True)
    last_day = models.DateField(_("Last day"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="matches")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects: ClassVar[MatchQuerySet] = MatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["last_day", "id"]
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(name="match_is_of_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="match_share_is_a_share", condition=Q(share_above__gte=1, share_below__gte=1)
            ),
            models.CheckConstraint(
                name="match_is_between_three",
                condition=~Q(ready=F("into")) & ~Q(ready=F("partner")) & ~Q(into=F("partner")),
            ),
            models.UniqueConstraint(
                name="match_has_its_giver", fields=["ready"], condition=Q(replaces=None)
            ),
            models.UniqueConstraint(
                name="match_has_its_partner", fields=["partner"], condition=Q(replaces=None)
            ),
        ]

    def __str__(self) -> str:
        return self.code

"""What a business says in public to what is said of its premises. Held by triggers (migration 0007): said once."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.trace.models.operator import Premises


class OperatorReplyQuerySet(models.QuerySet["OperatorReply"]):
    """Filters that read as adjectives."""

    def standing(self) -> Self:
        """Those that the business has not taken back; a withheld one stands with the reason in its place."""
        return self.filter(taken_back_at=None)


class OperatorReply(models.Model):
    """One reply of an operator, beside what is said of its premises; withheld, the reason stands in its place."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(_("Reply"))
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, editable=False)
    withheld_at = models.DateTimeField(null=True, editable=False)
    withheld_by = models.CharField(max_length=120, blank=True, editable=False)
    withheld_for = models.CharField(_("Reason"), max_length=500, blank=True)

    objects: ClassVar[OperatorReplyQuerySet] = OperatorReplyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["premises", "-number"]
        constraints = [
            models.UniqueConstraint("premises", "number", name="operator_reply_has_its_number"),
            models.CheckConstraint(name="operator_reply_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="operator_reply_withheld_for",
                condition=Q(withheld_at=None, withheld_for="", withheld_by="")
                | (Q(withheld_at__isnull=False) & ~Q(withheld_for="") & ~Q(withheld_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premises} {self.number}"

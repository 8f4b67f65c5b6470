"""Orders: money above a fund's limit moves when a second person says so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.funds.models.ledger import Account, Fund, Transaction
from linli.kernel.signed import Signed


class Order(Signed):
    """One wish to move money, asked by one person and decided by another."""

    ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
    STATES = (
        (ASKED, _("waits for a second person")),
        (APPROVED, _("approved")),
        (REFUSED, _("refused")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="orders")
    verb = models.CharField(max_length=12, choices=Transaction.NAMES)
    day = models.DateField(_("Day"))
    words = models.CharField(_("Words"), max_length=240, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="orders")
    state = models.CharField(max_length=10, choices=STATES, default=ASKED)
    second_name = models.CharField(max_length=60, blank=True)
    second_unit = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("Reason"), max_length=240, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="order_state_is_known",
                condition=Q(state="asked", second_name="", decided_at=None)
                | (
                    Q(state__in=["approved", "refused"], decided_at__isnull=False)
                    & ~Q(second_name="")
                ),
            ),
            models.CheckConstraint(
                name="order_is_decided_by_another", condition=~Q(second_name=F("by_name"))
            ),
            models.CheckConstraint(
                name="order_refused_says_why", condition=~Q(state="refused") | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(name="order_waits", fields=["fund", "at"], condition=Q(state="asked"))
        ]

    def __str__(self) -> str:
        return self.code


class OrderLine(models.Model):
    """One amount that an order would move."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    out_of = models.ForeignKey(Account, models.PROTECT, related_name="+")
    into = models.ForeignKey(Account, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.CheckConstraint(name="order_line_is_an_amount", condition=Q(amount__gt=0)),
            models.UniqueConstraint("order", "number", name="order_line_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number}"

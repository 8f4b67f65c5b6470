"""Donations: collections, what came in on a day, and receipts. Nobody who gave is written down anywhere.

Held by triggers (migration 0005): a day's total is what the ledger moved, and is never changed; receipts of a day
never come to more than its total.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.funds.models.ledger import Account, Fund, Transaction
from linli.funds.models.order import Order
from linli.kernel.signed import Signed

COUNTER, BOX, TRANSFER = "counter", "box", "transfer"
DOORS = (
    (COUNTER, _("at a counter")),
    (BOX, _("in a box")),
    (TRANSFER, _("by transfer")),
)
_DOORS = [COUNTER, BOX, TRANSFER]


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(published_at__isnull=False)


class Collection(Signed):
    """One collection: gifts for a purpose, from an account of their own into an account of their own."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="collections")
    title = models.CharField(_("Title"), max_length=120)
    purpose = models.TextField(_("What for"))
    ways = models.TextField(_("How to give"), blank=True)
    source = models.OneToOneField(Account, models.PROTECT, related_name="collects_from")
    account = models.OneToOneField(Account, models.PROTECT, related_name="collects_into")
    begins_on = models.DateField(_("From"))
    closed_on = models.DateField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[CollectionQuerySet] = CollectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="collection_says_what_for", condition=~Q(title="") & ~Q(purpose="")
            ),
            models.CheckConstraint(
                name="collection_ends_after_it_begins",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Taking(Signed):
    """One day's total through one door: how many gifts, how much in fen; booked at once, or by an order."""

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="takings")
    day = models.DateField(_("Day"))
    door = models.CharField(_("How it came"), max_length=10, choices=DOORS)
    gifts = models.PositiveIntegerField(_("How many gifts"))
    amount = models.BigIntegerField()
    entry = models.OneToOneField(Transaction, models.PROTECT, null=True, related_name="taking")
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="taking")

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(name="taking_door_is_known", condition=Q(door__in=_DOORS)),
            models.CheckConstraint(
                name="taking_is_of_gifts", condition=Q(gifts__gte=1, amount__gte=F("gifts"))
            ),
            models.CheckConstraint(
                name="taking_is_booked_one_way",
                condition=Q(entry__isnull=False, order=None) | Q(entry=None, order__isnull=False),
            ),
        ]
        indexes = [models.Index(name="taking_of_collection", fields=["collection", "-day"])]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.day}"


class Receipt(models.Model):
    """One acknowledgement of one gift, under a code that only its slip tells; of whom it was, it does not say.

    `taking` is the total in whose books the gift stands; who wrote the slip is named, the hour is not kept.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="receipts")
    day = models.DateField()
    door = models.CharField(max_length=10, choices=DOORS)
    amount = models.BigIntegerField()
    by_name = models.CharField(max_length=60)
    by_unit = models.CharField(max_length=120)
    taking = models.ForeignKey(Taking, models.PROTECT, null=True, related_name="receipts")

    class Meta:
        ordering = ["collection", "day", "id"]
        constraints = [
            models.CheckConstraint(name="receipt_door_is_known", condition=Q(door__in=_DOORS)),
            models.CheckConstraint(name="receipt_is_of_an_amount", condition=Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(
                name="receipt_waits", fields=["collection", "day"], condition=Q(taking=None)
            )
        ]

    def __str__(self) -> str:
        return self.code

"""The ledger: money moves from one account into another, in fen, and is never moved silently back.

A row of `Transfer` takes an amount out of one account and puts it into another: it balances by its own shape,
whatever else is in the database. A trigger adds it to both accounts' balances; that nothing inside falls below
zero is a constraint of the account's own row.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence
from linli.funds.rules.flows import GONE, INSIDE, KINDS, OUTSIDE, VERBS
from linli.kernel.signed import Signed


class FundQuerySet(models.QuerySet["Fund"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(published_at__isnull=False)


class Fund(Signed):
    """One fund: money with a purpose, kept by a unit. `alone_up_to`: fen in one transfer that one person may move."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    purpose = models.TextField(_("What for"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="funds", verbose_name=_("Kept by"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="funds", verbose_name=_("Place"))
    alone_up_to = models.BigIntegerField(_("A second person decides above"), default=0)
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[FundQuerySet] = FundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="fund_alone_is_an_amount", condition=Q(alone_up_to__gte=0)),
            models.CheckConstraint(name="fund_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """One account of a fund: where money comes from, stands or has gone. `balance` in fen, kept by a trigger."""

    NAMES = (
        ("budget", _("budget")),
        ("social", _("social capital")),
        ("gift", _("donations")),
        ("appropriated", _("appropriated")),
        ("received", _("received")),
        ("allocated", _("allocated")),
        ("matched", _("matched")),
        ("committed", _("committed")),
        ("paid", _("paid")),
        ("given_back", _("given back")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    kind = models.CharField(_("Kind"), max_length=12, choices=NAMES)
    name = models.CharField(_("Name"), max_length=120)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="accounts", verbose_name=_("Unit")
    )
    programme = models.ForeignKey(
        "funds.Programme", models.PROTECT, null=True, related_name="accounts",
        verbose_name=_("Programme line"),
    )  # fmt: skip
    project = models.ForeignKey(
        "funds.Project", models.PROTECT, null=True, related_name="accounts",
        verbose_name=_("Project"),
    )  # fmt: skip
    balance = models.BigIntegerField(default=0, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["fund", "kind", "name", "id"]
        constraints = [
            models.CheckConstraint(name="account_kind_is_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="account_is_never_overdrawn",
                condition=Q(kind__in=OUTSIDE) | Q(balance__gte=0),
            ),
            models.CheckConstraint(
                name="account_outside_only_gives",
                condition=Q(kind__in=(*INSIDE, *GONE)) | Q(balance__lte=0),
            ),
            models.UniqueConstraint("fund", "kind", "name", name="account_has_its_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Transaction(Signed):
    """One movement of money, said in a verb, on the day on which it counts; recorded at `at`.

    Only ever added. What was wrong is reversed by another one, once. `size` says of how many transfers it is.
    """

    NAMES = (
        ("appropriate", _("appropriated")),
        ("receive", _("received")),
        ("allocate", _("allocated")),
        ("match", _("matched")),
        ("commit", _("committed")),
        ("disburse", _("paid")),
        ("return", _("given back")),
        ("reverse", _("reversed")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    # Its indexes below begin with the fund. That the fund is there its transfers' accounts say, which are never deleted.
    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="transactions", db_index=False, db_constraint=False
    )
    verb = models.CharField(_("What was done"), max_length=12, choices=NAMES)
    day = models.DateField(_("Day"))
    words = models.CharField(_("Words"), max_length=240, blank=True)
    size = models.PositiveIntegerField()
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="transactions")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    order = models.OneToOneField(
        "funds.Order", models.PROTECT, null=True, related_name="transaction"
    )
    match = models.OneToOneField("funds.Match", models.PROTECT, null=True, related_name="release")

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.CheckConstraint(name="transaction_verb_is_known", condition=Q(verb__in=VERBS)),
            models.CheckConstraint(name="transaction_moves_something", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="transaction_reverses_or_not",
                condition=Q(verb="reverse", reverses__isnull=False)
                | (~Q(verb="reverse") & Q(reverses=None)),
            ),
        ]
        indexes = [
            models.Index(name="transaction_of_fund", fields=["fund", "day", "id"]),
            models.Index(name="transaction_as_known", fields=["fund", "at"]),
        ]

    def __str__(self) -> str:
        return self.code


class Transfer(models.Model):
    """One amount, in fen, out of one account into another, on the day of its transaction.

    The day stands here too, so that an account's statement and its balance on a day are read off two indexes.
    """

    # That all three are there a trigger asks once, which looks at them anyway; none is ever deleted.
    transaction = models.ForeignKey(
        Transaction, models.PROTECT, related_name="transfers", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    day = models.DateField()
    out_of = models.ForeignKey(
        Account, models.PROTECT, related_name="transfers_out", db_index=False, db_constraint=False
    )
    into = models.ForeignKey(
        Account, models.PROTECT, related_name="transfers_in", db_index=False, db_constraint=False
    )
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["transaction", "number"]
        constraints = [
            models.CheckConstraint(name="transfer_moves_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_is_between_two", condition=~Q(out_of=F("into"))),
            models.UniqueConstraint("transaction", "number", name="transfer_has_its_number"),
        ]
        indexes = [
            models.Index(name="transfer_out_of_account", fields=["out_of", "day", "id", "amount"]),
            models.Index(name="transfer_into_account", fields=["into", "day", "id", "amount"]),
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} {self.number}"


class Close(Signed):
    """One closing of a fund's books: nothing is posted any more for days until `until`."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="closes")
    until = models.DateField(_("Until"))

    class Meta:
        ordering = ["fund", "until"]
        constraints = [models.UniqueConstraint("fund", "until", name="close_is_made_once")]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.until}"

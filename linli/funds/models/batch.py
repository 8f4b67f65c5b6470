"""Batches: many payments by one file, asked by one person and approved by another, and what the bank answers.

No table here has a row for a payment, but for those that did not come through: the line's number, its amount, and
what kind of reason the bank gave. Who is paid stands in the file alone, which is not kept.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.funds.models.ledger import Account, Fund
from linli.funds.models.order import Order
from linli.funds.rules.payments import FEWEST, MOST
from linli.funds.rules.reconciling import KINDS, REASONS
from linli.kernel.signed import Signed


class WaitingFile(models.Model):
    """One file that waits to be read, sealed in pieces; `code` names its key. It goes as soon as it is read."""

    code = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pieces = models.JSONField(default=list)
    waits_since = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="waiting_file_is_something", condition=Q(size__gte=1))
        ]

    def __str__(self) -> str:
        return self.code


class Read(models.Model):
    """One file that is read in the background (abstract): how far, by which machine since when, what was wrong.

    `faults` are the first lines with an error, as number and code.
    """

    percent = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    machine = models.CharField(max_length=120, blank=True)
    read_at = models.DateTimeField(null=True)
    wrong = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)

    class Meta:
        abstract = True


class Batch(Read, Signed):
    """One payment file: its SHA-256, how many lines, how much in all. Who brought it asks; its order says the rest.

    `sizes` counts the lines by how much they pay (rules/payments.py); `void` when its order was refused and the
    same file was asked for anew.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="batches")
    out_of = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("Out of"))
    into = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("Into"))
    words = models.CharField(_("What for"), max_length=120)
    digest = models.CharField(max_length=64)
    file = models.OneToOneField(WaitingFile, models.SET_NULL, null=True, related_name="batch")
    lines = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    sizes = models.JSONField(default=list)
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="batch")
    void = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(name="batch_total_is_an_amount", condition=Q(total__gte=0)),
            models.CheckConstraint(name="batch_says_what_for", condition=~Q(words="")),
            models.CheckConstraint(name="batch_is_between_two", condition=~Q(out_of=F("into"))),
            models.CheckConstraint(
                name="batch_is_asked_when_sound",
                condition=Q(order=None)
                | Q(
                    read_at__isnull=False, wrong=0, lines__gte=FEWEST, lines__lte=MOST, total__gt=0
                ),
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(order__isnull=False, void=False),
                name="batch_pays_a_file_once",
            ),
        ]
        indexes = [
            models.Index(name="batch_to_read", fields=["at"], condition=Q(read_at=None)),
            models.Index(name="batch_of_fund", fields=["fund", "at"]),
        ]

    def __str__(self) -> str:
        return self.code


class BankReply(Read, Signed):
    """One file in which the bank says what became of a batch; the newest one stands.

    Every line of the batch is counted once: paid, refused, or open. `strange` counts answers that belong to no
    line or contradict an earlier one; `back` is what this answer newly says was refused, in fen.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    file = models.OneToOneField(WaitingFile, models.SET_NULL, null=True, related_name="reply")
    paid_by = models.OneToOneField(WaitingFile, models.SET_NULL, null=True, related_name="beside")
    paid_lines = models.PositiveIntegerField(default=0)
    paid_total = models.BigIntegerField(default=0)
    refused_lines = models.PositiveIntegerField(default=0)
    refused_total = models.BigIntegerField(default=0)
    open_lines = models.PositiveIntegerField(default=0)
    open_total = models.BigIntegerField(default=0)
    strange = models.PositiveIntegerField(default=0)
    back = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict)
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="reply")
    forgotten_on = models.DateField(null=True)

    class Meta:
        ordering = ["batch", "number"]
        verbose_name_plural = "bank replies"
        constraints = [
            models.UniqueConstraint("batch", "number", name="bank_reply_has_its_number"),
            models.CheckConstraint(
                name="bank_reply_says_amounts",
                condition=Q(paid_total__gte=0, refused_total__gte=0, open_total__gte=0, back__gte=0)
                & Q(back__lte=F("refused_total")),
            ),
            models.CheckConstraint(
                name="bank_reply_gives_back_what_is_sure",
                condition=Q(order=None) | Q(read_at__isnull=False, wrong=0, strange=0, back__gt=0),
            ),
        ]
        indexes = [
            models.Index(name="bank_reply_to_read", fields=["at"], condition=Q(read_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Difference(models.Model):
    """One line that was not simply paid: its number, what was asked, what the bank says, for what kind of reason."""

    NAMES = (
        ("refused", _("refused by the bank")),
        ("amount", _("another amount")),
        ("payee", _("another account")),
        ("silent", _("the bank says nothing")),
        ("unknown", _("no such line")),
        ("twice", _("answered twice")),
        ("paid_after", _("refused before, now paid")),
    )
    WHY = (
        ("no_account", _("no such account")),
        ("closed", _("account closed")),
        ("cannot_receive", _("account cannot receive")),
        ("details", _("details do not agree")),
        ("limit", _("amount or limit")),
        ("bank", _("the bank's own")),
        ("other", _("another reason")),
    )

    reply = models.ForeignKey(BankReply, models.CASCADE, related_name="differences")
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=NAMES)
    asked = models.BigIntegerField(null=True)
    said = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=14, choices=WHY, blank=True)

    class Meta:
        ordering = ["reply", "line", "id"]
        constraints = [
            models.CheckConstraint(name="difference_kind_is_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="difference_reason_is_known", condition=Q(reason__in=("", *REASONS))
            ),
        ]
        indexes = [models.Index(name="difference_of_kind", fields=["reply", "kind", "line"])]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.line}"

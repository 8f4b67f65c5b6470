"""Certificates of what goes into goods, and what operators are told before a paper of theirs runs out.

Held by triggers (migration 0002): a certificate stays as it was entered; it is checked once, and struck once.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.trace.models.application import PaperKind
from linli.trace.models.operator import Operator


class Certificate(Signed):
    """One certificate of a supplier of an operator: of which kind, from whom, for what, for which days.

    `supplier`: the business that it was given to; `valid_until` is its last day. It counts once it is checked, and
    until it is struck.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="certificates")
    kind = models.ForeignKey(PaperKind, models.PROTECT, related_name="certificates")
    number = models.CharField(_("Number on the paper"), max_length=60)
    issuer = models.CharField(_("Issued by"), max_length=120)
    supplier = models.CharField(_("Supplier"), max_length=120)
    goods = models.CharField(_("For which goods"), max_length=200)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.CharField(max_length=60, blank=True, editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.CharField(max_length=60, blank=True, editable=False)
    struck_for = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "kind", "number", "issuer", "goods"],
                condition=Q(struck_at=None),
                name="certificate_stands_once",
            ),
            models.CheckConstraint(
                name="certificate_says_what",
                condition=~Q(number="") & ~Q(issuer="") & ~Q(supplier="") & ~Q(goods=""),
            ),
            models.CheckConstraint(
                name="certificate_days_are_in_order",
                condition=Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="certificate_is_struck_with_words",
                condition=Q(struck_at=None, struck_for="")
                | (Q(struck_at__isnull=False) & ~Q(struck_for="")),
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_by_last_day")]

    def __str__(self) -> str:
        return self.number


class ExpiryNotice(models.Model):
    """One warning that a permit or certificate runs out, `days` before: told to its operator and unit once."""

    PERMIT, CERTIFICATE = "permit", "certificate"
    WHATS = ((PERMIT, _("Permit")), (CERTIFICATE, _("Certificate")))

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="expiry_notices")
    what = models.CharField(max_length=11, choices=WHATS)
    paper = models.CharField(max_length=9)
    name = models.CharField(max_length=200)  # what the paper is for
    days = models.PositiveSmallIntegerField()
    until = models.DateField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint("what", "paper", "days", name="expiry_is_told_once"),
            models.CheckConstraint(
                name="expiry_what_is_known", condition=Q(what__in=["permit", "certificate"])
            ),
        ]
        indexes = [
            models.Index(
                fields=["operator"], condition=Q(seen_at=None), name="expiry_unseen_of_operator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.days}"

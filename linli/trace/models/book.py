"""What an operator writes in its book: what became of how much of a lot, one line each, told by an event.

Held by triggers (migration 0006): a line is never removed and never changed, but for being declared wrong once.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.signed import Signed
from linli.trace.models.event import Event
from linli.trace.models.goods import Lot
from linli.trace.models.operator import Operator, Premises


class BookSheet(Signed):
    """One table of entries that was brought; `digest`: of what it says, by which it is taken in once."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="book_sheets")
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint("operator", "digest", name="book_sheet_is_taken_in_once"),
        ]

    def __str__(self) -> str:
        return self.code


class BookLine(Signed):
    """One line of an operator's book; all lines of one event were entered together.

    `partner`: the business at the other end, as it was typed; `place`: its premises if they are entered here, or
    where a lot was moved to; `corrects`: the line that this one stands for; `amount` is told but of what was used.
    """

    MADE, USED, RECEIVED, SOLD, MOVED, THROWN = (
        "made",
        "used",
        "received",
        "sold",
        "moved",
        "thrown",
    )
    KINDS = (
        (MADE, pgettext_lazy("goods", "Made")),
        (USED, _("Used up")),
        (RECEIVED, _("Taken in")),
        (SOLD, _("Sold on")),
        (MOVED, pgettext_lazy("goods", "Moved")),
        (THROWN, _("Thrown away")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="lines", db_index=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="lines")
    kind = models.CharField(pgettext_lazy("goods", "What happened"), max_length=8, choices=KINDS)
    amount = models.DecimalField(
        _("Quantity"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    unit_code = models.CharField(_("Unit"), max_length=3, blank=True)  # UN/CEFACT, as of lots
    partner = models.CharField(_("From whom or to whom"), max_length=120, blank=True)
    place = models.ForeignKey(Premises, models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, related_name="lines")
    happened_at = models.DateTimeField()
    sheet = models.ForeignKey(BookSheet, models.PROTECT, null=True, related_name="lines")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    wrong_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="book_line_kind_is_known",
                condition=Q(kind__in=["made", "used", "received", "sold", "moved", "thrown"]),
            ),
            models.CheckConstraint(
                name="book_line_says_how_much",
                condition=Q(kind="used", amount=None) | Q(amount__gt=0),
            ),
            models.UniqueConstraint("event", "lot", "kind", name="book_line_is_told_once"),
        ]
        indexes = [
            models.Index(fields=["operator", "-happened_at", "-id"], name="book_line_of_operator")
        ]

    def __str__(self) -> str:
        return self.code

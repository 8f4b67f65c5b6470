"""What an officer decided about the items of a reading. Verdicts are only ever added; the last one holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.reports.models.report import Report


class Verdict(Signed):
    """One decision about one item of a reading: take it in, correct it, merge it, reject it, or not yet."""

    OPEN, ACCEPT, MERGE, REJECT = "open", "accept", "merge", "reject"
    VERBS = (
        (OPEN, _("Open")),
        (ACCEPT, _("Accepted")),
        (MERGE, _("Merged")),
        (REJECT, _("Rejected")),
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="verdicts")
    item = models.CharField(max_length=12)  # the item's id in the reading: f12, m3
    verb = models.CharField(max_length=10, choices=VERBS)
    # What it is to become, as the officer corrected it; the forms of the review say what may stand here.
    becomes = models.JSONField(default=dict)
    out_of_scope = models.BooleanField(default=False)  # it lies in a passage about watching people

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index("report", "item", name="verdict_item")]
        constraints = [
            models.CheckConstraint(
                name="verdict_verb_is_known",
                condition=Q(verb__in=["open", "accept", "merge", "reject"]),
            ),
            # PRIVACY 10: such a passage never becomes a task, an indicator or a record.
            models.CheckConstraint(
                name="verdict_takes_nothing_out_of_scope",
                condition=Q(out_of_scope=False) | Q(verb__in=["open", "reject"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.verb}"


class Taken(Signed):
    """One item that went into the ledger or the facts: as what, under which code. Final."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="taken")
    item = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)  # fact, measure, task
    code = models.CharField(max_length=9)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint("report", "item", name="item_is_taken_once"),
            models.CheckConstraint(
                name="taken_kind_is_known", condition=Q(kind__in=["fact", "measure", "task"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.kind} {self.code}"

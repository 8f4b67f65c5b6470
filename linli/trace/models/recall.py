"""Recalls: a lot that must come back, whom it reached, who was told when, and what became of it.

Held by triggers (migration 0004): a recall runs once a second person has decided it, or its maker has called it;
what it reached, and what came back, is added and never changed.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Location, Unit
from linli.kernel.signed import Signed
from linli.trace.models.event import Event, Thing
from linli.trace.models.goods import Lot
from linli.trace.models.operator import Operator


class Recall(Signed):
    """One recall of a lot, or a drill of one, which nobody outside sees.

    `since`: from when on the lot is suspect; `reached_at`: when it was known whom it reached, `walked_at` when that was
    last worked out; `outcome`: the balance and the marks it ended with.
    """

    STARTED, RUNNING, DROPPED, ENDED = "started", "running", "dropped", "ended"
    STATES = (
        (STARTED, _("waits for a decision")),
        (RUNNING, pgettext_lazy("recall", "running")),
        (DROPPED, _("not called")),
        (ENDED, pgettext_lazy("recall", "ended")),
    )
    GROUNDS = (
        ("laboratory", _("A laboratory found in it what must not be there")),
        ("inspection", _("An inspection found that it was made as it must not be")),
        ("origin", _("What it was made of is recalled")),
        ("label", _("What is written on it is not true")),
        ("concern", _("Concerns were reported and held true")),
        ("maker", _("Its maker found something wrong with it")),
    )
    ADVICE = (
        ("return", _("Do not eat it. Bring it back to where you bought it.")),
        ("destroy", _("Do not eat it. Throw it away.")),
        ("apart", _("Do not sell or eat it until more is known. Keep it apart.")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="recalls")
    drill = models.BooleanField(_("A drill"), default=False)
    grounds = models.CharField(_("Why"), max_length=10, choices=GROUNDS)
    advice = models.CharField(_("What to do with it"), max_length=7, choices=ADVICE)
    words = models.CharField(pgettext_lazy("goods", "What was found"), max_length=500, blank=True)
    since = models.DateTimeField(_("Suspect since"))
    state = models.CharField(max_length=7, choices=STATES, default=STARTED, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.CharField(max_length=60, blank=True, editable=False)
    decided_words = models.CharField(max_length=500, blank=True, editable=False)
    reached_at = models.DateTimeField(null=True, editable=False)
    walked_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.CharField(max_length=60, blank=True, editable=False)
    ended_words = models.CharField(max_length=500, blank=True, editable=False)
    outcome = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="recall_state_is_known",
                condition=Q(state="started", decided_at=None)
                | Q(state="dropped", decided_at__isnull=False, reached_at=None)
                | Q(
                    state="running",
                    decided_at__isnull=False,
                    reached_at__isnull=False,
                    ended_at=None,
                )
                | Q(state="ended", reached_at__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recall_is_decided_by_another",
                condition=Q(decided_at=None) | Q(by_role="holder") | ~Q(decided_by=F("by_name")),
            ),
            models.CheckConstraint(
                name="recall_is_dropped_or_ended_with_words",
                condition=~Q(state="dropped", decided_words="") & ~Q(state="ended", ended_words=""),
            ),
            models.UniqueConstraint(
                fields=["lot", "drill"],
                condition=Q(state__in=["started", "running"]),
                name="recall_of_a_lot_is_one",
            ),
        ]
        indexes = [models.Index(fields=["state", "-at"], name="recall_by_state")]

    def __str__(self) -> str:
        return self.code


class RecallReach(models.Model):
    """One thing that a recall reached when it was walked, forwards or back; the lot itself is the first.

    `made`: it consists of the lot; else it carried it. `hops`: transformations between; `before`: where the walk came
    from; `since`: the moment that counts (`rules.walking`).
    """

    AHEAD, BACK = "ahead", "back"
    WAYS = ((AHEAD, _("what became of it")), (BACK, _("what it came from")))

    id = models.BigAutoField(primary_key=True)
    recall = models.ForeignKey(Recall, models.PROTECT, related_name="reach", db_index=False)
    way = models.CharField(max_length=5, choices=WAYS)
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="reached")
    made = models.BooleanField()
    hops = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    before = models.ForeignKey(Thing, models.PROTECT, null=True, related_name="+", db_index=False)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", db_index=False)
    walked_at = models.DateTimeField()

    class Meta:
        ordering = ["recall", "way", "hops", "id"]
        constraints = [
            models.UniqueConstraint("recall", "way", "thing", name="recall_reaches_a_thing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recall_id} {self.thing_id}"


class RecallTold(models.Model):
    """One whom a recall concerns: a business, a unit or a station; when and how it was told; when it said that it knows.

    `had`: what it had of the goods, as events name these; `told_at` is null while nobody has told it.
    """

    CHANNELS = (
        ("page", pgettext_lazy("recall", "On its own page")),
        ("desk", pgettext_lazy("recall", "At its desk")),
        ("phone", pgettext_lazy("recall", "By telephone")),
        ("paper", pgettext_lazy("recall", "On paper")),
    )

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="told")
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="recalls_told")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    station = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    had = models.JSONField(default=list)
    found_at = models.DateTimeField()
    channel = models.CharField(
        pgettext_lazy("recall", "How"), max_length=5, choices=CHANNELS, blank=True
    )
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=60, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["recall", "id"]
        constraints = [
            models.CheckConstraint(
                name="recall_tells_one",
                condition=Q(operator__isnull=False, unit=None, station=None)
                | Q(operator=None, unit__isnull=False, station=None)
                | Q(operator=None, unit=None, station__isnull=False),
            ),
            models.CheckConstraint(
                name="recall_tells_in_a_way",
                condition=Q(channel="", told_at=None, told_by="")
                | (
                    Q(channel__in=["page", "desk", "phone", "paper"], told_at__gte=F("found_at"))
                    & ~Q(told_by="")
                ),
            ),
            models.CheckConstraint(
                name="recall_is_acknowledged_once_told",
                condition=Q(acknowledged_at=None, acknowledged_by="")
                | (Q(acknowledged_at__gte=F("told_at")) & ~Q(acknowledged_by="")),
            ),
            *(
                models.UniqueConstraint(
                    fields=["recall", whom],
                    condition=Q(**{f"{whom}__isnull": False}),
                    name=f"recall_tells_{whom}_once",
                )
                for whom in ("operator", "unit", "station")
            ),
        ]

    def __str__(self) -> str:
        return str(self.operator or self.unit or self.station)


class RecallCount(Signed):
    """What a business says of a lot that was reached: so much of it is still there, is gone. Said anew, it holds anew.

    What was sent `back` is counted by who took it back; the others make the balance.
    """

    LEFT, DESTROYED, USED, GONE, BACK = "left", "destroyed", "used", "gone", "back"
    KINDS = (
        (LEFT, _("Still here, kept apart")),
        (DESTROYED, _("Destroyed")),
        (USED, _("Used to make something else")),
        (GONE, _("Sold to those who eat it")),
        (BACK, _("Sent back to where it came from")),
    )

    told = models.ForeignKey(RecallTold, models.PROTECT, related_name="counts")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=KINDS)
    quantity = models.DecimalField(_("Quantity"), max_digits=12, decimal_places=3)

    class Meta:
        ordering = ["told", "id"]
        constraints = [
            models.CheckConstraint(
                name="recall_counts_no_less_than_none", condition=Q(quantity__gte=0)
            ),
            models.CheckConstraint(
                name="recall_count_kind_is_known",
                condition=Q(kind__in=["left", "destroyed", "used", "gone", "back"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"

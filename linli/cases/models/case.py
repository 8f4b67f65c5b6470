"""Cases: what somebody asked, sealed under a key of its own, and the three clocks that run for it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models.topic import Leader, Topic
from linli.directory.models import Area, Location, Unit
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject


class CaseQuerySet(models.QuerySet["Case"]):
    """Filters that read as adjectives."""

    def open(self) -> Self:
        """Those that wait for something: what has not ended (a constraint says the same of the states)."""
        return self.filter(closed_at=None)

    def unassigned(self) -> Self:
        """Those that wait in a queue and that no unit has taken yet."""
        return self.filter(state=Case.RECEIVED)


class Case(models.Model):
    """One thing that somebody asked for, complained of or proposed.

    What was said stands in sealed columns alone; the rest of the row says what and when, and nothing of
    whom. The code is said aloud; only with the passphrase, of which a keyed hash is kept, does it open.

    Three clocks: of the step, of the unit, of the whole case. `first_due_at` is what was promised on the
    first day and never changes. `due_at` moves only with a counted move (trigger). `next_due_at` is the
    earliest of those that run: what the escalation looks for; none while paused, answered or closed.
    """

    RECEIVED, WORKING, ANSWERED = "received", "working", "answered"
    CLOSED, WITHDRAWN = "closed", "withdrawn"
    STATES = (
        (RECEIVED, _("received")),  # no unit has taken it yet
        (WORKING, _("in hand")),
        (ANSWERED, _("answered")),  # waits for the person to close or object
        (CLOSED, _("closed")),
        (WITHDRAWN, _("withdrawn")),
    )
    OPEN = (RECEIVED, WORKING, ANSWERED)
    CHANNELS = (("web", _("online")), ("station", _("at a station")), ("api", _("another service")))
    CLOSED_HOW = (("holder", _("by the person")), ("timeout", _("nobody objected in time")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    secret = models.CharField(max_length=64, editable=False)  # keyed hash of the passphrase
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="case", editable=False)
    kind = models.CharField(max_length=12, choices=Topic.KINDS)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="cases")
    area = models.ForeignKey(Area, models.PROTECT, related_name="cases")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, related_name="cases")
    channel = models.CharField(max_length=8, choices=CHANNELS)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    leader = models.ForeignKey(Leader, models.PROTECT, null=True, related_name="cases")
    cause = models.ForeignKey("Cause", models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=10, choices=STATES, default=RECEIVED)
    public = models.BooleanField(default=False)  # may stand in Open311's list, without words

    words = SealedField(null=True)  # what the person said, in their own words
    wish = SealedField(null=True)  # what they would like to come of it
    place = SealedField(null=True)  # where exactly, in words
    contact = SealedField(null=True)  # {"email": …} or {"sms": …}, or nothing
    reply_language = SealedField(null=True)

    asked_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    step_due_at = models.DateTimeField()
    unit_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pauses = models.PositiveSmallIntegerField(default=0)
    moves = models.PositiveSmallIntegerField(default=0)
    bounces = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    urged = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)  # how far it was escalated
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=8, blank=True, choices=CLOSED_HOW)
    rating_offered = models.BooleanField(default=False)
    # Whose window tells the person what happened, and since when something waits to be told there.
    told_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="tells", db_index=False
    )
    news_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_state_is_known",
                condition=Q(state__in=["received", "working", "answered", "closed", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="case_channel_is_known", condition=Q(channel__in=["web", "station", "api"])
            ),
            models.CheckConstraint(
                name="case_ends_once",
                condition=Q(state__in=["received", "working", "answered"], closed_at=None)
                | Q(state__in=["closed", "withdrawn"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_is_closed_by_the_person_or_the_calendar",
                condition=~Q(state="closed") | Q(closed_how__in=["holder", "timeout"]),
            ),
            models.CheckConstraint(
                name="case_is_answered_before_it_is_closed",
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_waiting_for_the_person_has_no_clock",
                condition=Q(next_due_at=None)
                | (Q(state__in=["received", "working"], paused_at=None)),
            ),
            models.CheckConstraint(
                name="case_running_has_a_clock",
                condition=~Q(state__in=["received", "working"])
                | Q(paused_at__isnull=False)
                | Q(next_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_is_due_after_it_was_asked", condition=Q(first_due_at__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="case_without_secrets_is_purged",
                condition=Q(purged_at=None)
                | Q(
                    words__isnull=True,
                    wish__isnull=True,
                    place__isnull=True,
                    contact__isnull=True,
                    reply_language__isnull=True,
                ),
            ),
        ]
        # Conditions are spelled with NULL alone, which both databases recognise in a query that brings values.
        indexes = [
            # The queue of a unit, most overdue first: small, whatever is closed.
            models.Index(
                name="case_queue",
                fields=["unit", "next_due_at", "id"],
                condition=Q(next_due_at__isnull=False),
            ),
            models.Index(
                name="case_waiting",
                fields=["unit", "asked_at", "id"],
                condition=Q(next_due_at=None, closed_at=None),
            ),
            models.Index(
                name="case_ended",
                fields=["unit", "closed_at", "id"],
                condition=Q(closed_at__isnull=False),
            ),
            # The escalation's search is answered from this alone.
            models.Index(
                name="case_overdue",
                fields=["level", "next_due_at", "id"],
                condition=Q(next_due_at__isnull=False),
            ),
            models.Index(
                name="case_answered",
                fields=["answered_at", "id"],
                condition=Q(answered_at__isnull=False, closed_at=None),
            ),
            models.Index(
                name="case_paused",
                fields=["paused_at", "id"],
                condition=Q(paused_at__isnull=False),
            ),
            models.Index(name="case_public", fields=["asked_at", "id"], condition=Q(public=True)),
            models.Index(
                name="case_to_tell",
                fields=["told_by", "news_at", "id"],
                condition=Q(news_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Cause(models.Model):
    """One cause behind several cases: each keeps its own clock, and all hear when it is settled."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    title = models.CharField(_("Cause"), max_length=120)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="causes")
    area = models.ForeignKey(Area, models.PROTECT, related_name="causes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="causes")
    found_at = models.DateTimeField()
    # The code of the task in the plans that meets it.
    measure = models.CharField(max_length=9, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_words = models.TextField(blank=True)

    class Meta:
        ordering = ["-found_at"]

    def __str__(self) -> str:
        return self.title

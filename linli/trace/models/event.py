"""What happened to goods, as told in EPCIS: captures, events, the things that they name, and the links between these.

Held by triggers (migration 0001): an event is added once, and never changed but for being declared wrong. Links are
worked out of the events: those of an event that was declared wrong go, and what lies in something may come out again.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.trace.models.operator import Operator
from linli.trace.rules import readied


class Capture(Signed):
    """One delivery of events: a job, answered at once, worked off later, told by its code.

    `digest`: SHA-256 of what was sent; `behaviour`: whether one fault refuses all, or only its event; `faults`:
    [{"path", "code"}], none of whose events were kept; `chained_at`: when its chains were looked at.
    """

    WAITING, RUNNING, DONE, REFUSED = "waiting", "running", "done", "refused"
    STATES = (
        (WAITING, _("waiting")),
        (RUNNING, _("running")),
        (DONE, _("done")),
        (REFUSED, _("refused")),
    )
    ROLLBACK, PROCEED = "rollback", "proceed"
    PAGE = "page"
    BEHAVIOURS = ((ROLLBACK, _("all or nothing")), (PROCEED, _("what is right")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="captures")
    state = models.CharField(max_length=7, choices=STATES, default=WAITING)
    digest = models.CharField(max_length=64)
    behaviour = models.CharField(max_length=8, choices=BEHAVIOURS, default=ROLLBACK)
    form = models.CharField(max_length=4, default="json")  # or xml, or page: entered, no file
    body = models.BinaryField(null=True)  # until it is done
    events = models.PositiveIntegerField(default=0)  # that it held
    worked = models.PositiveIntegerField(default=0)  # of them, so far
    added = models.PositiveIntegerField(default=0)  # that nobody had told before
    faults = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)
    chained_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="capture_state_is_known",
                condition=Q(state__in=["waiting", "running", "done", "refused"]),
            ),
            models.CheckConstraint(
                name="capture_adds_what_it_held", condition=Q(added__lte=F("events"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "running"]), name="capture_to_do"
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(state="done", chained_at=None),
                name="capture_to_chain",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Event(models.Model):
    """One event, in the plain form of `rules.epcis`, as canonical JSON in `body`.

    `digest`: the SHA-256 of its event hash id (CBV 2.0 §8.9), by which it is there once; what that hash leaves out
    follows a hyphen (`rules.epcis.sameness`). `given`: the id that its teller gave it, if any; `against`: the digest
    of the event that this one declares wrong; `mistaken_at`: when we were told that it is wrong itself.
    """

    id = models.BigAutoField(primary_key=True)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="told")
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=80, unique=True)
    given = models.CharField(max_length=200, blank=True)
    against = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=120)
    action = models.CharField(max_length=7, blank=True)
    step = models.CharField(max_length=120, blank=True)
    disposition = models.CharField(max_length=120, blank=True)
    read_point = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)  # the business location
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    mistaken_at = models.DateTimeField(null=True)
    body = models.TextField()

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "given"],
                condition=~Q(given="") & Q(against=""),
                name="event_is_named_once",
            ),
        ]
        indexes = [
            models.Index(fields=["happened_at", "id"], name="event_by_time"),
            models.Index(fields=["against"], condition=~Q(against=""), name="event_against"),
            models.Index(fields=["recorded_at", "id"], name="event_by_record"),
            models.Index(fields=["given"], condition=~Q(given=""), name="event_by_given"),
            models.Index(fields=["step", "happened_at", "id"], name="event_by_step"),
            models.Index(fields=["disposition", "happened_at", "id"], name="event_by_disposition"),
            models.Index(fields=["place", "happened_at", "id"], name="event_by_place"),
            models.Index(fields=["read_point", "happened_at", "id"], name="event_by_read_point"),
        ]

    def __str__(self) -> str:
        return self.digest


class Thing(models.Model):
    """One thing or class of things that events name, by its canonical address."""

    id = models.BigAutoField(primary_key=True)
    uri = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.uri


class EventThing(models.Model):
    """One naming of a thing by an event, and as what."""

    OBSERVED, ADDED, PARENT = readied.OBSERVED, readied.ADDED, readied.PARENT
    CHILD, INPUT, OUTPUT = readied.CHILD, readied.INPUT, readied.OUTPUT
    ROLES = (
        (OBSERVED, "observed"),
        (ADDED, "brought into being"),
        (PARENT, "parent"),
        (CHILD, "child"),
        (INPUT, "input"),
        (OUTPUT, "output"),
    )

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="things", db_index=False)
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="events", db_index=False)
    role = models.PositiveSmallIntegerField(choices=ROLES)

    class Meta:
        constraints = [
            models.UniqueConstraint("thing", "event", "role", name="thing_is_named_once"),
        ]
        indexes = [models.Index(fields=["event"], name="things_of_event")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.thing_id}"


class EventLink(models.Model):
    """One link between two things that an event made: used, made, or held from `begins` until `ends`."""

    USED, MADE, HELD = 1, 2, 3
    KINDS = ((USED, "used"), (MADE, "made"), (HELD, "held"))

    id = models.BigAutoField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=KINDS)
    source = models.ForeignKey(Thing, models.PROTECT, related_name="+", db_index=False)
    target = models.ForeignKey(Thing, models.PROTECT, related_name="+", db_index=False)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="links")

    class Meta:
        indexes = [
            models.Index(fields=["source"], name="link_by_source"),
            models.Index(fields=["target"], name="link_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.target_id}"

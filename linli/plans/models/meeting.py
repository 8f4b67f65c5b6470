"""Leading groups and joint meetings: agenda, minutes, decisions that become tasks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.codes import new_code
from linli.plans.models.task import Task


class Body(models.Model):
    """One working body of several units: a leading group, a joint meeting, or its office."""

    KINDS = (
        ("leading_group", _("Leading group")),
        ("joint_meeting", _("Joint meeting")),
        ("working_office", _("Working office")),
    )

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=16, choices=KINDS)
    area = models.ForeignKey(Area, models.PROTECT, related_name="bodies", verbose_name=_("Place"))
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("Above")
    )
    units = models.ManyToManyField(Unit, through="Seat", related_name="bodies")

    class Meta:
        ordering = ["area", "name"]
        constraints = [
            models.CheckConstraint(
                name="body_kind_is_known",
                condition=Q(kind__in=["leading_group", "joint_meeting", "working_office"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One unit's seat in a body."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seats")
    chairs = models.BooleanField(_("Chairs"), default=False)

    class Meta:
        ordering = ["-chairs", "unit__name"]
        constraints = [models.UniqueConstraint("body", "unit", name="seat_is_one_a_unit")]

    def __str__(self) -> str:
        return str(self.unit)


class Meeting(models.Model):
    """One meeting of a body. Its minutes stand once they are approved."""

    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    title = models.CharField(_("Title"), max_length=200)
    starts_at = models.DateTimeField(_("Starts"))
    venue = models.CharField(_("Where"), max_length=200, blank=True)
    called_at = models.DateTimeField(null=True, editable=False)  # when the notice went out
    minutes = models.TextField(_("Minutes"), blank=True)
    approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_approves_written_minutes",
                condition=Q(approved_at__isnull=True) | Q(minutes__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One unit at one meeting: there or not. Units, never persons."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attendance")
    present = models.BooleanField(null=True)

    class Meta:
        ordering = ["unit__name"]
        constraints = [models.UniqueConstraint("meeting", "unit", name="attendance_is_one_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.present}"


class AgendaItem(models.Model):
    """One point of an agenda. What stays open returns on the next one by itself."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveIntegerField()
    title = models.CharField(_("Point"), max_length=300)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="agenda_items")
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="carried_to"
    )
    settled = models.BooleanField(_("Settled"), default=False)
    about = models.CharField(max_length=12, blank=True)  # the code of what it came from elsewhere

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                "meeting", "about", name="agenda_is_about_it_once", condition=~Q(about="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """One sentence of approved minutes that decides something, and the task it became."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    start = models.PositiveIntegerField()  # code points into the minutes, end exclusive
    end = models.PositiveIntegerField()
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="decision")

    class Meta:
        ordering = ["item", "start"]
        constraints = [
            models.CheckConstraint(name="decision_has_words", condition=Q(end__gt=F("start"))),
        ]

    def __str__(self) -> str:
        return self.item.meeting.minutes[self.start : self.end]

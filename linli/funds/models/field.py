"""What happened on the way of a project: visits to the place, people sent, and the notes that make its story.

All of it is only ever added (migration 0002). People are counts: nobody is named, nobody is to be recognised.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Evidence
from linli.funds.models.project import Milestone, Programme, Project, WorkItem
from linli.funds.rules import projects as rule
from linli.kernel.signed import Signed


class Visit(Signed):
    """One visit of a unit to the place: what was found. `settles`: the visit whose finding is mended now."""

    FINDINGS = (
        (rule.FINE, _("as it should be")),
        (rule.MEND, _("something to be mended")),
        (rule.GRAVE, _("a grave fault")),
    )

    project = models.ForeignKey(Project, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="project_visits", verbose_name=_("Visiting unit")
    )
    day = models.DateField(_("Day"))
    finding = models.CharField(_("Finding"), max_length=6, choices=FINDINGS)
    words = models.TextField(_("What was found"))
    settles = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="settled_by",
        verbose_name=_("Mended since the visit of"),
    )  # fmt: skip

    class Meta:
        ordering = ["project", "-day", "-id"]
        constraints = [
            models.CheckConstraint(
                name="visit_finding_is_known", condition=Q(finding__in=rule.FINDINGS)
            ),
            models.CheckConstraint(name="visit_has_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit}"


class Photo(models.Model):
    """One photo of a visit, drawn anew, kept under its digest. `words` say what it shows; nobody in it is named.

    Where somebody can be recognised after all it is taken down: the picture is gone, that it was there stays.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    words = models.CharField(_("What the photo shows"), max_length=160)
    taken_down_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint("visit", "number", name="photo_has_its_number"),
            models.CheckConstraint(
                name="photo_is_a_photo", condition=Q(media_type__in=["image/jpeg", "image/png"])
            ),
            models.CheckConstraint(name="photo_says_what_it_shows", condition=~Q(words="")),
            models.CheckConstraint(
                name="photo_taken_down_is_empty",
                condition=Q(taken_down_on=None) & ~Q(digest="")
                | Q(taken_down_on__isnull=False, digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Sent(Signed):
    """Some people sent to the place receiving: how many, as what, from when until when. Never who.

    A correction is another row that `corrects` the first, which then counts no more.
    """

    ROLES = (
        ("officials", _("officials")),
        ("teachers", _("teachers")),
        ("health", _("health workers")),
        ("technicians", _("technicians")),
        ("others", _("others")),
    )

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sent")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="sent",
        verbose_name=_("Project"),
    )  # fmt: skip
    role = models.CharField(_("As what"), max_length=12, choices=ROLES)
    team = models.CharField(_("Team"), max_length=60, blank=True)  # "3rd team", never a name
    count = models.PositiveIntegerField(_("How many"))
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)  # the last day
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(_("Reason"), max_length=240, blank=True)

    class Meta:
        ordering = ["programme", "from_on", "role", "id"]
        verbose_name_plural = "sent"
        constraints = [
            models.CheckConstraint(name="sent_role_is_known", condition=Q(role__in=rule.ROLES)),
            models.CheckConstraint(
                name="sent_is_somebody_or_corrects",
                condition=Q(count__gte=1, corrects=None, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="sent_days_are_in_order",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.role}"


class Note(Signed):
    """One thing that happened to a project, or may: the notes make its story, and its state follows from them.

    `answers`: the warning that is lifted, or the stop that is over. A moved day keeps what it was, is, and why.
    """

    NAMES = (
        (rule.BEGUN, _("begun")),
        (rule.FINISHED, _("finished")),
        (rule.REACHED, _("reached")),
        (rule.WARNING, _("warning")),
        (rule.EASED, _("warning lifted")),
        (rule.DELAY, _("delay")),
        (rule.MOVED, _("day moved")),
        (rule.STOPPED, _("stopped")),
        (rule.RESUMED, _("taken up again")),
    )

    project = models.ForeignKey(Project, models.PROTECT, related_name="notes")
    kind = models.CharField(_("Kind"), max_length=8, choices=NAMES)
    day = models.DateField(_("Day"))
    words = models.CharField(_("Words"), max_length=300, blank=True)
    work = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="notes")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, related_name="notes")
    was_on = models.DateField(null=True)
    now_on = models.DateField(_("New day"), null=True)
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="project_notes")

    class Meta:
        ordering = ["project", "at", "id"]
        constraints = [
            models.CheckConstraint(name="note_kind_is_known", condition=Q(kind__in=rule.NOTES)),
            models.CheckConstraint(
                name="note_says_why", condition=Q(kind__in=rule.DEEDS) | ~Q(words="")
            ),
            models.CheckConstraint(
                name="note_moves_a_day",
                condition=(
                    Q(kind="moved", was_on__isnull=False, now_on__isnull=False)
                    & ~Q(was_on=F("now_on"))
                )
                | (~Q(kind="moved") & Q(was_on=None, now_on=None)),
            ),
            models.CheckConstraint(
                name="note_is_of_its_thing",
                condition=Q(kind__in=["begun", "finished"], work__isnull=False, milestone=None)
                | Q(kind="reached", milestone__isnull=False, work=None)
                | Q(kind="moved", work=None)
                | Q(kind__in=["warning", "eased", "delay", "stopped", "resumed"]),
            ),
            models.CheckConstraint(
                name="note_answers_what_it_ends",
                condition=Q(kind__in=["eased", "resumed"], answers__isnull=False)
                | (~Q(kind__in=["eased", "resumed"]) & Q(answers=None)),
            ),
            models.CheckConstraint(
                name="note_of_an_end_has_evidence",
                condition=~Q(kind__in=["finished", "reached"]) | Q(evidence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

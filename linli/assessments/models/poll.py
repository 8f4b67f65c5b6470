"""Polls: what is asked, of what, by which slips and papers, and counts that say nothing of who answered.

No row stands for an answer. While a poll runs its counts are one sealed value a matter, under a key outside the
database that is destroyed when the result is told (decision 25). Held by triggers (migration 0005): what an open
poll asks stays as it is; a slip is spent once; a told result never changes; nobody hands out slips about themselves.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models.candidacy import Candidacy
from linli.assessments.models.scheme import Round
from linli.assessments.models.subject import Subject
from linli.assessments.rules.polls import PollForm, read
from linli.directory.models import Unit
from linli.kernel.fields import SealedField
from linli.kernel.signed import Signed


class PollQuerySet(models.QuerySet["Poll"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that the public sees: everything that was opened."""
        return self.filter(opened_at__isnull=False)

    def running(self) -> Self:
        """Those that have no result yet, and may still have one."""
        return self.filter(opened_at__isnull=False, released_at=None, dropped_at=None)


class Poll(Signed):
    """One poll about a round's candidates, about a subject (a decision, a project), or about its own topic.

    `document` is that of `rules.polls`. `tally_key` names the key in the key store; "" when it is destroyed.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=120)
    words = models.TextField(_("What it is for"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="polls", verbose_name=_("Organized by")
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="polls", verbose_name=_("Round")
    )
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="polls")
    document = models.JSONField(default=dict)
    until = models.DateField(_("Last day"))
    opened_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    dropped_at = models.DateTimeField(null=True, editable=False)
    drop_reason = models.CharField(max_length=240, blank=True, editable=False)
    tally_key = models.CharField(max_length=9, blank=True, editable=False)

    objects: ClassVar[PollQuerySet] = PollQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(name="poll_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="poll_is_about_one_thing", condition=Q(round=None) | Q(subject=None)
            ),
            models.CheckConstraint(
                name="poll_ends_one_way",
                condition=Q(released_at=None) | Q(dropped_at=None, opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="poll_is_dropped_with_a_reason",
                condition=Q(dropped_at=None) ^ ~Q(drop_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def form(self) -> PollForm:
        """What this poll asks."""
        return read(self.document)

    @property
    def state(self) -> str:
        """Where it stands, the calendar apart: draft, open, told or dropped."""
        if self.dropped_at:
            return "dropped"
        if self.released_at:
            return "told"
        return "open" if self.opened_at else "draft"


class PollMatter(models.Model):
    """One thing that a poll asks about, with its own counts: one candidate of a round, or the poll's only matter.

    `tally` holds the counts while the poll runs; `result` what may be told of them, set once. `allowed`: slips
    made and papers given out, which is more than can have `answered`.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="matters")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, null=True, related_name="matters")
    tally = SealedField(null=True)
    answered = models.PositiveIntegerField(default=0)
    allowed = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)

    class Meta:
        ordering = ["poll", "number"]
        constraints = [
            models.UniqueConstraint("poll", "number", name="poll_matter_has_its_number"),
            models.UniqueConstraint("poll", "candidacy", name="poll_matter_of_a_candidate_is_one"),
            models.CheckConstraint(
                name="poll_matter_has_no_more_answers_than_slips",
                condition=Q(answered__lte=F("allowed")),
            ),
            models.CheckConstraint(
                name="poll_matter_is_sealed_or_told",
                condition=Q(tally__isnull=True) | Q(result__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sheaf(Signed):
    """One sheaf of slips about a matter that a unit may hand out: `size` of them, so many `made` by now."""

    MOST = 20_000

    matter = models.ForeignKey(PollMatter, models.PROTECT, related_name="sheaves")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheaves")
    size = models.PositiveIntegerField()
    made = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["matter", "unit", "id"]
        constraints = [
            models.CheckConstraint(
                name="sheaf_has_a_size", condition=Q(size__gte=1, size__lte=20_000)
            ),
            models.CheckConstraint(
                name="sheaf_makes_no_more_than_it_has", condition=Q(made__lte=F("size"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made}/{self.size}"


class Slip(models.Model):
    """One code that was printed, by its keyed hash. No number, no moment, nothing of the answer."""

    digest = models.CharField(max_length=64, primary_key=True)
    sheaf = models.ForeignKey(Sheaf, models.PROTECT, related_name="slips")
    spent = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "spent" if self.spent else "unspent"


class Box(Signed):
    """One box of papers at a unit: `size` papers were given out. Two people count it, each for themselves.

    `first` is the first count, sealed until the second is the same; `recounts`: how often the two differed.
    """

    code = models.CharField(max_length=9, unique=True, editable=False)
    matter = models.ForeignKey(PollMatter, models.PROTECT, related_name="boxes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="boxes")
    size = models.PositiveIntegerField()
    first = SealedField(null=True)
    first_by = models.CharField(max_length=60, blank=True, editable=False)
    second_by = models.CharField(max_length=60, blank=True, editable=False)
    papers = models.PositiveIntegerField(null=True, editable=False)
    recounts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name_plural = "boxes"
        ordering = ["matter", "unit", "id"]
        constraints = [
            models.CheckConstraint(
                name="box_holds_no_more_than_was_given_out",
                condition=Q(papers=None) | Q(papers__lte=F("size")),
            ),
            models.CheckConstraint(
                name="box_is_counted_by_two",
                condition=Q(papers=None, second_by="")
                | (
                    Q(papers__isnull=False, first__isnull=True)
                    & ~Q(first_by="")
                    & ~Q(second_by="")
                    & ~Q(first_by=F("second_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code

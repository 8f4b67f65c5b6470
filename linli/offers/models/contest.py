"""Contests: works that were sent in by nobody we know, judged by number.

From an entry no way leads to a person: it has no subject, no name, no day, and no hash of what its maker
holds. Its key stands in the key store alone, until the contest's last day.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.fields import SealedField
from linli.kernel.signed import Signed
from linli.offers.models.offer import Offer

TEXT, IMAGE, AUDIO = "text", "image", "audio"
KINDS = ((TEXT, _("a text")), (IMAGE, _("a picture")), (AUDIO, _("a recording")))


class Contest(models.Model):
    """One call for works: of which kinds, until when; from `shown_until` on no work opens any more."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="contest")
    kinds = models.JSONField(_("What may be sent in"), default=list)
    closes_at = models.DateTimeField(_("Taken until"))
    shown_until = models.DateField(_("Kept and shown until"))
    prizes = models.PositiveSmallIntegerField(_("Prizes"), default=3)
    judged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_has_some_prizes", condition=Q(prizes__gte=1, prizes__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return str(self.offer)


class Entry(models.Model):
    """One work, known by a number drawn by chance. Who sent it holds a keyed mark that is kept nowhere.

    `code` names its key in the key store. `shown_on` is the day on which whoever holds the mark let it
    hang on the wall; `place` is given with the result; `set_aside` says why the jury does not judge it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)  # random: no order of rows
    code = models.CharField(max_length=9, unique=True, editable=False)
    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=KINDS)
    title = SealedField(null=True)
    words = SealedField(null=True)
    digest = models.CharField(
        max_length=64, blank=True
    )  # the sealed file of a picture or recording
    media_type = models.CharField(max_length=20, blank=True)
    shown_on = models.DateField(null=True)
    set_aside = models.CharField(max_length=120, blank=True)
    place = models.PositiveIntegerField(null=True)
    prize_on = models.DateField(null=True)  # when the prize was fetched
    purged_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint("contest", "number", name="entry_has_its_number"),
            models.CheckConstraint(
                name="entry_kind_is_known", condition=Q(kind__in=["text", "image", "audio"])
            ),
            models.CheckConstraint(
                name="entry_purged_is_empty",
                condition=Q(purged_on=None)
                | Q(title__isnull=True, words__isnull=True, digest="", shown_on=None),
            ),
            models.CheckConstraint(
                name="entry_fetches_a_prize_that_it_won",
                condition=Q(prize_on=None) | Q(place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Criterion(models.Model):
    """One thing that a contest is judged by, with its weight in whole numbers; named with its terms, never after."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint("contest", "number", name="criterion_has_its_number"),
            models.CheckConstraint(name="criterion_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="criterion_weighs_something", condition=Q(weight__gte=1, weight__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mark(Signed):
    """One judge's points for one entry, 0 to 100, and what they say of it.

    Where the contest has criteria the points are the weighed mean of its grades, to the nearest whole number: to be
    read; what decides is computed from the grades.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="marks")
    points = models.PositiveSmallIntegerField(_("Points, 0 to 100"))
    words = models.CharField(_("What you say of it"), max_length=240, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mark_is_of_a_hundred", condition=Q(points__lte=100)),
            models.UniqueConstraint("entry", "by_name", "by_unit", name="mark_is_given_once"),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Grade(models.Model):
    """One judge's points for one entry by one criterion, 0 to 100."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="grades")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="grades")
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["mark", "criterion"]
        constraints = [
            models.UniqueConstraint("mark", "criterion", name="grade_is_given_once"),
            models.CheckConstraint(name="grade_is_of_a_hundred", condition=Q(points__lte=100)),
        ]

    def __str__(self) -> str:
        return str(self.points)

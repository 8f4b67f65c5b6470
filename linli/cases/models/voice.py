"""What people say of the answer, and what they have begun to say: neither points to anybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models.topic import Topic
from linli.directory.models import Unit
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject


class Rating(models.Model):
    """One grade for a unit in a month: one of five, and whether it was solved. No case, no day, no person."""

    GRADES = (
        (5, _("very satisfied")),
        (4, _("satisfied")),
        (3, _("in between")),
        (2, _("dissatisfied")),
        (1, _("very dissatisfied")),
    )
    SOLVED = (("yes", _("yes")), ("partly", _("partly")), ("no", _("no")))

    id = models.UUIDField(primary_key=True)  # random: the order of rows tells nothing
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=12, choices=Topic.KINDS)
    month = models.DateField()  # its first day
    grade = models.PositiveSmallIntegerField(choices=GRADES)
    solved = models.CharField(max_length=6, choices=SOLVED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rating_is_one_of_five", condition=Q(grade__gte=1, grade__lte=5)
            ),
            models.CheckConstraint(
                name="rating_says_whether_it_was_solved",
                condition=Q(solved__in=["yes", "partly", "no"]),
            ),
            models.CheckConstraint(
                name="rating_is_of_a_month_not_a_day", condition=Q(month__day=1)
            ),
        ]
        indexes = [models.Index(name="rating_of_unit", fields=["unit", "month"])]

    def __str__(self) -> str:
        return str(self.grade)


class SpentToken(models.Model):
    """One rating token that was used, by its hash. None is kept when it is given: see rules/tokens.py."""

    digest = models.CharField(max_length=64, primary_key=True)
    month = models.DateField()  # when it would have lapsed: rows go after it

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Draft(models.Model):
    """One thing that somebody has begun to ask, sealed for a week, found again by a code that only they have."""

    code = models.CharField(max_length=9, unique=True)
    secret = models.CharField(max_length=64)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="draft")
    answers = SealedField(null=True)
    # Of each photo or paper: its code, the name of its sealed file, its media type and extension.
    photos = models.JSONField(default=list)
    touched_on = models.DateField()

    def __str__(self) -> str:
        return self.code
